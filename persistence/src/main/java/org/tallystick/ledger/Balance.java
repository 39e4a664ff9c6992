package org.tallystick.ledger;

/**
 * What is on an account, positive on the account's normal side.
 *
 * @param accountId the account
 * @param kind what the account is for
 * @param state whether it takes postings
 * @param currency ISO 4217
 * @param postedMinor the sum of all postings
 * @param heldMinor what of it is set aside
 */
public record Balance(
    long accountId,
    AccountKind kind,
    AccountState state,
    String currency,
    long postedMinor,
    long heldMinor) {
  /** What may be spent. */
  public long availableMinor() {
    return Math.subtractExact(postedMinor, heldMinor);
  }
}
