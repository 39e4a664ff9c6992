package org.tallystick.bench.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class ComparisonTest {
  @Test
  void ratio_oneDisturbedIterationAndFork_areOutvoted() {
    Comparison comparison = new Comparison(Work.SEAL_UNSIGNED);
    comparison.add(fork(turns(150, 100), turns(9000, 100), turns(150, 100)));
    comparison.add(fork(turns(150, 10), turns(150, 10), turns(150, 10)));
    comparison.add(fork(turns(160, 100), turns(160, 100), turns(160, 4000)));
    assertThat(comparison.ratio()).isCloseTo(1.6, within(1e-9));
    assertThat(comparison.ratios()).hasSize(3).isSorted();
    assertThat(comparison.holds()).isTrue();
  }

  @Test
  void ratio_ofAMachineThatSlowsDown_isThatOfBothSidesAtOneTime() {
    Comparison comparison = new Comparison(Work.SEAL_UNSIGNED);
    comparison.add(fork(turns(150, 100), turns(300, 200), turns(600, 400)));
    assertThat(comparison.ratio()).isCloseTo(1.5, within(1e-9));
  }

  @Test
  void holds_aboveTheLimit_isMissedAndCounted() {
    Comparison missed = new Comparison(Work.OPEN_SIGNED);
    missed.add(fork(turns(126, 100)));
    Comparison held = new Comparison(Work.SEAL_SIGNED);
    held.add(fork(turns(125, 100)));
    assertThat(missed.holds()).isFalse();
    assertThat(held.holds()).isTrue();
    assertThat(CryptoBench.verdict(List.of(held, missed)))
        .isEqualTo("result bench crypto seal_signed=1.250 open_signed=1.260 held=1 missed=1");
  }

  @Test
  void holds_withoutAFork_isMissed() {
    assertThat(new Comparison(Work.OPEN_SIGNED).holds()).isFalse();
  }

  @Test
  void limits_areTheIssues() {
    assertThat(Work.SEAL_SIGNED.limit()).isEqualTo(1.25);
    assertThat(Work.OPEN_SIGNED.limit()).isEqualTo(1.25);
    assertThat(Work.SEAL_UNSIGNED.limit()).isEqualTo(2.0);
    assertThat(Work.OPEN_UNSIGNED.limit()).isEqualTo(2.0);
  }

  private static Comparison.Fork fork(Comparison.Iteration... iterations) {
    return new Comparison.Fork(List.of(iterations));
  }

  private static Comparison.Iteration turns(double protocolNanos, double primitivesNanos) {
    return new Comparison.Iteration(protocolNanos, primitivesNanos, 0, 0);
  }
}
