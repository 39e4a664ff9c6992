package org.tallystick.ratelimit;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;

/**
 * A token bucket for each source: it holds one second's worth and fills steadily. At most {@code
 * maxSources} are remembered; the one that was quiet for longest is forgotten first.
 */
final class TokenBuckets {
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private final int perSecond;
  private final int maxSources;
  private final Map<String, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true);

  TokenBuckets(int perSecond, int maxSources) {
    this.perSecond = perSecond;
    this.maxSources = maxSources;
  }

  int perSecond() {
    return perSecond;
  }

  /** Whether a source has a token at a moment of a steady clock; it is taken. */
  boolean take(String source, long nowNanos) {
    return spend(source, nowNanos).isPresent();
  }

  /** Takes a token of a source and tells how many are left; empty where there was none. */
  synchronized OptionalInt spend(String source, long nowNanos) {
    Bucket bucket = buckets.get(source);
    if (bucket == null) {
      bucket = new Bucket(perSecond, nowNanos);
      buckets.put(source, bucket);
      forgetOldest();
    }
    double filled = (double) (nowNanos - bucket.lastNanos) * perSecond / NANOS_PER_SECOND;
    bucket.tokens = Math.min(perSecond, bucket.tokens + Math.max(0, filled));
    bucket.lastNanos = nowNanos;
    if (bucket.tokens < 1) {
      return OptionalInt.empty();
    }
    bucket.tokens -= 1;
    return OptionalInt.of((int) bucket.tokens);
  }

  synchronized int sources() {
    return buckets.size();
  }

  private void forgetOldest() {
    if (buckets.size() > maxSources) {
      buckets.remove(buckets.keySet().iterator().next());
    }
  }

  /** What one source has left. */
  private static final class Bucket {
    private double tokens;
    private long lastNanos;

    Bucket(double tokens, long lastNanos) {
      this.tokens = tokens;
      this.lastNanos = lastNanos;
    }
  }
}
