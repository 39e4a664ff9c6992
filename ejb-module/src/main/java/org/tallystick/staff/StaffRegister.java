package org.tallystick.staff;

import jakarta.ejb.EJB;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.tallystick.staff.SignInOutcome.ChoosePasswordFirst;
import org.tallystick.staff.SignInOutcome.KeyNeeded;
import org.tallystick.staff.SignInOutcome.Refused;
import org.tallystick.staff.StaffChange.What;
import org.tallystick.turn.Turn;

/**
 * Passwords of the staff in the database, each step a short transaction; passwords are hashed
 * outside of them, in {@link StaffDesk}.
 */
@Stateless
public class StaffRegister {
  @PersistenceContext(unitName = "tallystick")
  EntityManager entities;

  @EJB StaffSessions sessions;
  @EJB StaffKeys keys;
  @Inject Clock clock;

  /** Whether there is any account yet. */
  public boolean empty() {
    return entities.createNamedQuery("StaffUser.count", Long.class).getSingleResult() == 0;
  }

  /**
   * Opens the very first account, unless another node was faster; {@code written} runs before the
   * transaction ends, so that the password is never lost.
   */
  public void openFirst(StaffUser first, Runnable written) {
    Turn.FIRST_ACCOUNT.await(entities);
    if (empty()) {
      entities.persist(first);
      entities.flush(); // its line refers to it
      entities.persist(opened(first, "system:first-start"));
      entities.flush();
      written.run();
    }
  }

  /**
   * Opens an account, for the consortium with null; false where the name is taken, or differs from
   * another in the case of letters only.
   */
  public boolean open(
      Actor actor, String name, Set<Role> roles, PasswordHash oneTime, @Nullable Long institution) {
    actor.require(Role.ADMINISTRATOR);
    actor.requireConsortium();
    Turn.STAFF_NAME.await(entities);
    long alike =
        entities
            .createNamedQuery("StaffUser.countLike", Long.class)
            .setParameter("smallName", name.toLowerCase(Locale.ROOT))
            .getSingleResult();
    if (alike > 0) {
      return false;
    }
    StaffUser user = new StaffUser(name, roles, oneTime, now(), institution);
    entities.persist(user);
    entities.flush(); // its line refers to it
    entities.persist(opened(user, actor.name()));
    return true;
  }

  /** Whether somebody has exchanged the one-time password for an own one. */
  public boolean hasOwnPassword(String name) {
    return byName(name, LockModeType.NONE).filter(user -> !user.oneTime()).isPresent();
  }

  /**
   * Counts an attempt and gives the password to compare; empty for unknown and resting ones. What
   * is counted has to reach the disk, so what is not counted has to as well, in as many statements:
   * else the time that it takes would tell who exists.
   */
  public Optional<PasswordHash> beginAttempt(String name) {
    Optional<SignInAttempt> counted =
        entities
            .createNamedQuery("SignInAttempt.byName", SignInAttempt.class)
            .setParameter("name", name)
            .setLockMode(LockModeType.PESSIMISTIC_WRITE)
            .getResultStream()
            .findFirst()
            .filter(attempt -> attempt.count(now()));
    if (counted.isEmpty()) {
      entities
          .createNativeQuery("select pg_logical_emit_message(true, 'attempt', '')::text")
          .getSingleResult();
    }
    return counted.map(SignInAttempt::password);
  }

  /** For someone whose password was right a moment ago: a session, or what a key has to sign. */
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
    Optional<KeyAsked> asked = keys.ask(user);
    return asked.isPresent() ? new KeyNeeded(asked.get()) : sessions.open(user, false);
  }

  /** Keeps the same password under the present policy, unless it was changed meanwhile. */
  public void replaceHash(String name, PasswordHash proven, PasswordHash same) {
    proven(name, proven).ifPresent(user -> user.replaceHash(same));
  }

  /** Sets an own password and ends all sessions; false where the proof is no longer good. */
  public boolean choosePassword(String name, PasswordHash proven, PasswordHash own) {
    Optional<StaffUser> found = proven(name, proven);
    found.ifPresent(
        user -> {
          user.attemptSucceeded();
          user.choosePassword(own);
          sessions.endAll(user.id());
          entities.persist(
              new StaffChange(user.id(), What.PASSWORD_CHOSEN, "", user.name(), null, now()));
        });
    return found.isPresent();
  }

  private StaffChange opened(StaffUser user, String by) {
    return new StaffChange(
        user.id(), What.OPENED, new TreeSet<>(user.roles()).toString(), by, null, now());
  }

  private Optional<StaffUser> proven(String name, PasswordHash proven) {
    return byName(name, LockModeType.PESSIMISTIC_WRITE)
        .filter(user -> user.state() == StaffState.ACTIVE)
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
