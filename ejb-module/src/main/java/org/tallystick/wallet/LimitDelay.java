package org.tallystick.wallet;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import org.tallystick.node.Environment;

/**
 * How long a party waits until a higher limit of its own is in force: {@code
 * TALLYSTICK_LIMIT_RAISE_HOURS}, else 24.
 */
@ApplicationScoped
public class LimitDelay {
  private static final int FALLBACK_HOURS = 24;
  private static final int MOST_HOURS = 720;

  @Inject Environment environment;

  /** From one hour to thirty days. */
  public Duration get() {
    return Duration.ofHours(
        environment.number("TALLYSTICK_LIMIT_RAISE_HOURS", FALLBACK_HOURS, 1, MOST_HOURS));
  }
}
