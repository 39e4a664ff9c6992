package org.tallystick.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.tallystick.it.PairedTimes.Verdict;

/** The statistic itself, on times that are made up. */
final class PairedTimesTest {
  private static final int PAIRS = 1000;
  private static final double BOUND = 0.25;

  /** Noise of a busy machine: log-normal, and each twentieth request waits for a turn. */
  private static PairedTimes times(long seed, double leakMillis) {
    Random random = new Random(seed);
    long[] existing = new long[PAIRS];
    long[] unknown = new long[PAIRS];
    for (int i = 0; i < PAIRS; i++) {
      existing[i] = nanos(random, leakMillis);
      unknown[i] = nanos(random, 0);
    }
    return new PairedTimes(existing, unknown);
  }

  private static long nanos(Random random, double leakMillis) {
    double turn = random.nextInt(20) == 0 ? 4 + 8 * random.nextDouble() : 0;
    return (long) (1e6 * (2 * Math.exp(0.25 * random.nextGaussian()) + turn + leakMillis));
  }

  @Test
  void sameTimes_areNeverTakenForALeak() {
    for (long seed = 0; seed < 300; seed++) {
      assertThat(times(seed, 0).verdict(BOUND)).as("seed %d", seed).isEqualTo(Verdict.EQUAL);
    }
  }

  @Test
  void leakOfAMillisecond_isAlwaysFound_andMeasured() {
    for (long seed = 0; seed < 300; seed++) {
      for (double leak : new double[] {1, -1}) {
        PairedTimes times = times(seed, leak);
        assertThat(times.verdict(BOUND)).as("seed %d", seed).isEqualTo(Verdict.DIFFERENT);
        assertThat(times.effect()).isCloseTo(leak, within(0.2));
      }
    }
  }

  @Test
  void leakOnTheBound_isUndecided_andMorePairsNarrowIt() {
    PairedTimes times = times(1, BOUND);
    assertThat(times.verdict(BOUND)).isEqualTo(Verdict.UNDECIDED);
    PairedTimes more = times.and(times(2, BOUND)).and(times(3, BOUND)).and(times(4, BOUND));
    assertThat(more.pairs()).isEqualTo(4 * PAIRS);
    assertThat(more.high() - more.low()).isLessThan(0.7 * (times.high() - times.low()));
  }

  @Test
  void interval_holdsTheTruth_asOftenAsItSays() {
    int missed = 0;
    for (long seed = 0; seed < 2000; seed++) {
      PairedTimes times = times(seed, 0.5);
      missed += times.low() > 0.5 || times.high() < 0.5 ? 1 : 0;
    }
    assertThat(missed).as("of 2,000, where 2 are expected").isLessThan(10);
  }

  @Test
  void times_withoutTheirTwins_areNone() {
    assertThatThrownBy(() -> new PairedTimes(new long[3], new long[2]))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
