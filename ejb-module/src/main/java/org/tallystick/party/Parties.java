package org.tallystick.party;

import jakarta.ejb.EJB;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.util.Optional;
import java.util.function.ToLongFunction;
import org.tallystick.codec.Base64Url;
import org.tallystick.codec.MalformedInputException;
import org.tallystick.keys.KeyVault;
import org.tallystick.staff.Actor;
import org.tallystick.staff.BearerToken;

/** Finds parties by the different values they are known by. */
@Stateless
public class Parties {
  /** No party has this internal number. */
  private static final long NOBODY = -1;

  @PersistenceContext(unitName = "tallystick")
  EntityManager entities;

  @EJB PartyKeys keys;
  @Inject KeyVault vault;

  /** By the internal number. */
  public Optional<Party> byId(long id) {
    return Optional.ofNullable(entities.find(Party.class, id));
  }

  /** By the internal number, the row locked until the transaction ends. */
  public Optional<Party> byIdLocked(long id) {
    return Optional.ofNullable(entities.find(Party.class, id, LockModeType.PESSIMISTIC_WRITE));
  }

  /** By the 16 bytes that codes carry. */
  public Optional<Party> byAccountIdentifier(byte[] accountIdentifier) {
    return one("Party.byAccountIdentifier", accountIdentifier, LockModeType.NONE);
  }

  /** By the token that the party was given when it applied. */
  public Optional<Party> byPartyToken(String token) {
    return BearerToken.hash(token)
        .flatMap(hash -> one("Party.byTokenHash", hash, LockModeType.NONE));
  }

  /** By the registration, base64url. */
  public Optional<Party> byRegistration(String registration) {
    return byRegistration(registration, LockModeType.NONE);
  }

  /** By the registration, the row locked until the transaction ends. */
  public Optional<Party> byRegistrationLocked(String registration) {
    return byRegistration(registration, LockModeType.PESSIMISTIC_WRITE);
  }

  /** By the registration, for who may see the party; others' are not even looked at. */
  public Optional<Party> byRegistration(Actor actor, String registration) {
    return byRegistration(actor, registration, LockModeType.NONE);
  }

  /** By the registration, for who may see the party, the row locked until the transaction ends. */
  public Optional<Party> byRegistrationLocked(Actor actor, String registration) {
    return byRegistration(actor, registration, LockModeType.PESSIMISTIC_WRITE);
  }

  /**
   * What was found, if the actor sees whose it is. A party is looked up also where nothing was
   * found: a stranger cannot tell by the clock what exists.
   *
   * @param party internal number of the party whose it is
   */
  public <T> Optional<T> ifSeen(Actor actor, Optional<T> found, ToLongFunction<T> party) {
    if (actor.institution() == null) {
      return found;
    }
    boolean sees =
        byId(found.map(party::applyAsLong).orElse(NOBODY))
            .filter(owner -> actor.sees(owner.institution()))
            .isPresent();
    return found.filter(it -> sees);
  }

  private Optional<Party> byRegistration(Actor actor, String registration, LockModeType lock) {
    Long institution = actor.institution();
    if (institution == null) {
      return byRegistration(registration, lock);
    }
    return bytes(registration)
        .flatMap(
            value ->
                entities
                    .createNamedQuery("Party.byRegistrationOfInstitution", Party.class)
                    .setParameter("value", value)
                    .setParameter("institution", institution)
                    .setLockMode(lock)
                    .getResultStream()
                    .findFirst());
  }

  private Optional<Party> byRegistration(String registration, LockModeType lock) {
    return bytes(registration).flatMap(value -> one("Party.byRegistration", value, lock));
  }

  private static Optional<byte[]> bytes(String registration) {
    try {
      return Optional.of(Base64Url.decode(registration));
    } catch (MalformedInputException e) {
      return Optional.empty();
    }
  }

  /** The name that the party applied with, opened. */
  public String name(Party party) {
    return keys.of(party)
        .openText(
            party.identity().nameSealed(), SealContext.name(party.identifiers().registration()));
  }

  /** The e-mail address that the party applied with, opened. */
  public Optional<String> email(Party party) {
    return party
        .identity()
        .emailSealed()
        .map(
            blob ->
                keys.of(party)
                    .openText(blob, SealContext.email(party.identifiers().registration())));
  }

  /**
   * The 16 random bytes that stand for the account number inside codes. They say nothing of the
   * party, and every code needs them: they are sealed under the vault's own key.
   */
  public byte[] accountBindingValue(Party party) {
    return vault
        .personalKey()
        .open(
            party.identifiers().accountBindingSealed(),
            SealContext.accountBinding(party.identifiers().registration()));
  }

  private Optional<Party> one(String query, byte[] value, LockModeType lock) {
    return entities
        .createNamedQuery(query, Party.class)
        .setParameter("value", value)
        .setLockMode(lock)
        .getResultStream()
        .findFirst();
  }
}
