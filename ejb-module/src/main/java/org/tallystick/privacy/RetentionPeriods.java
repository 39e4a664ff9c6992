package org.tallystick.privacy;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.tallystick.node.Environment;
import org.tallystick.party.Party;

/**
 * How long the bank must keep what it knows of a party that has left.
 *
 * <p>Source: five years after the end of a business relation, 31 CFR 1010.430(d) and 1020.220(a)(3)
 * and Regulation (EU) 2024/1624, Article 77. Who never became a customer is kept shorter, to answer
 * complaints.
 */
@ApplicationScoped
public class RetentionPeriods {
  private static final int YEARS = 5;
  private static final int REFUSED_MONTHS = 6;
  private static final int MOST_YEARS = 30;
  private static final int MOST_MONTHS = 120;

  private int years;
  private int refusedMonths;

  /** For the container's proxies only. */
  protected RetentionPeriods() {}

  /** Takes the periods from the environment. */
  @Inject
  public RetentionPeriods(Environment environment) {
    years = environment.number("TALLYSTICK_RETENTION_YEARS", YEARS, 1, MOST_YEARS);
    refusedMonths =
        environment.number("TALLYSTICK_RETENTION_REFUSED_MONTHS", REFUSED_MONTHS, 0, MOST_MONTHS);
  }

  /** From when on the party may be erased; empty where its registration has not ended. */
  Optional<OffsetDateTime> over(Party party) {
    return party
        .endedAt()
        .map(end -> party.wasActive() ? end.plusYears(years) : end.plusMonths(refusedMonths));
  }

  /** Who was active may be erased now if its registration ended until then. */
  OffsetDateTime endOfActive(OffsetDateTime now) {
    return now.minusYears(years);
  }

  /** Who never was active may be erased now if its registration ended until then. */
  OffsetDateTime endOfOthers(OffsetDateTime now) {
    return now.minusMonths(refusedMonths);
  }
}
