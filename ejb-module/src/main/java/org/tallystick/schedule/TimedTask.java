package org.tallystick.schedule;

import java.time.Duration;

/**
 * What is done by the clock, once in each period by all nodes together. Timers tick at least as
 * often as the period is long, on every node; {@link TimedTasks} says which tick counts.
 */
public enum TimedTask {
  /** Finding what waited too long. */
  SWEEP("sweep", Duration.ofSeconds(1)),
  /** Adding up credits. */
  FOLDING("folding", Duration.ofMinutes(1)),
  /** Ending enrolments. */
  ENROLMENT_EXPIRY("enrolment-expiry", Duration.ofMinutes(1)),
  /** Forgetting replies to requests. */
  REPLY_EXPIRY("reply-expiry", Duration.ofMinutes(1)),
  /** Forgetting answers under idempotency keys. */
  IDEMPOTENCY_EXPIRY("idempotency-expiry", Duration.ofMinutes(1)),
  /** Forgetting exports that were opened. */
  EXPORT_EXPIRY("export-expiry", Duration.ofMinutes(1)),
  /** Giving back holds. */
  HOLD_RELEASE("hold-release", Duration.ofMinutes(1)),
  /** Forgetting partner banks' tokens. */
  PARTNER_TOKEN_EXPIRY("partner-token-expiry", Duration.ofMinutes(1)),
  /** Forgetting what partner banks were told. */
  WEBHOOK_EXPIRY("webhook-expiry", Duration.ofMinutes(1)),
  /** Reminding parties whose identification ends, and letting lapse what has ended. */
  REVERIFICATION("reverification", Duration.ofMinutes(1)),
  /** Screening whom a new list, or something new that was said, makes due. */
  SCREENING("screening", Duration.ofSeconds(1)),
  /** Ending micro-deposits. */
  MICRO_DEPOSIT_EXPIRY("micro-deposit-expiry", Duration.ofMinutes(1)),
  /** Making notices. */
  NOTICES("notices", Duration.ofSeconds(1)),
  /** Telling parties of new versions of the agreement. */
  AGREEMENTS("agreements", Duration.ofSeconds(5)),
  /** Putting lines into the tree over all logs; operators may set another period. */
  CHECKPOINTS("checkpoints", Duration.ofSeconds(3));

  private final String row;
  private final Duration period;

  TimedTask(String row, Duration period) {
    this.row = row;
    this.period = period;
  }

  /** Its name in the table {@code timed_task}. */
  public String row() {
    return row;
  }

  /** How often. */
  public Duration period() {
    return period;
  }
}
