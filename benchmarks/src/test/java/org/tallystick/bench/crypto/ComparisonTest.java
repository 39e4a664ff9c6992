package org.tallystick.bench.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ComparisonTest {
  @Test
  void ratio_oneDisturbedIterationAndRound_areOutvoted() {
    Comparison comparison = new Comparison(Work.SEAL_UNSIGNED);
    comparison.add(fork(150, 150, 9000), fork(100, 100, 100));
    comparison.add(fork(150, 150, 150), fork(10, 10, 10));
    comparison.add(fork(160, 160, 160), fork(100, 100, 100));
    assertThat(comparison.ratio()).isCloseTo(1.6, within(1e-9));
    assertThat(comparison.ratios()).hasSize(3).isSorted();
    assertThat(comparison.holds()).isTrue();
  }

  @Test
  void holds_aboveTheLimit_isMissedAndCounted() {
    Comparison missed = new Comparison(Work.OPEN_SIGNED);
    missed.add(fork(126), fork(100));
    Comparison held = new Comparison(Work.SEAL_SIGNED);
    held.add(fork(125), fork(100));
    assertThat(missed.holds()).isFalse();
    assertThat(held.holds()).isTrue();
    assertThat(CryptoBench.verdict(List.of(held, missed)))
        .isEqualTo("result bench crypto seal_signed=1.250 open_signed=1.260 held=1 missed=1");
  }

  @Test
  void holds_withoutARound_isMissed() {
    assertThat(new Comparison(Work.OPEN_SIGNED).holds()).isFalse();
  }

  @Test
  void limits_areTheIssues() {
    assertThat(Work.SEAL_SIGNED.limit()).isEqualTo(1.25);
    assertThat(Work.OPEN_SIGNED.limit()).isEqualTo(1.25);
    assertThat(Work.SEAL_UNSIGNED.limit()).isEqualTo(2.0);
    assertThat(Work.OPEN_UNSIGNED.limit()).isEqualTo(2.0);
  }

  private static Comparison.Fork fork(double... nanos) {
    return new Comparison.Fork(Arrays.stream(nanos).boxed().toList(), 0);
  }
}
