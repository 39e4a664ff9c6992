package org.tallystick.staff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tallystick.staff.SignInOutcome.ChoosePasswordFirst;
import org.tallystick.staff.SignInOutcome.Refused;
import org.tallystick.staff.SignInOutcome.SignedIn;
import org.tallystick.staff.StaffAccounts.Outcome;
import org.tallystick.staff.StaffChange.What;

/** A forgotten password is replaced by two people. */
class PasswordResetTest {
  private static final Actor SECOND = new Actor("second", Set.of(Role.APPROVER));
  private static final String NEW = "a new password of my own";

  @TempDir Path data;
  private StaffOffice office;
  private String clerk;

  @BeforeEach
  void hire() {
    office = new StaffOffice(data);
    clerk = office.hire(Role.CLERK);
  }

  @AfterEach
  void forget() {
    StaffOffice.noAccounts(office.entities);
  }

  private PasswordReset reset(Actor actor) {
    return office.desk.resetPassword(actor, clerk, "forgotten");
  }

  /** By both; the one-time password. */
  private String done() {
    assertThat(reset(StaffOffice.ADMIN).outcome()).isEqualTo(Outcome.PROPOSED);
    PasswordReset reset = reset(SECOND);
    assertThat(reset.outcome()).isEqualTo(Outcome.DONE);
    return Objects.requireNonNull(reset.oneTimePassword());
  }

  @Test
  void reset_endsSessionsAndTheOldPassword_andTheNewOneMustBeChanged() {
    String session = office.signIn(clerk);
    String oneTime = done();
    assertThat(office.identity(session)).isEmpty();
    assertThat(office.desk.signIn(clerk, StaffOffice.OWN)).isInstanceOf(Refused.class);
    assertThat(office.desk.signIn(clerk, oneTime)).isInstanceOf(ChoosePasswordFirst.class);
    assertThat(office.desk.choosePassword(clerk, oneTime, NEW)).isEqualTo(PasswordOutcome.CHANGED);
    assertThat(office.desk.signIn(clerk, oneTime)).isInstanceOf(Refused.class);
    office.clock.advance(Duration.ofDays(2));
    assertThat(office.desk.signIn(clerk, NEW)).as("it is the own one").isInstanceOf(SignedIn.class);
  }

  @Test
  void reset_needsTwoPersons_anAdministratorFirst_neitherOfThemTheOneItIsAbout() {
    assertThatThrownBy(() -> reset(SECOND)).isInstanceOf(NotPermittedException.class);
    assertThatThrownBy(() -> reset(new Actor("clerk", Set.of(Role.CLERK))))
        .isInstanceOf(NotPermittedException.class);
    PasswordReset proposed = reset(StaffOffice.ADMIN);
    assertThat(proposed.outcome()).isEqualTo(Outcome.PROPOSED);
    assertThat(proposed.oneTimePassword()).isNull();
    assertThat(reset(StaffOffice.ADMIN).outcome()).isEqualTo(Outcome.SECOND_PERSON_NEEDED);
    assertThat(reset(new Actor(clerk, Set.of(Role.ADMINISTRATOR))).outcome())
        .isEqualTo(Outcome.OWN_ACCOUNT);
    assertThat(office.desk.signIn(clerk, StaffOffice.OWN))
        .as("nothing is done yet")
        .isInstanceOf(SignedIn.class);
    assertThat(reset(SECOND).outcome()).isEqualTo(Outcome.DONE);
    assertThatThrownBy(() -> reset(SECOND))
        .as("a proposal is good once")
        .isInstanceOf(NotPermittedException.class);
  }

  @Test
  void proposal_isOverAfterADay_andDoesNotStandForTheOtherKind() {
    reset(StaffOffice.ADMIN);
    assertThatThrownBy(
            () -> office.transacted(() -> office.accounts.recover(SECOND, clerk, "key lost")))
        .as("keys were not proposed")
        .isInstanceOf(NotPermittedException.class);
    office.clock.advance(Duration.ofHours(24));
    assertThatThrownBy(() -> reset(SECOND)).isInstanceOf(NotPermittedException.class);
    assertThat(office.desk.signIn(clerk, StaffOffice.OWN)).isInstanceOf(SignedIn.class);
  }

  @Test
  void oneTimePassword_isGoodForADay() {
    String oneTime = done();
    office.clock.advance(StaffAccounts.ONE_TIME_LENGTH.minusSeconds(1));
    assertThat(office.desk.signIn(clerk, oneTime)).isInstanceOf(ChoosePasswordFirst.class);
    office.clock.advance(Duration.ofSeconds(1));
    assertThat(office.desk.signIn(clerk, oneTime)).isInstanceOf(Refused.class);
    assertThat(office.desk.choosePassword(clerk, oneTime, NEW)).isEqualTo(PasswordOutcome.REFUSED);
    String again = done();
    assertThat(office.desk.choosePassword(clerk, again, NEW)).isEqualTo(PasswordOutcome.CHANGED);
  }

  @Test
  void unknownOrClosedAccount_isNotReset() {
    assertThat(office.desk.resetPassword(StaffOffice.ADMIN, "nobody", "x").outcome())
        .isEqualTo(Outcome.NOT_FOUND);
    office.transacted(
        () -> office.accounts.move(StaffOffice.ADMIN, clerk, StaffState.CLOSED, "left"));
    assertThat(reset(StaffOffice.ADMIN).outcome()).isEqualTo(Outcome.STATE_NOT_PERMITTED);
  }

  @Test
  void trail_hasBothPeople_andNoPassword() {
    String oneTime = done();
    var changes =
        office
            .transacted(
                () -> office.accounts.changes(StaffOffice.ADMIN, clerk, Optional.empty(), 200))
            .orElseThrow()
            .changes();
    assertThat(changes)
        .extracting(StaffAccounts.Line::what)
        .endsWith(What.RESET_PROPOSED, What.PASSWORD_RESET);
    StaffAccounts.Line last = changes.get(changes.size() - 1);
    assertThat(last.actor()).isEqualTo("second");
    assertThat(last.detail()).isEqualTo("proposed by " + StaffOffice.ADMIN.name());
    assertThat(last.reason()).isEqualTo("forgotten");
    assertThat(changes.toString()).doesNotContain(oneTime);
    assertThat(new PasswordReset(Outcome.DONE, oneTime).toString()).doesNotContain(oneTime);
  }
}
