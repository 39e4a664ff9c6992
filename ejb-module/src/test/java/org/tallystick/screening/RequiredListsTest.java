package org.tallystick.screening;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tallystick.node.Environment;
import org.tallystick.node.Server;
import org.tallystick.party.BackOffice;
import org.tallystick.party.Registered;
import org.tallystick.party.RegistrationState;
import org.tallystick.party.ScreeningGate.Obstacle;
import org.tallystick.party.TransitionOutcome;
import org.tallystick.party.TransitionOutcome.Moved;
import org.tallystick.party.TransitionOutcome.Obstructed;

/** Nobody is approved without the lists that the bank requires, over a real database. */
class RequiredListsTest {
  private static final String REQUIRED = "TALLYSTICK_SCREENING_REQUIRED";
  private static final String DAYS = "TALLYSTICK_SCREENING_MAX_AGE_DAYS";
  private static final byte[] STRANGERS = SampleList.of("Tarvolenko Mikhail", "Zhuo Wenqing");

  @TempDir Path keys;
  private Desk desk;
  private Registered registered;

  @BeforeEach
  void open() {
    desk = new Desk(keys);
    Desk.empty(desk.entities);
    desk.load(STRANGERS);
    desk.build();
    registered = desk.office.apply();
    desk.office.submitted(registered);
  }

  private TransitionOutcome propose() {
    return desk.office.approve(BackOffice.CLERK, registered, "seen");
  }

  private static RequiredLists of(Map<String, String> variables) {
    return RequiredListsFixture.of(new Environment(variables));
  }

  private ScreeningOverview overview() {
    return Server.inTransaction(desk.entities, () -> desk.overviews.now(BackOffice.AUDITOR));
  }

  @Test
  void whileARequiredListIsMissing_nobodyIsApproved() {
    desk.requires(Map.of(REQUIRED, "OFAC-SDN, UN"));
    assertThat(propose()).isEqualTo(new Obstructed(Obstacle.LIST_MISSING));
    assertThat(overview().standing())
        .extracting(ListStanding::list, ListStanding::required, ListStanding::state)
        .containsExactly(
            Tuple.tuple("OFAC-SDN", true, ListStanding.State.MISSING),
            Tuple.tuple("UN", true, ListStanding.State.IN_FORCE));
    desk.requires(Map.of(REQUIRED, "UN"));
    assertThat(desk.office.approve(registered)).isEqualTo(new Moved(RegistrationState.APPROVED));
  }

  /** The clerk proposed in time; the approver is too late. */
  @Test
  void requiredListThatIsTooOld_standsAgainstApproval_untilItIsGivenAgain() {
    desk.requires(Map.of(REQUIRED, "UN", DAYS, "7"));
    assertThat(propose()).isInstanceOf(TransitionOutcome.Proposed.class);
    desk.office.clock.advance(Duration.ofDays(7).plusSeconds(1));
    assertThat(desk.office.approve(BackOffice.APPROVER, registered, "seen"))
        .isEqualTo(new Obstructed(Obstacle.LIST_STALE));
    assertThat(overview().standing())
        .extracting(ListStanding::state)
        .containsExactly(ListStanding.State.STALE);
    assertThat(desk.load(STRANGERS)).as("unchanged").isInstanceOf(LoadOutcome.InForce.class);
    assertThat(overview().standing())
        .extracting(ListStanding::state)
        .containsExactly(ListStanding.State.IN_FORCE);
    assertThat(desk.office.approve(BackOffice.APPROVER, registered, "seen"))
        .isEqualTo(new Moved(RegistrationState.APPROVED));
  }

  @Test
  void listThatIsNotRequired_mayBeOldAndMissing() {
    desk.office.clock.advance(Duration.ofDays(4_000));
    assertThat(overview().standing())
        .extracting(ListStanding::required, ListStanding::state)
        .containsExactly(Tuple.tuple(false, ListStanding.State.IN_FORCE));
    assertThat(propose()).isInstanceOf(TransitionOutcome.Proposed.class);
  }

  @Test
  void settings_areReadAsOneLine() {
    assertThat(of(Map.of()).text()).isEmpty();
    assertThat(of(Map.of(REQUIRED, "UN,OFAC-SDN", DAYS, "3")).text())
        .isEqualTo("OFAC-SDN,UN not older than 3 days");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"un", "UN,", "OFAC SDN", "NONE", "A-NAME-TOO-LONG-X", "A,B,C,D,E,F,G,H,I,J,K"})
  void names_thatNoListHas_keepTheNodeFromStarting(String names) {
    assertThatThrownBy(() -> of(Map.of(REQUIRED, names)).text())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(REQUIRED);
  }

  @Test
  void ageWithoutLists_orOutsideItsBounds_keepsTheNodeFromStarting() {
    assertThatThrownBy(() -> of(Map.of(DAYS, "7")).text())
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> of(Map.of(REQUIRED, "UN", DAYS, "0")).text())
        .isInstanceOf(IllegalStateException.class);
  }
}
