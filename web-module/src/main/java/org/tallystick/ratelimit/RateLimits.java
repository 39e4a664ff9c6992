package org.tallystick.ratelimit;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.EnumMap;
import java.util.Map;
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

  /** Whether a remote address may ask now; asking counts. */
  public boolean allows(Limit limit, String remoteAddress) {
    return take(limit, Source.of(remoteAddress));
  }

  /** Whether somebody who is known may ask now, from wherever; asking counts. */
  public boolean allowsKnown(Limit limit, String name) {
    return take(limit, name);
  }

  private boolean take(Limit limit, String source) {
    TokenBuckets ofLimit = buckets.get(limit);
    if (ofLimit == null) {
      throw new IllegalStateException("no buckets for " + limit);
    }
    // not the injected clock: it may be moved, this one only goes forward
    return ofLimit.take(source, System.nanoTime());
  }
}
