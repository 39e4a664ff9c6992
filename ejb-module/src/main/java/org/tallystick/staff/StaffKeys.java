package org.tallystick.staff;

import jakarta.ejb.EJB;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.tallystick.codec.Base64Url;
import org.tallystick.crypto.VerificationKey;
import org.tallystick.staff.SignInOutcome.Refused;
import org.tallystick.staff.StaffChallenge.Purpose;
import org.tallystick.staff.StaffChange.What;
import org.tallystick.webauthn.AuthenticationCeremony;
import org.tallystick.webauthn.AuthenticationCeremony.Known;
import org.tallystick.webauthn.CeremonyRefusedException;
import org.tallystick.webauthn.CeremonyRefusedException.Fault;
import org.tallystick.webauthn.ClientSays;
import org.tallystick.webauthn.RegistrationCeremony;
import org.tallystick.webauthn.RegistrationCeremony.Credential;

/**
 * Security keys of the staff: each looks after the own ones, and signs in with one of them. Adding
 * and removing needs a session that was opened a quarter of an hour ago at most, so that a session
 * that was left open gives nobody a key.
 */
@Stateless
public class StaffKeys {
  static final int MOST_KEYS = 10;
  static final Duration FRESH = Duration.ofMinutes(15);
  private static final Logger LOG = System.getLogger(StaffKeys.class.getName());
  private static final int ID_LENGTH = 16;
  private static final int HANDLE_LENGTH = 32;

  @PersistenceContext(unitName = "tallystick")
  EntityManager entities;

  @EJB StaffSessions sessions;
  @Inject StaffChallenges challenges;
  @Inject StaffSettings settings;
  @Inject Clock clock;
  @Inject SecureRandom random;

  /** What became of a wish about one's keys. */
  public enum Outcome {
    DONE,
    NOT_FOUND,
    /** The session is too old for this. */
    SIGN_IN_AGAIN,
    /** There are as many keys as may be. */
    TOO_MANY,
    /** Everyone needs a key, and this is the last. */
    LAST_KEY,
    /** The key is registered already, here or elsewhere. */
    KNOWN_KEY,
    /** What the browser brought does not hold. */
    REFUSED
  }

  /** A key as its owner sees it. */
  public record View(
      String key,
      String name,
      OffsetDateTime addedAt,
      @Nullable OffsetDateTime usedAt,
      boolean backedUp,
      boolean cloneSuspected) {}

  /**
   * What a new key is made with.
   *
   * @param challenge base64url of 32 bytes, good once and for two minutes
   * @param userHandle base64url of 32 bytes
   * @param known the keys that there are, base64url of their credential ids
   */
  public record NewKey(
      String rpId, String challenge, String userHandle, String user, List<String> known) {}

  /** The own keys, eldest first. */
  public List<View> own(String token) {
    return ofStaff(sessions.require(token).user().id()).stream()
        .map(
            key ->
                new View(
                    Base64Url.encode(key.publicId()),
                    key.name(),
                    key.addedAt(),
                    key.usedAt().orElse(null),
                    key.backupEligible(),
                    key.cloneSuspectedAt().isPresent()))
        .toList();
  }

  /** Begins to register a key; empty where the session is too old. */
  public Optional<NewKey> begin(String token) {
    StaffSessions.Live live = sessions.require(token);
    if (!isFresh(live)) {
      return Optional.empty();
    }
    byte[] fresh = new byte[HANDLE_LENGTH];
    random.nextBytes(fresh);
    StaffUser user = lock(live.user().id());
    return Optional.of(
        new NewKey(
            settings.site().id(),
            Base64Url.encode(challenges.draw(user.id(), Purpose.ADD_KEY)),
            Base64Url.encode(user.userHandleOr(fresh)),
            user.name(),
            credentials(user.id())));
  }

  /** Registers a key; sessions of the same owner that were opened without a key end, but this. */
  public Outcome add(String token, String name, byte[] clientDataJson, byte[] attestationObject) {
    StaffSessions.Live live = sessions.require(token);
    StaffUser user = lock(live.user().id());
    try {
      ClientSays client = ClientSays.read(clientDataJson);
      OptionalLong asked = challenges.take(client.challenge(), Purpose.ADD_KEY);
      if (asked.isEmpty() || asked.getAsLong() != user.id()) {
        return Outcome.REFUSED;
      }
      if (!isFresh(live)) {
        return Outcome.SIGN_IN_AGAIN;
      }
      Credential credential =
          RegistrationCeremony.check(
              settings.site(), client.challenge(), client, attestationObject);
      return keep(live, user, name, credential);
    } catch (CeremonyRefusedException e) {
      LOG.log(Level.INFO, "a security key of {0} was not registered: {1}", user.id(), e.fault());
      return Outcome.REFUSED;
    }
  }

  private Outcome keep(
      StaffSessions.Live live, StaffUser user, String name, Credential credential) {
    if (byCredential(credential.id(), LockModeType.NONE).isPresent()) {
      return Outcome.KNOWN_KEY;
    }
    if (ofStaff(user.id()).size() >= MOST_KEYS) {
      return Outcome.TOO_MANY;
    }
    byte[] id = new byte[ID_LENGTH];
    random.nextBytes(id);
    entities.persist(
        new StaffKey(
            id,
            user.id(),
            credential.id(),
            credential.key().compressed(),
            name,
            credential.signCount(),
            credential.backupEligible(),
            now()));
    record(user, What.KEY_ADDED, name, user.name());
    entities
        .createNamedQuery("StaffSession.deleteOthersWithoutKey")
        .setParameter("staff", user.id())
        .setParameter("hash", live.session().tokenHash())
        .executeUpdate();
    return Outcome.DONE;
  }

