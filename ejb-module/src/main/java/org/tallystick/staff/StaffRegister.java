package org.tallystick.staff;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tallystick.staff.SignInOutcome.ChoosePasswordFirst;
import org.tallystick.staff.SignInOutcome.Refused;
import org.tallystick.staff.SignInOutcome.SignedIn;

/**
 * Staff accounts and sessions in the database, each step a short transaction; passwords are hashed
 * outside of them, in {@link StaffDesk}.
 */
@Stateless
public class StaffRegister {
  static final Duration SESSION_LENGTH = Duration.ofHours(8);
  private static final int FIRST_ACCOUNT_LOCK = 0x7461_6C79;

  @PersistenceContext(unitName = "tallystick")
  EntityManager entities;

  @Inject Clock clock;
  @Inject SecureRandom random;

  /** Whether there is any account yet. */
  public boolean empty() {
    return entities.createNamedQuery("StaffUser.count", Long.class).getSingleResult() == 0;
  }

  /**
   * Opens the very first account, unless another node was faster; {@code written} runs before the
   * transaction ends, so that the password is never lost.
   */
  public void openFirst(StaffUser first, Runnable written) {
    entities
        .createNativeQuery("select pg_advisory_xact_lock(?)::text")
        .setParameter(1, FIRST_ACCOUNT_LOCK)
        .getSingleResult();
    if (empty()) {
      entities.persist(first);
      entities.flush();
      written.run();
    }
  }

  /** Opens an account, for the consortium with null; false where the name is taken. */
  public boolean open(
      String name, Set<Role> roles, PasswordHash oneTime, @Nullable Long institution) {
    if (byName(name, LockModeType.NONE).isPresent()) {
      return false;
    }
    entities.persist(new StaffUser(name, roles, oneTime, now(), institution));
    return true;
  }

  /** Whether somebody has exchanged the one-time password for an own one. */
  public boolean hasOwnPassword(String name) {
    return byName(name, LockModeType.NONE).filter(user -> !user.oneTime()).isPresent();
  }

  /** Counts an attempt and gives the password to compare; empty for unknown and resting ones. */
  public Optional<PasswordHash> beginAttempt(String name) {
    return byName(name, LockModeType.PESSIMISTIC_WRITE)
        .filter(user -> user.countAttempt(now()))
        .map(StaffUser::password);
  }

  /** Opens a session for someone whose password was right a moment ago. */
  public SignInOutcome signIn(String name, PasswordHash proven) {
    Optional<StaffUser> found = proven(name, proven);
    if (found.isEmpty()) {
      return new Refused();
    }
    StaffUser user = found.get();
    user.attemptSucceeded();
    if (user.oneTime()) {
      return new ChoosePasswordFirst();
    }
    OffsetDateTime now = now();
    entities
        .createNamedQuery("StaffSession.deleteExpired")
        .setParameter("now", now)
        .executeUpdate();
    String token = BearerToken.draw(random);
    OffsetDateTime expiresAt = now.plus(SESSION_LENGTH);
    byte[] hash = BearerToken.hash(token).orElseThrow();
    entities.persist(new StaffSession(hash, user.id(), now, expiresAt));
    return new SignedIn(token, expiresAt);
  }

  /** Sets an own password and ends all sessions; false where the proof is no longer good. */
  public boolean choosePassword(String name, PasswordHash proven, PasswordHash own) {
    Optional<StaffUser> found = proven(name, proven);
    found.ifPresent(
        user -> {
          user.attemptSucceeded();
          user.choosePassword(own);
          entities
              .createNamedQuery("StaffSession.deleteOfStaff")
              .setParameter("staff", user.id())
              .executeUpdate();
        });
    return found.isPresent();
  }

  /** Who holds a session token that is still good. */
  public Optional<Actor> actor(String token) {
    return BearerToken.hash(token)
        .flatMap(
            hash ->
                entities
                    .createNamedQuery("StaffSession.user", StaffUser.class)
                    .setParameter("hash", hash)
                    .setParameter("now", now())
                    .getResultStream()
                    .findFirst())
        .map(user -> new Actor(user.name(), user.roles(), user.institution().orElse(null)));
  }

  /** Ends a session. */
  public void endSession(String token) {
    BearerToken.hash(token)
        .ifPresent(
            hash ->
                entities
                    .createNamedQuery("StaffSession.deleteByHash")
                    .setParameter("hash", hash)
                    .executeUpdate());
  }

  private Optional<StaffUser> proven(String name, PasswordHash proven) {
    return byName(name, LockModeType.PESSIMISTIC_WRITE)
        .filter(user -> Arrays.equals(user.password().hash(), proven.hash()));
  }

  private Optional<StaffUser> byName(String name, LockModeType lock) {
    return entities
        .createNamedQuery("StaffUser.byName", StaffUser.class)
        .setParameter("name", name)
        .setLockMode(lock)
        .getResultStream()
        .findFirst();
  }

  private OffsetDateTime now() {
    return OffsetDateTime.now(clock);
  }
}
