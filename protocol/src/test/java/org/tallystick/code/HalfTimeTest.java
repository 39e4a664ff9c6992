package org.tallystick.code;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** O11: the last millisecond in which a half is taken. */
class HalfTimeTest {
  @Test
  void half_atItsNotAfter_isTakenAndOneMillisecondLaterIsLate() {
    TestParty payer = new TestParty(Role.PAYER);
    OpenedHalf half = payer.accept(payer.seal().text());
    long last = half.signed().notAfterMillis();
    assertThat(HalfCheck.check(half, payer.sender(), last)).isEmpty();
    assertThat(HalfCheck.check(half, payer.sender(), last + 1)).contains(Refusal.LATE);
  }
}
