package org.tallystick.bench.stage;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LoadTallyTest {
  @Test
  void accepted_onlyAnswers202_areCounted() {
    LoadTally tally = new LoadTally();
    for (int i = 0; i < 3; i++) {
      tally.sending(i);
    }
    tally.answered(0, LoopbackHttp.ACCEPTED, 1_000_000);
    tally.answered(1, 503, 1_000_000);
    assertThat(tally.sent()).isEqualTo(3);
    assertThat(tally.accepted()).isEqualTo(1);
    assertThat(tally.refused()).isEqualTo(1);
    assertThat(tally.acceptedNumbers().get(0)).isTrue();
  }

  @Test
  void latency_ofHundredAnswers_givesTheShareAsked() {
    LoadTally tally = new LoadTally();
    for (int i = 1; i <= 100; i++) {
      tally.answered(i, LoopbackHttp.ACCEPTED, i * 1_000_000L);
    }
    assertThat(tally.latencyMillis(0.5)).isBetween(50.0, 52.0);
    assertThat(tally.latencyMillis(0.99)).isBetween(99.0, 101.0);
  }
}
