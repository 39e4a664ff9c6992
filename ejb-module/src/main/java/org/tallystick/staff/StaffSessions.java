package org.tallystick.staff;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.tallystick.codec.Base64Url;
import org.tallystick.staff.SignInOutcome.SignedIn;

/**
 * Sessions of the staff. One ends after eight hours, when it was idle too long, when its owner or
 * an administrator ends it, when the password or the account's state changes.
 */
@Stateless
public class StaffSessions {
  /** How exactly the last use is known: a session is written to at most so often. */
  private static final Duration USE_STEP = Duration.ofMinutes(1);

  /** The eldest goes where one more would be too many. */
  static final int MOST_SESSIONS = 32;

  private static final int ID_LENGTH = 16;

  @PersistenceContext(unitName = "tallystick")
  EntityManager entities;

  @Inject Clock clock;
  @Inject SecureRandom random;
  @Inject StaffSettings settings;

  /** One session and who holds it. */
  public record Live(StaffSession session, StaffUser user) {}

  /**
   * A session as its owner sees it.
   *
   * @param session what to name it by
   * @param withKey whether a security key was used to open it
   * @param current whether it is the one that asks
   */
  public record View(
      String session,
      OffsetDateTime openedAt,
      OffsetDateTime usedAt,
      OffsetDateTime expiresAt,
      boolean withKey,
      boolean current) {}

  /** Opens a session. */
  public SignedIn open(StaffUser user, boolean withKey) {
    OffsetDateTime now = now();
    entities
        .createNamedQuery("StaffSession.deleteExpired")
        .setParameter("now", now)
        .executeUpdate();
    ofStaff(user.id()).stream().skip(MOST_SESSIONS - 1L).forEach(entities::remove);
    String token = BearerToken.draw(random);
    byte[] id = new byte[ID_LENGTH];
    random.nextBytes(id);
    OffsetDateTime expiresAt = now.plus(StaffSettings.SESSION_LENGTH);
    byte[] hash = BearerToken.hash(token).orElseThrow();
    entities.persist(new StaffSession(hash, id, user.id(), withKey, now, expiresAt));
    return new SignedIn(token, expiresAt);
  }

  /** Who holds a session token that is still good; notes that it was used. */
  public Optional<StaffIdentity> identity(String token) {
    Optional<Live> live = live(token);
    if (live.isEmpty()) {
      return Optional.empty();
    }
    StaffSession session = live.get().session();
    StaffUser user = live.get().user();
    OffsetDateTime now = now();
    if (!session.usedAt().plus(USE_STEP).isAfter(now)) {
      entities
          .createNamedQuery("StaffSession.use")
          .setParameter("now", now)
          .setParameter("hash", session.tokenHash())
          .executeUpdate();
    }
    boolean keyMissing = settings.keyRequired() && !session.withKey();
    Set<Role> roles = keyMissing ? Set.of() : user.roles();
    return Optional.of(
        new StaffIdentity(
            new Actor(user.name(), roles, user.institution().orElse(null)), keyMissing));
  }

  /** The sessions of who holds this one, newest first. */
  public List<View> own(String token) {
    Live live = require(token);
    String current = Base64Url.encode(live.session().id());
    return ofStaff(live.user().id()).stream()
        .map(
            session -> {
              String id = Base64Url.encode(session.id());
              return new View(
                  id,
                  session.openedAt(),
                  session.usedAt(),
                  session.expiresAt(),
                  session.withKey(),
                  id.equals(current));
            })
        .toList();
  }

  /** Ends one of the sessions of who holds this one; false where there is none of that name. */
  public boolean end(String token, String session) {
    Live live = require(token);
    return PublicId.of(session)
        .map(
            id ->
                entities
                        .createNamedQuery("StaffSession.deleteOne")
                        .setParameter("staff", live.user().id())
                        .setParameter("id", id)
                        .executeUpdate()
                    > 0)
        .orElse(false);
  }

  /** Ends this session. */
  public void endCurrent(String token) {
    BearerToken.hash(token)
        .ifPresent(
            hash ->
                entities
                    .createNamedQuery("StaffSession.deleteByHash")
                    .setParameter("hash", hash)
                    .executeUpdate());
  }

  /** Ends all sessions of who holds this one, this one too. */
  public void endAll(String token) {
    endAll(require(token).user().id());
  }

  /** Ends all sessions of an account, and what its keys were asked. */
  public void endAll(long staff) {
    entities
        .createNamedQuery("StaffSession.deleteOfStaff")
        .setParameter("staff", staff)
        .executeUpdate();
    entities
        .createNamedQuery("StaffChallenge.deleteOfStaff")
        .setParameter("staff", staff)
        .executeUpdate();
  }

  /**
   * The session of a token.
   *
   * @throws NotPermittedException if it is none: who signed in elsewhere has no sessions here
   */
  public Live require(String token) {
    return live(token).orElseThrow(NotPermittedException::new);
  }

  private Optional<Live> live(String token) {
    return BearerToken.hash(token)
        .flatMap(
            hash ->
                entities
                    .createNamedQuery("StaffSession.live", Object[].class)
                    .setParameter("hash", hash)
                    .setParameter("now", now())
                    .setParameter("idleSince", idleSince())
                    .getResultStream()
                    .findFirst())
        .map(row -> new Live((StaffSession) row[0], (StaffUser) row[1]))
        .filter(live -> settings.mayUsePassword(live.user().name()));
  }

  private List<StaffSession> ofStaff(long staff) {
    return entities
        .createNamedQuery("StaffSession.ofStaff", StaffSession.class)
        .setParameter("staff", staff)
        .setParameter("now", now())
        .setParameter("idleSince", idleSince())
        .getResultList();
  }

  private OffsetDateTime idleSince() {
    return now().minus(settings.idle());
  }

  private OffsetDateTime now() {
    return OffsetDateTime.now(clock);
  }
}
