package org.tallystick.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SimulationTest {
  private static final int SCHEDULES = 10_000;

  @Test
  void tenThousandSchedules_noPlant_everyPropertyHolds() {
    List<String> broken = new ArrayList<>();
    Campaign campaign = new Campaign(1, null);
    campaign.play(
        SCHEDULES,
        (number, seed, violations) -> {
          violations.forEach(violation -> broken.add(seed + ": " + violation));
          return broken.isEmpty();
        });

    assertThat(broken).isEmpty();
    assertThat(Fault.values()).allMatch(fault -> campaign.counts().of(fault) > 0);
    assertThat(campaign.counts().threeOpenBills()).isPositive();
    assertThat(Transition.values()).allMatch(step -> campaign.counts().of(step) > 0);
  }

  @ParameterizedTest
  @EnumSource(Plant.class)
  void plantedBug_withinTenThousandSchedules_isFound(Plant plant) {
    List<Property> found = new ArrayList<>();
    new Campaign(1, plant)
        .play(
            SCHEDULES,
            (number, seed, violations) -> {
              violations.forEach(violation -> found.add(violation.property()));
              return !found.contains(plant.foundBy());
            });

    assertThat(found).contains(plant.foundBy());
  }
}
