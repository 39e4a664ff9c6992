package org.tallystick.staff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.persistence.EntityManager;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tallystick.institution.Institution;
import org.tallystick.institution.InstitutionState;
import org.tallystick.institution.InstitutionsFixture;
import org.tallystick.node.MovableClock;
import org.tallystick.node.Statements;
import org.tallystick.party.BackOffice;
import org.tallystick.staff.SignInOutcome.ChoosePasswordFirst;
import org.tallystick.staff.SignInOutcome.Refused;
import org.tallystick.staff.SignInOutcome.SignedIn;

@SuppressWarnings("UnnecessaryAssignment") // the test stands in for the container
class StaffDeskTest {
  private static final Actor ADMIN = new Actor("admin", Set.of(Role.ADMINISTRATOR));
  private static final String OWN = "a password of my own";

  @TempDir Path data;
  private StaffOffice office;
  private MovableClock clock;
  private EntityManager entities;
  private StaffDesk desk;
  private String user;

  @BeforeEach
  void wire() {
    office = new StaffOffice(data);
    clock = office.clock;
    entities = office.entities;
    desk = office.desk;
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
    assertThat(office.identity(signedIn.token()))
        .hasValue(new StaffIdentity(new Actor(user, Set.of(Role.CLERK)), false));
    office.transacted(
        () -> {
          office.sessions.endCurrent(signedIn.token());
          return true;
        });
    assertThat(office.identity(signedIn.token())).isEmpty();
  }

