package org.tallystick.launcher.drill;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class AnswerTallyTest {
  private static final byte[] ONE = {1};
  private static final byte[] TWO = {2};

  private final AnswerTally tally = new AnswerTally();

  @Test
  void push_comes_isCountedWithItsTime() {
    tally.ofPushes().listening(List.of(ONE));
    tally.due(List.of(ONE));
    tally.ofPushes().pushed(ONE);
    assertThat(tally.pushed()).isEqualTo(1);
    assertThat(tally.pushMillis(0.5)).isBetween(0L, 1_000L);
    assertThat(tally.unexplained()).isZero();
  }

  @Test
  void push_lostAmidTrouble_isExplained() {
    tally.trouble(
        System.nanoTime() - TimeUnit.SECONDS.toNanos(2),
        System.nanoTime() + TimeUnit.SECONDS.toNanos(2));
    tally.ofPushes().listening(List.of(ONE));
    tally.due(List.of(ONE));
    tally.ofPushes().fetched(ONE);
    assertThat(tally.fetched()).isEqualTo(1);
    assertThat(tally.unexplained()).isZero();
  }

  @Test
  void push_lostWhileAllWasWell_isUnexplained() {
    tally.ofPushes().listening(List.of(TWO));
    tally.due(List.of(TWO));
    tally.ofPushes().fetched(TWO);
    assertThat(tally.unexplained()).isEqualTo(1);
  }

  @Test
  void answer_askedForWithoutSocket_isNoLostPush() {
    tally.due(List.of(ONE, TWO));
    tally.ofPushes().fetched(ONE);
    tally.ofPolls().fetched(TWO);
    assertThat(tally.fetched()).isEqualTo(1);
    assertThat(tally.polled()).isEqualTo(1);
    assertThat(tally.unexplained()).isZero();
  }
}
