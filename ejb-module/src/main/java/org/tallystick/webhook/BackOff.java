package org.tallystick.webhook;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * When a delivery that did not arrive is sent again: after 5 seconds at first and 24 hours at last,
 * ten times in a bit more than three days, each pause up to a tenth longer by chance so that those
 * that failed together do not come together.
 *
 * <p>Source: Standard Webhooks 1.0.0, "Deliverability and reliability".
 */
final class BackOff {
  private static final List<Duration> PAUSES =
      List.of(
          Duration.ofSeconds(5),
          Duration.ofMinutes(5),
          Duration.ofMinutes(30),
          Duration.ofHours(2),
          Duration.ofHours(5),
          Duration.ofHours(10),
          Duration.ofHours(14),
          Duration.ofHours(20),
          Duration.ofHours(24));

  /** How often a delivery is sent in a round. */
  static final int ATTEMPTS = PAUSES.size() + 1;

  private static final int JITTER_PARTS = 10;

  private BackOff() {}

  /** How long to wait after so many attempts; empty after the last. */
  static Optional<Duration> after(int attempts, SecureRandom random) {
    if (attempts >= ATTEMPTS) {
      return Optional.empty();
    }
    long millis = PAUSES.get(attempts - 1).toMillis();
    return Optional.of(
        Duration.ofMillis(millis + random.nextInt(Math.toIntExact(millis / JITTER_PARTS) + 1)));
  }
}
