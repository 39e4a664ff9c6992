package org.tallystick.wallet;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The limits that a party has set for an instrument. What is lower is in force at once; what is
 * higher waits, so that whoever has stolen the party's token cannot lift a limit and spend in one
 * go, and the party has time to see it. Never changed: a new wish makes a new one.
 */
@Embeddable
public class InstrumentLimits {
  @Column(name = "limit_currency")
  private String currency;

  @Column(name = "limit_each_minor")
  private @Nullable Long eachMinor;

  @Column(name = "limit_day_minor")
  private @Nullable Long dayMinor;

  @Column(name = "limit_next_each_minor")
  private @Nullable Long nextEachMinor;

  @Column(name = "limit_next_day_minor")
  private @Nullable Long nextDayMinor;

  @Column(name = "limit_next_at")
  private @Nullable OffsetDateTime nextAt;

  /** For JPA. */
  protected InstrumentLimits() {}

  private InstrumentLimits(String currency, SpendingLimits now) {
    this.currency = currency;
    this.eachMinor = now.eachMinor();
    this.dayMinor = now.dayMinor();
  }

  /** No limits yet, in a currency. */
  public static InstrumentLimits none(String currency) {
    return new InstrumentLimits(currency, SpendingLimits.NONE);
  }

  /**
   * What follows from a wish.
   *
   * @param wanted both limits as they are to be
   * @param at bank clock
   * @param delay until what is higher is in force; asking for the same again does not begin anew
   */
  public InstrumentLimits wish(SpendingLimits wanted, OffsetDateTime at, Duration delay) {
    InstrumentLimits made = new InstrumentLimits(currency, at(at).lower(wanted));
    if (!made.at(at).equals(wanted)) {
      boolean asBefore = wanted.equals(next(at).orElse(null));
      made.nextEachMinor = wanted.eachMinor();
      made.nextDayMinor = wanted.dayMinor();
      made.nextAt = asBefore ? nextAt : at.plus(delay);
    }
    return made;
  }

  /** What is in force at a moment. */
  public SpendingLimits at(OffsetDateTime moment) {
    return nextAt == null || moment.isBefore(nextAt)
        ? new SpendingLimits(eachMinor, dayMinor)
        : new SpendingLimits(nextEachMinor, nextDayMinor);
  }

  /** What will be in force later. */
  public Optional<SpendingLimits> next(OffsetDateTime moment) {
    return nextAt != null && moment.isBefore(nextAt)
        ? Optional.of(new SpendingLimits(nextEachMinor, nextDayMinor))
        : Optional.empty();
  }

  /** When that will be. */
  public Optional<OffsetDateTime> nextAt(OffsetDateTime moment) {
    return next(moment).map(limits -> nextAt);
  }

  /** What they are in, ISO 4217. */
  public String currency() {
    return currency;
  }
}
