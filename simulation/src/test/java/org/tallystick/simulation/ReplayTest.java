package org.tallystick.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReplayTest {
  @Test
  void replay_sameSeed_sameTrace() {
    for (long seed = 0; seed < 30; seed++) {
      Schedule.Result first = Schedule.run(seed, null, new Counts(), true);
      Schedule.Result second = Schedule.run(seed, null, new Counts(), true);
      Schedule.Result silent = Schedule.run(seed, null, new Counts(), false);

      assertThat(second.trace()).isEqualTo(first.trace()).isNotEmpty();
      assertThat(second.traceHash()).isEqualTo(first.traceHash());
      assertThat(silent.traceHash()).isEqualTo(first.traceHash());
      assertThat(silent.trace()).isEmpty();
    }
  }

  @Test
  void replay_otherSeeds_otherTraces() {
    Set<Long> hashes = new HashSet<>();
    for (long seed = 0; seed < 30; seed++) {
      hashes.add(Schedule.run(seed, null, new Counts(), false).traceHash());
    }

    assertThat(hashes).hasSize(30);
  }

  @Test
  void replay_seedOfAFinding_showsItAgain() {
    long[] seedFound = {0};
    int[] count = {0};
    new Campaign(1, Plant.BANK_ACKS_BEFORE_COMMIT)
        .play(
            10_000,
            (number, seed, violations) -> {
              seedFound[0] = seed;
              count[0] = violations.size();
              return violations.isEmpty();
            });

    Schedule.Result again =
        Schedule.run(seedFound[0], Plant.BANK_ACKS_BEFORE_COMMIT, new Counts(), true);

    assertThat(again.violations()).hasSize(count[0]).isNotEmpty();
    assertThat(Schedule.run(seedFound[0], null, new Counts(), false).violations()).isEmpty();
  }
}
