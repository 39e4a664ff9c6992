package org.tallystick.staff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tallystick.staff.StaffAccounts.Outcome.DONE;
import static org.tallystick.staff.StaffAccounts.Outcome.LAST_ADMINISTRATOR;
import static org.tallystick.staff.StaffAccounts.Outcome.NOT_FOUND;
import static org.tallystick.staff.StaffAccounts.Outcome.OWN_ACCOUNT;
import static org.tallystick.staff.StaffAccounts.Outcome.STATE_NOT_PERMITTED;
import static org.tallystick.staff.StaffOffice.ADMIN;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tallystick.node.AtOnce;
import org.tallystick.page.CursorRefusedException;
import org.tallystick.staff.SignInOutcome.Refused;
import org.tallystick.staff.SignInOutcome.SignedIn;
import org.tallystick.staff.StaffAccounts.Outcome;

@SuppressWarnings("UnnecessaryAssignment") // the test stands in for the container
class StaffAccountsTest {
  @TempDir Path data;
  private StaffOffice office;

  @BeforeEach
  void begin() {
    office = new StaffOffice(data);
  }

  private Outcome move(Actor actor, String user, StaffState next) {
    return office.transacted(() -> office.accounts.move(actor, user, next, "because"));
  }

  private Outcome roles(Actor actor, String user, Role... roles) {
    return office.transacted(
        () -> office.accounts.changeRoles(actor, user, Set.of(roles), "because"));
  }

  private static Actor administrator(String name) {
    return new Actor(name, Set.of(Role.ADMINISTRATOR));
  }

  @Test
  void account_suspended_isOutAtOnce_andComesBack() {
    String clerk = office.hire(Role.CLERK);
    String token = office.signIn(clerk);
    assertThat(move(ADMIN, clerk, StaffState.SUSPENDED)).isEqualTo(DONE);
    assertThat(office.identity(token)).isEmpty();
    assertThat(office.desk.signIn(clerk, StaffOffice.OWN)).isEqualTo(new Refused());
    assertThat(office.desk.choosePassword(clerk, StaffOffice.OWN, "another one of my own"))
        .isEqualTo(PasswordOutcome.REFUSED);
    assertThat(move(ADMIN, clerk, StaffState.SUSPENDED)).isEqualTo(STATE_NOT_PERMITTED);
    assertThat(move(ADMIN, clerk, StaffState.ACTIVE)).isEqualTo(DONE);
    assertThat(office.identity(token)).isEmpty();
    assertThat(office.desk.signIn(clerk, StaffOffice.OWN)).isInstanceOf(SignedIn.class);
  }

  @Test
  void account_closed_staysClosed_andItsNameTaken() {
    String clerk = office.hire(Role.CLERK);
    assertThat(move(ADMIN, clerk, StaffState.CLOSED)).isEqualTo(DONE);
    for (StaffState next : StaffState.values()) {
      assertThat(move(ADMIN, clerk, next)).isEqualTo(STATE_NOT_PERMITTED);
    }
    assertThat(roles(ADMIN, clerk, Role.APPROVER)).isEqualTo(STATE_NOT_PERMITTED);
    assertThat(office.desk.open(ADMIN, clerk, Set.of(Role.CLERK))).isEmpty();
    assertThat(move(ADMIN, "nobody-here", StaffState.CLOSED)).isEqualTo(NOT_FOUND);
  }

  @Test
  void roles_changed_holdForOpenSessionsAtOnce() {
    String clerk = office.hire(Role.CLERK);
    String token = office.signIn(clerk);
    assertThat(roles(ADMIN, clerk, Role.CLERK, Role.APPROVER)).isEqualTo(DONE);
    assertThat(office.identity(token).orElseThrow().actor().roles())
        .containsExactlyInAnyOrder(Role.CLERK, Role.APPROVER);
  }

  @Test
  void ownAccount_isNobodysToChange() {
    String admin = office.hire(Role.ADMINISTRATOR);
    assertThat(roles(administrator(admin), admin, Role.ADMINISTRATOR, Role.APPROVER))
        .isEqualTo(OWN_ACCOUNT);
    assertThat(move(administrator(admin), admin, StaffState.SUSPENDED)).isEqualTo(OWN_ACCOUNT);
  }

  @Test
  void lastAdministrator_stays() {
    StaffOffice.noAccounts(office.entities);
    String only = office.hire(Role.ADMINISTRATOR);
    String resting = office.hire(Role.ADMINISTRATOR);
    assertThat(move(ADMIN, resting, StaffState.SUSPENDED)).isEqualTo(DONE);
    assertThat(move(ADMIN, only, StaffState.SUSPENDED)).isEqualTo(LAST_ADMINISTRATOR);
    assertThat(move(ADMIN, only, StaffState.CLOSED)).isEqualTo(LAST_ADMINISTRATOR);
    assertThat(roles(ADMIN, only, Role.CLERK)).isEqualTo(LAST_ADMINISTRATOR);
    assertThat(roles(ADMIN, only, Role.CLERK, Role.ADMINISTRATOR)).isEqualTo(DONE);
    assertThat(move(ADMIN, resting, StaffState.ACTIVE)).isEqualTo(DONE);
    assertThat(move(ADMIN, only, StaffState.SUSPENDED)).isEqualTo(DONE);
  }

