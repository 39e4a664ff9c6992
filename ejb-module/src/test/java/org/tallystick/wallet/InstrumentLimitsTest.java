package org.tallystick.wallet;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.OffsetDateTime;
import org.junit.jupiter.api.Test;

/** Lower at once, higher after a day. */
class InstrumentLimitsTest {
  private static final OffsetDateTime NOW = OffsetDateTime.parse("2026-03-01T12:00:00Z");
  private static final Duration DAY = Duration.ofDays(1);

  private static SpendingLimits limits(Integer each, Integer day) {
    return new SpendingLimits(
        each == null ? null : each.longValue(), day == null ? null : day.longValue());
  }

  private static InstrumentLimits set(SpendingLimits limits) {
    return InstrumentLimits.none("USD").wish(limits, NOW, DAY);
  }

  @Test
  void firstLimits_areInForceAtOnce() {
    InstrumentLimits set = set(limits(500, null));
    assertThat(set.at(NOW)).isEqualTo(limits(500, null));
    assertThat(set.next(NOW)).isEmpty();
  }

  @Test
  void higherLimit_waits_untilTheLastMoment() {
    InstrumentLimits raised = set(limits(500, 900)).wish(limits(600, 900), NOW, DAY);
    assertThat(raised.at(NOW)).isEqualTo(limits(500, 900));
    assertThat(raised.next(NOW)).contains(limits(600, 900));
    assertThat(raised.nextAt(NOW)).contains(NOW.plus(DAY));
    assertThat(raised.at(NOW.plus(DAY).minusNanos(1))).isEqualTo(limits(500, 900));
    assertThat(raised.at(NOW.plus(DAY))).isEqualTo(limits(600, 900));
    assertThat(raised.next(NOW.plus(DAY))).isEmpty();
  }

  @Test
  void limitTakenAway_isHigherThanAny() {
    InstrumentLimits none = set(limits(500, 900)).wish(SpendingLimits.NONE, NOW, DAY);
    assertThat(none.at(NOW)).isEqualTo(limits(500, 900));
    assertThat(none.at(NOW.plus(DAY))).isEqualTo(SpendingLimits.NONE);
  }

  @Test
  void oneLowerOneHigher_eachGoesItsWay() {
    InstrumentLimits mixed = set(limits(500, 900)).wish(limits(700, 800), NOW, DAY);
    assertThat(mixed.at(NOW)).isEqualTo(limits(500, 800));
    assertThat(mixed.at(NOW.plus(DAY))).isEqualTo(limits(700, 800));
  }

  @Test
  void lowerLimit_endsAHigherOneThatWaits() {
    InstrumentLimits lowered =
        set(limits(500, null))
            .wish(limits(900, null), NOW, DAY)
            .wish(limits(400, null), NOW.plusHours(1), DAY);
    assertThat(lowered.at(NOW.plusDays(9))).isEqualTo(limits(400, null));
  }

  @Test
  void sameWishAgain_doesNotBeginAnew_anotherDoes() {
    InstrumentLimits raised = set(limits(500, null)).wish(limits(900, null), NOW, DAY);
    OffsetDateTime later = NOW.plusHours(20);
    assertThat(raised.wish(limits(900, null), later, DAY).nextAt(later)).contains(NOW.plus(DAY));
    assertThat(raised.wish(limits(901, null), later, DAY).nextAt(later)).contains(later.plus(DAY));
  }

  @Test
  void lowerThanOneThatHasComeIntoForce_isInForceAtOnce() {
    InstrumentLimits raised = set(limits(500, null)).wish(limits(900, null), NOW, DAY);
    OffsetDateTime after = NOW.plus(DAY);
    assertThat(raised.wish(limits(800, null), after, DAY).at(after)).isEqualTo(limits(800, null));
  }

  @Test
  void nothing_isALimitToo() {
    assertThat(limits(0, null).eachExceededBy(1)).isTrue();
    assertThat(limits(0, null).eachExceededBy(0)).isFalse();
    assertThat(SpendingLimits.NONE.eachExceededBy(Long.MAX_VALUE)).isFalse();
    assertThat(SpendingLimits.NONE.dayExceededBy(Long.MAX_VALUE)).isFalse();
  }
}
