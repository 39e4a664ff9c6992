package org.tallystick.decision;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.tallystick.money.Money;
import org.tallystick.pairing.Ending;
import org.tallystick.wallet.Spending;

/**
 * The limits that payers have set for their instruments, while the accounts that these draw on are
 * locked: so of two payments at once the second finds what the first has spent. An instrument
 * without a limit for the day costs nothing here, one with it two round trips.
 */
final class Allowance {
  private final Books books;
  private final LocalDate today;

  /**
   * @param now bank clock; days begin at midnight UTC
   */
  Allowance(Books books, OffsetDateTime now) {
    this.books = books;
    this.today = now.withOffsetSameInstant(ZoneOffset.UTC).toLocalDate();
  }

  /** What stands against spending an amount; empty where it fits. */
  Optional<Ending> obstacle(Spending spending, Money amount) {
    return obstacle(spending, amount, amount.minor());
  }

  /**
   * What stands against spending an amount now and more later.
   *
   * @param highestMinor highest amount that is permitted at once, now or later
   */
  Optional<Ending> obstacle(Spending spending, Money amount, long highestMinor) {
    if (spending.limits().isNone()) {
      return Optional.empty();
    }
    if (!amount.currency().equals(spending.currency())) {
      return Optional.of(Ending.PAYER_CURRENCY);
    }
    if (spending.limits().eachExceededBy(Math.max(amount.minor(), highestMinor))) {
      return Optional.of(Ending.ABOVE_INSTRUMENT_LIMIT);
    }
    if (spending.limits().dayMinor() == null || amount.minor() == 0) {
      return Optional.empty();
    }
    long spent = books.spent(spending.instrument(), today);
    return spending.limits().dayExceededBy(Math.addExact(spent, amount.minor()))
        ? Optional.of(Ending.ABOVE_DAILY_LIMIT)
        : Optional.empty();
  }

  /** Counts what was spent. */
  void spend(Spending spending, Money amount) {
    if (spending.limits().dayMinor() != null && amount.minor() > 0) {
      books.addSpent(spending.instrument(), today, amount.minor());
    }
  }
}