  @Test
  void twoAdministrators_suspendingOneAnotherAtOnce_leaveOne() throws Exception {
    for (int round = 0; round < 10; round++) {
      StaffOffice.noAccounts(office.entities);
      List<String> both = List.of(office.hire(Role.ADMINISTRATOR), office.hire(Role.ADMINISTRATOR));
      List<Outcome> outcomes = new ArrayList<>();
      AtOnce.run(
          2,
          i ->
              () -> {
                StaffOffice own = new StaffOffice(data);
                Outcome outcome =
                    own.transacted(
                        () ->
                            own.accounts.move(
                                administrator(both.get(i)),
                                both.get(1 - i),
                                StaffState.SUSPENDED,
                                "because"));
                synchronized (outcomes) {
                  outcomes.add(outcome);
                }
                return true;
              });
      assertThat(outcomes).containsExactlyInAnyOrder(DONE, LAST_ADMINISTRATOR);
    }
  }

  @Test
  void oneName_givenTwiceAtOnce_isTakenOnce() throws Exception {
    String name = "Twin-" + UUID.randomUUID();
    List<Boolean> opened =
        AtOnce.run(
            3,
            i -> {
              StaffOffice own = new StaffOffice(data);
              String spelled = i == 0 ? name : name.toLowerCase(Locale.ROOT);
              return () -> own.desk.open(ADMIN, spelled, Set.of(Role.CLERK)).isPresent();
            });
    assertThat(opened).containsExactlyInAnyOrder(true, false, false);
  }

  @Test
  void changes_sayWhoWhenAndWhy_pageByPage() {
    String clerk = office.hire(Role.CLERK);
    roles(ADMIN, clerk, Role.CLERK, Role.APPROVER);
    move(ADMIN, clerk, StaffState.SUSPENDED);
    List<StaffAccounts.Line> lines = new ArrayList<>();
    Optional<String> after = Optional.empty();
    do {
      Optional<String> from = after;
      StaffAccounts.Changes page =
          office.transacted(() -> office.accounts.changes(ADMIN, clerk, from, 1).orElseThrow());
      lines.addAll(page.changes());
      after = Optional.ofNullable(page.next());
    } while (after.isPresent());
    assertThat(lines)
        .extracting(line -> line.what() + " " + line.detail() + " " + line.reason())
        .containsExactly(
            "OPENED [CLERK] null",
            "PASSWORD_CHOSEN  null",
            "ROLES_CHANGED [CLERK] to [CLERK, APPROVER] because",
            "SUSPENDED  because");
    assertThat(lines.get(2).actor()).isEqualTo(ADMIN.name());
    assertThat(lines.get(1).actor()).isEqualTo(clerk);
    assertThat(
            office.transacted(
                () -> office.accounts.changes(ADMIN, "nobody-here", Optional.empty(), 1)))
        .isEmpty();
  }

  @Test
  void accounts_areListed_pageByPage() {
    StaffOffice.noAccounts(office.entities);
    String first = office.hire(Role.CLERK);
    String second = office.hire(Role.AUDITOR, Role.APPROVER);
    StaffAccounts.AccountPage page =
        office.transacted(() -> office.accounts.page(ADMIN, Optional.empty(), 1));
    assertThat(page.accounts()).extracting(StaffAccounts.View::user).containsExactly(first);
    StaffAccounts.AccountPage rest =
        office.transacted(() -> office.accounts.page(ADMIN, Optional.ofNullable(page.next()), 1));
    assertThat(rest.accounts()).extracting(StaffAccounts.View::user).containsExactly(second);
    assertThat(rest.accounts().get(0).roles()).containsExactly(Role.APPROVER, Role.AUDITOR);
    assertThat(rest.next()).isNull();
    assertThatThrownBy(
            () -> office.transacted(() -> office.accounts.page(ADMIN, Optional.of(first), 1)))
        .as("a name is no cursor")
        .isInstanceOf(CursorRefusedException.class);
    assertThat(office.transacted(() -> office.accounts.one(ADMIN, second)).orElseThrow().state())
        .isEqualTo(StaffState.ACTIVE);
  }

  @Test
  void settings_thatDoNotFit_areRefusedAtTheStart() {
    for (Map<String, String> bad :
        List.of(
            Map.of("TALLYSTICK_LOCAL_STAFF", "off"),
            Map.of("TALLYSTICK_LOCAL_STAFF", "maybe"),
            Map.of("TALLYSTICK_SECOND_FACTOR", "required"),
            Map.of("TALLYSTICK_SECOND_FACTOR", "no"),
            Map.of("TALLYSTICK_SESSION_IDLE_MINUTES", "0"),
            Map.of("TALLYSTICK_PASSWORD_SCHEME", "md5"),
            Map.of("TALLYSTICK_WEBAUTHN_ORIGINS", "https://elsewhere.example"),
            Map.of("TALLYSTICK_OIDC_ISSUER", "https://id.example"))) {
      org.assertj.core.api.Assertions.assertThatThrownBy(() -> settings(bad).check())
          .as("%s", bad)
          .isInstanceOf(IllegalStateException.class);
    }
    settings(Map.of()).check();
    settings(
            Map.of(
                "TALLYSTICK_SECOND_FACTOR",
                "required",
                "TALLYSTICK_WEBAUTHN_RP_ID",
                "bank.example"))
        .check();
  }

  private static StaffSettings settings(Map<String, String> variables) {
    StaffSettings settings = new StaffSettings();
    settings.environment = new org.tallystick.node.Environment(variables);
    return settings;
  }
}