  @Test
  void session_afterEightHours_isOver() {
    String oneTime = desk.open(ADMIN, user, Set.of(Role.CLERK)).orElseThrow().oneTimePassword();
    desk.choosePassword(user, oneTime, OWN);
    SignedIn signedIn = (SignedIn) desk.signIn(user, OWN);
    for (int i = 1; i < 24; i++) {
      clock.advance(Duration.ofMinutes(20));
      assertThat(office.identity(signedIn.token())).isPresent();
    }
    clock.advance(Duration.ofMinutes(20));
    assertThat(office.identity(signedIn.token())).isEmpty();
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
  void attempts_afterThreeFailures_rest_eachTimeTwiceAsLong() {
    user = office.hire(Role.CLERK);
    for (int i = 0; i < 4; i++) {
      assertThat(office.register.beginAttempt(user)).isPresent();
    }
    assertThat(office.register.beginAttempt(user)).isEmpty();
    clock.advance(Duration.ofSeconds(2));
    assertThat(office.register.beginAttempt(user)).isPresent();
    clock.advance(Duration.ofSeconds(3));
    assertThat(office.register.beginAttempt(user)).isEmpty();
    clock.advance(Duration.ofSeconds(1));
    assertThat(office.register.beginAttempt(user)).isPresent();
  }

  @Test
  void success_beginsTheCountAnew() {
    user = office.hire(Role.CLERK);
    for (int i = 0; i < 3; i++) {
      assertThat(desk.signIn(user, "wrong")).isEqualTo(new Refused());
    }
    office.signIn(user);
    for (int i = 0; i < 4; i++) {
      assertThat(office.register.beginAttempt(user)).isPresent();
    }
  }

  @Test
  void signIn_unknownUser_answersTheSame() {
    assertThat(desk.signIn("nobody", "wrong")).isEqualTo(new Refused());
  }

  /** Each statement more is a quarter of a millisecond that a stranger can measure. */
  @Test
  void signIn_unknownUser_asksTheDatabaseAsOften_asForAnAccount() {
    int nobody = attempt("nobody").size();
    assertThat(nobody).isEqualTo(2);
    String known = office.hire(Role.CLERK, Role.APPROVER);
    assertThat(attempt(known)).hasSize(nobody);
    while (office.register.beginAttempt(known).isPresent()) {
      // until it rests
    }
    assertThat(attempt(known)).hasSize(nobody);
  }

  private List<String> attempt(String name) {
    return Statements.of(() -> office.register.beginAttempt(name));
  }

  @Test
  void open_withoutTheRole_isRefused() {
    assertThatThrownBy(() -> desk.open(new Actor("c", Set.of(Role.CLERK)), user, Set.of()))
        .isInstanceOf(NotPermittedException.class);
  }

  @Test
  void firstAdministrator_getsAPasswordFile_thatGoesWithTheExchange() throws Exception {
    StaffOffice.noAccounts(entities);
    FirstAdministrator first = new FirstAdministrator();
    first.register = office.register;
    first.passwords = desk.passwords;
    first.environment = desk.environment;
    first.clock = clock;
    first.settings = desk.settings;
    first.open();
    Path file = data.resolve("first-admin-password");
    String oneTime = Files.readString(file).strip();
    first.open();
    assertThat(Files.readString(file).strip()).isEqualTo(oneTime);
    assertThat(desk.choosePassword("admin", oneTime, OWN)).isEqualTo(PasswordOutcome.CHANGED);
    assertThat(file).doesNotExist();
    assertThat(desk.signIn("admin", OWN)).isInstanceOf(SignedIn.class);
  }

  @Test
  void session_idleForHalfAnHour_isOver() {
    String token = office.signIn(office.hire(Role.CLERK));
    clock.advance(Duration.ofMinutes(29));
    assertThat(office.identity(token)).isPresent();
    clock.advance(Duration.ofMinutes(29));
    assertThat(office.identity(token)).isPresent();
    clock.advance(Duration.ofMinutes(30));
    assertThat(office.identity(token)).isEmpty();
  }

  @Test
  void sessions_areListed_endedOneByOne_andAllAtOnce() {
    String clerk = office.hire(Role.CLERK);
    String first = office.signIn(clerk);
    clock.advance(Duration.ofMinutes(2));
    String second = office.signIn(clerk);
    List<StaffSessions.View> own = office.transacted(() -> office.sessions.own(second));
    assertThat(own).extracting(StaffSessions.View::current).containsExactly(true, false);
    assertThat(own).extracting(StaffSessions.View::withKey).containsOnly(false);
    String stranger = office.signIn(office.hire(Role.CLERK));
    String old = own.get(1).session();
    assertThat(office.transacted(() -> office.sessions.end(stranger, old))).isFalse();
    assertThat(office.identity(first)).isPresent();
    assertThat(office.transacted(() -> office.sessions.end(second, old))).isTrue();
    assertThat(office.identity(first)).isEmpty();
    assertThat(office.transacted(() -> office.sessions.end(second, "not-an-id"))).isFalse();
    office.transacted(
        () -> {
          office.sessions.endAll(second);
          return true;
        });
    assertThat(office.identity(second)).isEmpty();
    assertThat(office.identity(stranger)).isPresent();
  }

  @Test
  void sessions_beyondTheMost_pushOutTheEldest() {
    String clerk = office.hire(Role.CLERK);
    String first = office.signIn(clerk);
    PasswordHash proven = office.register.beginAttempt(clerk).orElseThrow();
    for (int i = 1; i < StaffSessions.MOST_SESSIONS; i++) {
      clock.advance(Duration.ofSeconds(1));
      office.register.signIn(clerk, proven);
    }
    assertThat(office.identity(first)).isPresent();
    clock.advance(Duration.ofSeconds(1));
    office.register.signIn(clerk, proven);
    assertThat(office.identity(first)).isEmpty();
  }

  @Test
  void session_atAnInstitutionThatIsSuspended_isNone_untilItIsBack() {
    BackOffice bank = new BackOffice(data);
    Institution institution = InstitutionsFixture.opened(bank);
    String oneTime =
        desk.open(ADMIN, user, Set.of(Role.CLERK), institution.id())
            .orElseThrow()
            .oneTimePassword();
    desk.choosePassword(user, oneTime, OWN);
    String token = office.signIn(user);
    assertThat(office.identity(token)).isPresent();
    InstitutionsFixture.move(bank, institution.publicId(), InstitutionState.SUSPENDED);
    assertThat(office.identity(token)).isEmpty();
    InstitutionsFixture.move(bank, institution.publicId(), InstitutionState.ACTIVE);
    assertThat(office.identity(token)).isPresent();
  }

  @Test
  void choosePassword_endsAllSessions() {
    String clerk = office.hire(Role.CLERK);
    String token = office.signIn(clerk);
    desk.choosePassword(clerk, OWN, "another one of my own");
    assertThat(office.identity(token)).isEmpty();
  }

  /** Otherwise who handed out a one-time password could sign in with it for good. */
  @Test
  void choosePassword_theSameAgain_isNotAcceptable() {
    String oneTime = desk.open(ADMIN, user, Set.of(Role.CLERK)).orElseThrow().oneTimePassword();
    assertThat(desk.choosePassword(user, oneTime, oneTime))
        .isEqualTo(PasswordOutcome.NOT_ACCEPTABLE);
    assertThat(desk.signIn(user, oneTime)).isEqualTo(new ChoosePasswordFirst());
  }

  @Test
  void choosePassword_thatIsTriedFirst_isNotAcceptable() {
    String oneTime = desk.open(ADMIN, user, Set.of(Role.CLERK)).orElseThrow().oneTimePassword();
    for (String guess : new String[] {user, user + "2026!", "Password1234!", "aaaaaaaaaaaaaaaa"}) {
      assertThat(desk.choosePassword(user, oneTime, guess))
          .as(guess)
          .isEqualTo(PasswordOutcome.NOT_ACCEPTABLE);
    }
  }

  @Test
  void open_nameThatDiffersInCaseOnly_isTaken() {
    assertThat(desk.open(ADMIN, user, Set.of(Role.CLERK))).isPresent();
    assertThat(desk.open(ADMIN, user.toUpperCase(Locale.ROOT), Set.of(Role.CLERK))).isEmpty();
  }

  @Test
  void signIn_afterThePolicyChanged_hashesAnew_andStaysTheSamePassword() {
    StaffOffice before = new StaffOffice(data, Map.of("TALLYSTICK_PASSWORD_SCHEME", "pbkdf2"));
    String clerk = before.hire(Role.CLERK);
    PasswordHash old = before.register.beginAttempt(clerk).orElseThrow();
    assertThat(old.cost()).isEqualTo(PasswordCost.pbkdf2(600_000));
    assertThat(desk.signIn(clerk, "wrong")).isEqualTo(new Refused());
    assertThat(office.register.beginAttempt(clerk).orElseThrow().cost()).isEqualTo(old.cost());
    assertThat(desk.signIn(clerk, OWN)).isInstanceOf(SignedIn.class);
    PasswordHash fresh = office.register.beginAttempt(clerk).orElseThrow();
    assertThat(fresh.cost()).isEqualTo(PasswordCost.argon2id(19_456, 2, 1));
    assertThat(desk.signIn(clerk, OWN)).isInstanceOf(SignedIn.class);
    assertThat(office.register.beginAttempt(clerk).orElseThrow().hash()).isEqualTo(fresh.hash());
  }

  @Test
  void localStaff_switchedOff_leavesTheFirstAdministratorAlone() {
    String clerk = office.hire(Role.CLERK);
    String token = office.signIn(clerk);
    StaffOffice off = new StaffOffice(data, Map.of("TALLYSTICK_LOCAL_STAFF", "off"));
    assertThat(off.desk.signIn(clerk, OWN)).isEqualTo(new Refused());
    assertThat(off.desk.choosePassword(clerk, OWN, "another one of my own"))
        .isEqualTo(PasswordOutcome.REFUSED);
    assertThat(off.identity(token)).isEmpty();
    assertThat(desk.signIn(clerk, OWN)).isInstanceOf(SignedIn.class);
  }
}
