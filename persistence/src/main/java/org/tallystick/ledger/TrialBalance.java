package org.tallystick.ledger;

import java.util.List;

/**
 * The books added up from the postings themselves: every currency must sum to zero.
 *
 * @param entries how many journal entries there are
 * @param currencies the sum over all postings of each currency, debits positive: zero, or the books
 *     are wrong
 * @param kinds the sums for each kind of account
 */
public record TrialBalance(long entries, List<CurrencySum> currencies, List<KindSum> kinds) {
  /** Copies the lists. */
  public TrialBalance {
    currencies = List.copyOf(currencies);
    kinds = List.copyOf(kinds);
  }

  /** Whether every currency sums to zero. */
  public boolean balanced() {
    return currencies.stream().allMatch(sum -> sum.signedMinor().equals("0"));
  }

  /**
   * The sum of one currency.
   *
   * @param currency ISO 4217
   * @param signedMinor a decimal integer, as text because sums may exceed 64 bit
   */
  public record CurrencySum(String currency, String signedMinor) {}

  /**
   * The sum of the accounts of one kind and currency.
   *
   * @param kind what the accounts are for
   * @param currency ISO 4217
   * @param signedMinor a decimal integer, debits positive
   */
  public record KindSum(AccountKind kind, String currency, String signedMinor) {}
}
