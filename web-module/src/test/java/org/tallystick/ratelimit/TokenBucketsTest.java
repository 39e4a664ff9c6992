package org.tallystick.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenBucketsTest {
  private static final long SECOND = 1_000_000_000L;

  @Test
  void source_overItsRate_waits_othersDoNot() {
    TokenBuckets buckets = new TokenBuckets(2, 10);
    assertThat(buckets.take("a", 0)).isTrue();
    assertThat(buckets.take("a", 0)).isTrue();
    assertThat(buckets.take("a", 0)).isFalse();
    assertThat(buckets.take("b", 0)).isTrue();
    assertThat(buckets.take("a", SECOND / 2)).isTrue();
    assertThat(buckets.take("a", SECOND / 2)).isFalse();
  }

  @Test
  void bucket_holdsOneSecond_atMost() {
    TokenBuckets buckets = new TokenBuckets(3, 10);
    buckets.take("a", 0);
    int taken = 0;
    while (buckets.take("a", 1000 * SECOND)) {
      taken++;
    }
    assertThat(taken).isEqualTo(3);
  }

  @Test
  void source_isToldWhatIsLeft() {
    TokenBuckets buckets = new TokenBuckets(3, 10);
    assertThat(buckets.spend("a", 0)).hasValue(2);
    assertThat(buckets.spend("a", 0)).hasValue(1);
    assertThat(buckets.spend("a", 0)).hasValue(0);
    assertThat(buckets.spend("a", 0)).isEmpty();
    assertThat(buckets.spend("a", SECOND)).hasValue(2);
  }

  @Test
  void memory_isBounded_andTheQuietAreForgottenFirst() {
    TokenBuckets buckets = new TokenBuckets(1, 2);
    buckets.take("a", 0);
    buckets.take("b", 0);
    buckets.take("a", 0);
    buckets.take("c", 0);
    assertThat(buckets.sources()).isEqualTo(2);
    assertThat(buckets.take("a", 0)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.1,192.0.2.1",
    "2001:db8:1:2:3:4:5:6,2001:db8:1:2::/64",
    "2001:db8:1:2:9::6,2001:db8:1:2::/64",
    "2001:db8::1,2001:db8::/64",
    "fe80::1%eth0,fe80::/64",
    "::ffff:192.0.2.1,::ffff:192.0.2.1"
  })
  void source_isTheAddress_orItsNetwork(String address, String source) {
    assertThat(Source.of(address)).isEqualTo(source);
  }
}
