package org.tallystick.staff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.persistence.EntityManager;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tallystick.node.Environment;
import org.tallystick.node.MovableClock;
import org.tallystick.node.Server;
import org.tallystick.staff.SignInOutcome.ChoosePasswordFirst;
import org.tallystick.staff.SignInOutcome.Refused;
import org.tallystick.staff.SignInOutcome.SignedIn;

@SuppressWarnings("UnnecessaryAssignment") // the test stands in for the container
class StaffDeskTest {
  private static final Actor ADMIN = new Actor("admin", Set.of(Role.ADMINISTRATOR));
  private static final String OWN = "a password of my own";

  @TempDir Path data;
  private final MovableClock clock = new MovableClock();
  private final EntityManager entities = Server.entityManager();
  private final StaffDesk desk = new StaffDesk();
  private final StaffRegister register = new Transacted(entities);
  private String user;

  /** Gives each call the transaction that the container would. */
  private static final class Transacted extends StaffRegister {
    Transacted(EntityManager entities) {
      this.entities = entities;
    }

    @Override
    public boolean open(
        String name, Set<Role> roles, PasswordHash oneTime, @Nullable Long institution) {
      return Server.inTransaction(entities, () -> super.open(name, roles, oneTime, institution));
    }

    @Override
    public void openFirst(StaffUser first, Runnable written) {
      Server.inTransaction(
          entities,
          () -> {
            super.openFirst(first, written);
            return true;
          });
    }

    @Override
    public Optional<PasswordHash> beginAttempt(String name) {
      return Server.inTransaction(entities, () -> super.beginAttempt(name));
    }

    @Override
    public SignInOutcome signIn(String name, PasswordHash proven) {
      return Server.inTransaction(entities, () -> super.signIn(name, proven));
    }

    @Override
    public boolean choosePassword(String name, PasswordHash proven, PasswordHash own) {
      return Server.inTransaction(entities, () -> super.choosePassword(name, proven, own));
    }

    @Override
    public void endSession(String token) {
      Server.inTransaction(
          entities,
          () -> {
            super.endSession(token);
            return true;
          });
    }
  }

  @BeforeEach
  void wire() {
    register.clock = clock;
    register.random = new SecureRandom();
    Passwords passwords = new Passwords();
    passwords.random = register.random;
    passwords.environment = new Environment(Map.of("TALLYSTICK_DATA", data.toString()));
    desk.register = register;
    desk.passwords = passwords;
    desk.environment = passwords.environment;
    user = "user-" + java.util.UUID.randomUUID();
  }

  @Test
  void account_opened_choosesAPassword_signsIn_andOut() {
    String oneTime = desk.open(ADMIN, user, Set.of(Role.CLERK)).orElseThrow().oneTimePassword();
    assertThat(desk.open(ADMIN, user, Set.of(Role.CLERK))).isEmpty();
    assertThat(desk.signIn(user, oneTime)).isEqualTo(new ChoosePasswordFirst());
    assertThat(desk.choosePassword(user, oneTime, "short"))
        .isEqualTo(PasswordOutcome.NOT_ACCEPTABLE);
    assertThat(desk.choosePassword(user, oneTime, OWN)).isEqualTo(PasswordOutcome.CHANGED);
    assertThat(desk.signIn(user, oneTime)).isEqualTo(new Refused());
    SignedIn signedIn = (SignedIn) desk.signIn(user, OWN);
    assertThat(signedIn.expiresAt()).isEqualTo(OffsetDateTime.now(clock).plusHours(8));
    assertThat(register.actor(signedIn.token())).hasValue(new Actor(user, Set.of(Role.CLERK)));
    register.endSession(signedIn.token());
    assertThat(register.actor(signedIn.token())).isEmpty();
  }

  @Test
  void session_afterEightHours_isOver() {
    String oneTime = desk.open(ADMIN, user, Set.of(Role.CLERK)).orElseThrow().oneTimePassword();
    desk.choosePassword(user, oneTime, OWN);
    SignedIn signedIn = (SignedIn) desk.signIn(user, OWN);
    clock.advance(Duration.ofHours(8));
    assertThat(register.actor(signedIn.token())).isEmpty();
  }

  @Test
  void signIn_wrongOften_rests_evenForTheRightPassword_thenWorks() {
    String oneTime = desk.open(ADMIN, user, Set.of(Role.CLERK)).orElseThrow().oneTimePassword();
    for (int i = 0; i < 4; i++) {
      assertThat(desk.signIn(user, "wrong")).isEqualTo(new Refused());
    }
    assertThat(desk.signIn(user, oneTime)).isEqualTo(new Refused());
    clock.advance(Duration.ofSeconds(3));
    assertThat(desk.signIn(user, oneTime)).isEqualTo(new ChoosePasswordFirst());
  }

  @Test
  void signIn_unknownUser_answersTheSame() {
    assertThat(desk.signIn("nobody", "wrong")).isEqualTo(new Refused());
  }

  @Test
  void open_withoutTheRole_isRefused() {
    assertThatThrownBy(() -> desk.open(new Actor("c", Set.of(Role.CLERK)), user, Set.of()))
        .isInstanceOf(NotPermittedException.class);
  }

  @Test
  void firstAdministrator_getsAPasswordFile_thatGoesWithTheExchange() throws Exception {
    Server.inTransaction(
        entities,
        () ->
            entities
                .createNativeQuery("truncate staff_session, staff_role, staff_user")
                .executeUpdate());
    FirstAdministrator first = new FirstAdministrator();
    first.register = register;
    first.passwords = desk.passwords;
    first.environment = desk.environment;
    first.clock = clock;
    first.open();
    Path file = data.resolve("first-admin-password");
    String oneTime = Files.readString(file).strip();
    first.open();
    assertThat(Files.readString(file).strip()).isEqualTo(oneTime);
    assertThat(desk.choosePassword("admin", oneTime, OWN)).isEqualTo(PasswordOutcome.CHANGED);
    assertThat(file).doesNotExist();
    assertThat(desk.signIn("admin", OWN)).isInstanceOf(SignedIn.class);
  }
}