  /** Gives an own key another name. */
  public Outcome rename(String token, String key, String name) {
    Optional<StaffKey> found = find(sessions.require(token).user().id(), key);
    found.ifPresent(known -> known.rename(name));
    return found.isPresent() ? Outcome.DONE : Outcome.NOT_FOUND;
  }

  /** Removes an own key. */
  public Outcome remove(String token, String key) {
    StaffSessions.Live live = sessions.require(token);
    StaffUser user = lock(live.user().id());
    Optional<StaffKey> found = find(user.id(), key);
    if (found.isEmpty()) {
      return Outcome.NOT_FOUND;
    }
    if (!isFresh(live)) {
      return Outcome.SIGN_IN_AGAIN;
    }
    if (settings.keyRequired() && ofStaff(user.id()).size() == 1) {
      return Outcome.LAST_KEY;
    }
    entities.remove(found.get());
    record(user, What.KEY_REMOVED, found.get().name(), user.name());
    return Outcome.DONE;
  }

  /** What the keys of someone whose password was right are asked; empty where there is no key. */
  public Optional<KeyAsked> ask(StaffUser user) {
    List<String> credentials = credentials(user.id());
    return credentials.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new KeyAsked(
                Base64Url.encode(challenges.draw(user.id(), Purpose.SIGN_IN)),
                settings.site().id(),
                credentials));
  }

  /**
   * The second step of signing in. The challenge was given only to who knew the password, and says
   * whose it was.
   *
   * @param userHandle what the key says whose it is, if it does
   */
  public SignInOutcome signIn(
      byte[] credentialId,
      byte @Nullable [] userHandle,
      byte[] clientDataJson,
      byte[] authenticatorData,
      byte[] signature) {
    try {
      ClientSays client = ClientSays.read(clientDataJson);
      OptionalLong asked = challenges.take(client.challenge(), Purpose.SIGN_IN);
      if (asked.isEmpty()) {
        return new Refused(); // and which keys there are is not even looked at
      }
      // steps 5 and 6 of 7.2: one of that user's keys, and no other user's handle
      Optional<StaffKey> key = byCredential(credentialId, LockModeType.PESSIMISTIC_WRITE);
      if (key.isEmpty() || key.get().staffId() != asked.getAsLong()) {
        return new Refused();
      }
      StaffUser user = lock(asked.getAsLong());
      boolean other =
          userHandle != null && !Arrays.equals(userHandle, user.userHandle().orElse(new byte[0]));
      if (other || user.state() != StaffState.ACTIVE || suspected(key.get())) {
        return new Refused();
      }
      return signIn(user, key.get(), client, authenticatorData, signature);
    } catch (CeremonyRefusedException e) {
      LOG.log(Level.INFO, "a security key did not sign in: {0}", e.fault());
      return new Refused();
    }
  }

  private SignInOutcome signIn(
      StaffUser user, StaffKey key, ClientSays client, byte[] authenticatorData, byte[] signature)
      throws CeremonyRefusedException {
    Known known =
        new Known(VerificationKey.ofPoint(key.publicKey()), key.signCount(), key.backupEligible());
    try {
      long count =
          AuthenticationCeremony.check(
              settings.site(), client.challenge(), known, client, authenticatorData, signature);
      key.used(count, now());
      return sessions.open(user, true);
    } catch (CeremonyRefusedException e) {
      if (e.fault() == Fault.CLONE) {
        key.suspectClone(now());
        record(user, What.KEY_CLONE_SUSPECTED, key.name(), "system:webauthn");
        LOG.log(Level.WARNING, "there may be a copy of a security key of account {0}", user.id());
      }
      throw e;
    }
  }

  private static boolean suspected(StaffKey key) {
    return key.cloneSuspectedAt().isPresent();
  }

  private boolean isFresh(StaffSessions.Live live) {
    return now().isBefore(live.session().openedAt().plus(FRESH));
  }

  /**
   * Credential ids, also of a key that may have a copy: that it is good no more is said to nobody.
   */
  private List<String> credentials(long staff) {
    return ofStaff(staff).stream().map(key -> Base64Url.encode(key.credentialId())).toList();
  }

  private List<StaffKey> ofStaff(long staff) {
    return entities
        .createNamedQuery("StaffKey.ofStaff", StaffKey.class)
        .setParameter("staff", staff)
        .getResultList();
  }

  private Optional<StaffKey> find(long staff, String key) {
    return PublicId.of(key)
        .flatMap(
            id ->
                ofStaff(staff).stream()
                    .filter(known -> Arrays.equals(known.publicId(), id))
                    .findFirst());
  }

  private Optional<StaffKey> byCredential(byte[] credential, LockModeType lock) {
    return entities
        .createNamedQuery("StaffKey.byCredential", StaffKey.class)
        .setParameter("credential", credential)
        .setLockMode(lock)
        .getResultStream()
        .findFirst();
  }

  private StaffUser lock(long staff) {
    return entities.find(StaffUser.class, staff, LockModeType.PESSIMISTIC_WRITE);
  }

  private void record(StaffUser user, What what, String detail, String by) {
    entities.persist(new StaffChange(user.id(), what, detail, by, null, now()));
  }

  private OffsetDateTime now() {
    return OffsetDateTime.now(clock);
  }
}
