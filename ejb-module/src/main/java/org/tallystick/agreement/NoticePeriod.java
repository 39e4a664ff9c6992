package org.tallystick.agreement;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.OffsetDateTime;
import org.tallystick.node.Environment;

/**
 * How long before it is in force a version of the agreement is published: {@code
 * TALLYSTICK_AGREEMENT_NOTICE_HOURS}, 0 to 8,784, else 30 days.
 */
@ApplicationScoped
public class NoticePeriod {
  private static final int FALLBACK = 30 * 24;
  private static final int MOST = 366 * 24;
  private static final Duration FARTHEST = Duration.ofDays(731);

  @Inject Environment environment;

  /** Whether parties have time to read a version published now that is in force from then on. */
  public boolean isKept(OffsetDateTime now, OffsetDateTime effectiveAt) {
    return effectiveAt.isAfter(now) && !effectiveAt.isBefore(now.plusHours(hours()));
  }

  /** Whether that is farther ahead than anybody plans: a time that was mistyped. */
  public static boolean isTooFar(OffsetDateTime now, OffsetDateTime effectiveAt) {
    return effectiveAt.isAfter(now.plus(FARTHEST));
  }

  private int hours() {
    return environment.number("TALLYSTICK_AGREEMENT_NOTICE_HOURS", FALLBACK, 0, MOST);
  }
}
