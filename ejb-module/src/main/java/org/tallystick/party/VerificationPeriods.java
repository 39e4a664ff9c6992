package org.tallystick.party;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import org.tallystick.node.Environment;

/** How long an identification holds, and when a party is reminded that it ends. */
@ApplicationScoped
public class VerificationPeriods {
  /** Before the end; the longest first. */
  static final List<Duration> REMINDERS =
      List.of(Duration.ofDays(60), Duration.ofDays(30), Duration.ofDays(7));

  private static final int PERSON_MONTHS = 24;
  private static final int ORGANISATION_MONTHS = 12;
  private static final int LEAST_MONTHS = 3;
  private static final int MOST_MONTHS = 120;

  private int personMonths;
  private int organisationMonths;

  /** For the container's proxies only. */
  protected VerificationPeriods() {}

  /** Takes the periods from the environment. */
  @Inject
  public VerificationPeriods(Environment environment) {
    personMonths = months(environment, "TALLYSTICK_REVERIFY_PERSON_MONTHS", PERSON_MONTHS);
    organisationMonths =
        months(environment, "TALLYSTICK_REVERIFY_ORGANISATION_MONTHS", ORGANISATION_MONTHS);
  }

  private static int months(Environment environment, String variable, int fallback) {
    return environment.number(variable, fallback, LEAST_MONTHS, MOST_MONTHS);
  }

  /** The party's identification was found good now. */
  public void begin(Party party, OffsetDateTime now) {
    OffsetDateTime until =
        now.plusMonths(party.kind() == PartyKind.PERSON ? personMonths : organisationMonths);
    party.verified(until, until.minus(REMINDERS.get(0)));
  }

  /** What is due after {@code now} for an identification that ends then: a reminder, or the end. */
  static OffsetDateTime nextDue(OffsetDateTime until, OffsetDateTime now) {
    return REMINDERS.stream().map(until::minus).filter(now::isBefore).findFirst().orElse(until);
  }
}
