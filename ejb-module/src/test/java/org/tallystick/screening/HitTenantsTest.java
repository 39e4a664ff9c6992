package org.tallystick.screening;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tallystick.party.BackOffice;
import org.tallystick.party.Registered;
import org.tallystick.screening.DecisionOutcome.Unknown;
import org.tallystick.staff.Actor;
import org.tallystick.staff.Role;

/** An institution's staff sees and decides hits of its own parties alone. */
class HitTenantsTest {
  @TempDir Path keys;

  @Test
  void institutionsClerk_seesNothingOfOthers() {
    Desk desk = new Desk(keys);
    Desk.empty(desk.entities);
    desk.load(SampleList.of("Ada Byron", "Zhuo Wenqing"));
    desk.build();
    Registered registered = desk.office.apply();
    desk.office.submitted(registered);
    HitSummary hit = desk.inState(BackOffice.CLERK, HitState.OPEN).get(0);
    Actor foreign = new Actor("clerk", Set.of(Role.CLERK), 4_711L);

    assertThat(desk.inState(foreign, HitState.OPEN)).isEmpty();
    assertThat(desk.opened(foreign, hit.hit())).isEmpty();
    assertThat(desk.decide(foreign, hit.hit(), HitState.FALSE_POSITIVE)).isEqualTo(new Unknown());
    assertThat(desk.decide(foreign, "AAAAAAAAAAAAAAAAAAAAAA", HitState.FALSE_POSITIVE))
        .isEqualTo(new Unknown());
    assertThat(desk.open()).hasSize(1);
    assertThat(
            desk.office.dossiers.accesses(
                BackOffice.AUDITOR, registered.registration(), Optional.empty(), 10))
        .as("a list of hits opens no names")
        .hasValueSatisfying(lines -> assertThat(lines.items()).isEmpty());
    assertThat(desk.opened(BackOffice.CLERK, hit.hit())).isPresent();
    assertThat(
            desk.office.dossiers.accesses(
                BackOffice.AUDITOR, registered.registration(), Optional.empty(), 10))
        .hasValueSatisfying(lines -> assertThat(lines.items()).hasSize(1));
  }
}
