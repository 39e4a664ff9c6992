package org.tallystick.ratelimit;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalInt;
import org.tallystick.node.Environment;

/** The buckets of this node, one set for each limit. */
@ApplicationScoped
public class RateLimits {
  private static final int MAX_SOURCES = 65_536;
  private static final int MOST_PER_SECOND = 1_000_000;

  private final Map<Limit, TokenBuckets> buckets = new EnumMap<>(Limit.class);

  /** For the container's proxies only. */
  protected RateLimits() {}

  /** Takes the limits from the environment. */
  @Inject
  public RateLimits(Environment environment) {
    for (Limit limit : Limit.values()) {
      int perSecond =
          environment.number(limit.variable(), limit.fallbackPerSecond(), 1, MOST_PER_SECOND);
      buckets.put(limit, new TokenBuckets(perSecond, MAX_SOURCES));
    }
  }

  /** How often a second. */
  public int quota(Limit limit) {
    return of(limit).perSecond();
  }

  /** Takes one of what a source or caller has left and tells what remains; empty if it has none. */
  public OptionalInt take(Limit limit, String who) {
    // not the injected clock: it may be moved, this one only goes forward
    return of(limit).spend(who, System.nanoTime());
  }

  private TokenBuckets of(Limit limit) {
    TokenBuckets found = buckets.get(limit);
    if (found == null) {
      throw new IllegalStateException("no buckets for " + limit);
    }
    return found;
  }
}
