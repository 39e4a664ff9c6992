package org.tallystick.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.tallystick.crypto.Secret;
import org.tallystick.format.Suite;

/** R6: a challenge is the bank's, and young. */
class ChallengesTest {
  private final TestExchange device = new TestExchange(Suite.CLASSIC);

  @Test
  void isGood_untilItsLifeEnds_thenNot() {
    byte[] challenge = device.challenges(TestExchange.NOW).make();
    long end = TestExchange.NOW + Challenges.LIFE_MILLIS;
    assertThat(device.challenges(TestExchange.NOW).isGood(challenge)).isTrue();
    assertThat(device.challenges(end).isGood(challenge)).isTrue();
    assertThat(device.challenges(end + 1).isGood(challenge)).isFalse();
  }

  @Test
  void isGood_madeByANodeWhoseClockIsFarAhead_isNot() {
    byte[] challenge = device.challenges(TestExchange.NOW + Challenges.LIFE_MILLIS + 1).make();
    assertThat(device.challenges(TestExchange.NOW).isGood(challenge)).isFalse();
  }

  @Test
  void isGood_withAnyBitFlippedOrOtherLength_isNot() {
    byte[] challenge = device.challenge;
    for (int bit = 0; bit < 8 * challenge.length; bit++) {
      byte[] flipped = challenge.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      assertThat(device.challenges(TestExchange.NOW).isGood(flipped)).as("bit " + bit).isFalse();
    }
    assertThat(device.challenges(TestExchange.NOW).isGood(Arrays.copyOf(challenge, 31))).isFalse();
    assertThat(device.challenges(TestExchange.NOW).isGood(Arrays.copyOf(challenge, 33))).isFalse();
  }

  @Test
  void isGood_underAnotherKey_isNot() {
    Challenges other =
        new Challenges(
            Secret.random(device.random, 32),
            Clock.fixed(Instant.ofEpochMilli(TestExchange.NOW), ZoneOffset.UTC),
            device.random);
    assertThat(other.isGood(device.challenge)).isFalse();
  }

  @Test
  void make_twiceAtOnce_givesTwo() {
    assertThat(device.challenges(TestExchange.NOW).make()).isNotEqualTo(device.challenge);
  }
}
