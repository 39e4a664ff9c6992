package org.tallystick.money;

import java.util.Currency;
import org.tallystick.codec.MalformedInputException;

/**
 * An amount: integer minor units of one ISO 4217 currency, 0 to 10^15.
 *
 * @param minor minor units (cents for USD)
 * @param currency ISO 4217 alphabetic code
 */
public record Money(long minor, String currency) implements Comparable<Money> {
  /** Largest amount that any message may carry. */
  public static final long MAX_MINOR = 1_000_000_000_000_000L;

  /**
   * Checks range and currency.
   *
   * @throws MalformedInputException if either is wrong: messages carry both
   */
  public Money {
    if (minor < 0 || minor > MAX_MINOR) {
      throw new MalformedInputException("amount outside 0 to 10^15 minor units");
    }
    if (!isCurrency(currency)) {
      throw new MalformedInputException("not an ISO 4217 currency code");
    }
  }

  /** The amount of {@code minor} units of {@code currency}. */
  public static Money of(long minor, String currency) {
    return new Money(minor, currency);
  }

  /** Whether a text is an ISO 4217 alphabetic code known to the platform. */
  public static boolean isCurrency(String text) {
    if (text.length() != 3) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < 'A' || text.charAt(i) > 'Z') {
        return false; // the platform takes some with a small last letter
      }
    }
    try {
      Currency.getInstance(text);
      return true;
    } catch (IllegalArgumentException unknown) {
      return false;
    }
  }

  /** The sum; both amounts must have one currency. */
  public Money plus(Money other) {
    requireSameCurrency(other);
    return new Money(Math.addExact(minor, other.minor), currency);
  }

  @Override
  public int compareTo(Money other) {
    requireSameCurrency(other);
    return Long.compare(minor, other.minor);
  }

  /** For people: "213.82 USD". */
  public String display() {
    int digits = Math.max(0, Currency.getInstance(currency).getDefaultFractionDigits());
    return java.math.BigDecimal.valueOf(minor, digits).toPlainString() + " " + currency;
  }

  private void requireSameCurrency(Money other) {
    if (!currency.equals(other.currency)) {
      throw new IllegalArgumentException("amounts of different currencies");
    }
  }
}
