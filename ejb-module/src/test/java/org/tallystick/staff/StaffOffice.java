package org.tallystick.staff;

import jakarta.persistence.EntityManager;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.tallystick.node.Environment;
import org.tallystick.node.MovableClock;
import org.tallystick.node.Server;
import org.tallystick.page.CursorsFixture;
import org.tallystick.staff.SignInOutcome.SignedIn;

/** The staff's beans wired together over the tests' database, with a clock that can be moved. */
@SuppressWarnings("UnnecessaryAssignment") // the fixture stands in for the container
final class StaffOffice {
  static final Actor ADMIN = new Actor("the administrator", Set.of(Role.ADMINISTRATOR));
  static final String OWN = "a password of my own";

  final MovableClock clock = new MovableClock();
  final EntityManager entities = Server.entityManager();
  final StaffDesk desk = new StaffDesk();
  final StaffRegister register = new Transacted();
  final StaffSessions sessions = new StaffSessions();
  final StaffKeys keys = new StaffKeys();
  final StaffAccounts accounts =
      new StaffAccounts() {
        @Override
        public Outcome resetPassword(
            Actor actor, String user, String reason, PasswordHash oneTime) {
          return transacted(() -> super.resetPassword(actor, user, reason, oneTime));
        }
      };
  final Passwords passwords = new Passwords();
  final Environment environment;

  /** Gives each call the transaction that the container would. */
  private final class Transacted extends StaffRegister {
    @Override
    public boolean open(
        Actor actor,
        String name,
        Set<Role> roles,
        PasswordHash oneTime,
        @Nullable Long institution) {
      return transacted(() -> super.open(actor, name, roles, oneTime, institution));
    }

    @Override
    public void openFirst(StaffUser first, Runnable written) {
      transacted(
          () -> {
            super.openFirst(first, written);
            return true;
          });
    }

    @Override
    public Optional<PasswordHash> beginAttempt(String name) {
      return transacted(() -> super.beginAttempt(name));
    }

    @Override
    public SignInOutcome signIn(String name, PasswordHash proven) {
      return transacted(() -> super.signIn(name, proven));
    }

    @Override
    public void replaceHash(String name, PasswordHash proven, PasswordHash same) {
      transacted(
          () -> {
            super.replaceHash(name, proven, same);
            return true;
          });
    }

    @Override
    public boolean choosePassword(String name, PasswordHash proven, PasswordHash own) {
      return transacted(() -> super.choosePassword(name, proven, own));
    }
  }

  StaffOffice(Path data) {
    this(data, Map.of());
  }

  StaffOffice(Path data, Map<String, String> variables) {
    Map<String, String> all = new HashMap<>(variables);
    all.put("TALLYSTICK_DATA", data.toString());
    environment = new Environment(all);
    SecureRandom random = new SecureRandom();
    StaffSettings settings = new StaffSettings();
    settings.environment = environment;
    passwords.random = random;
    passwords.environment = environment;
    passwords.begin();
    sessions.entities = entities;
    sessions.clock = clock;
    sessions.random = random;
    sessions.settings = settings;
    StaffChallenges challenges = new StaffChallenges();
    challenges.entities = entities;
    challenges.clock = clock;
    challenges.random = random;
    keys.entities = entities;
    keys.sessions = sessions;
    keys.challenges = challenges;
    keys.settings = settings;
    keys.clock = clock;
    keys.random = random;
    register.entities = entities;
    register.sessions = sessions;
    register.keys = keys;
    register.clock = clock;
    accounts.entities = entities;
    accounts.sessions = sessions;
    accounts.cursors = CursorsFixture.cursors();
    accounts.clock = clock;
    desk.register = register;
    desk.accounts = accounts;
    desk.passwords = passwords;
    desk.settings = settings;
    desk.environment = environment;
  }

  <T> T transacted(Supplier<T> work) {
    return Server.inTransaction(entities, work);
  }

  /** Opens an account with an own password. */
  String hire(Role... roles) {
    String user = "user-" + UUID.randomUUID();
    String oneTime = desk.open(ADMIN, user, Set.of(roles)).orElseThrow().oneTimePassword();
    desk.choosePassword(user, oneTime, OWN);
    return user;
  }

  String signIn(String user) {
    return ((SignedIn) desk.signIn(user, OWN)).token();
  }

  Optional<StaffIdentity> identity(String token) {
    return transacted(() -> sessions.identity(token));
  }

  /** Empties the tables; what may never be changed is emptied by who may do anything. */
  static void noAccounts(EntityManager entities) {
    Server.inTransaction(
        entities,
        () -> {
          entities
              .createNativeQuery("set local session_replication_role = replica")
              .executeUpdate();
          return entities.createNativeQuery("truncate staff_user cascade").executeUpdate();
        });
  }
}
