package org.tallystick.ledger;

import java.util.UUID;
import org.tallystick.money.Money;

/**
 * An order to move an amount from one account to another.
 *
 * @param entryId names the movement; the same id again has no further effect
 * @param kind what it is, in capitals, up to 32 characters, as PAYMENT or DEPOSIT
 * @param transactionRef the transaction it belongs to, up to 64 characters
 * @param debitAccount the account that is debited: a payer's deposit gets smaller by that
 * @param creditAccount the account that is credited: a payee's deposit gets larger by that
 * @param amount more than zero
 */
public record Transfer(
    UUID entryId,
    String kind,
    String transactionRef,
    long debitAccount,
    long creditAccount,
    Money amount) {
  private static final int MAX_KIND = 32;
  private static final int MAX_REFERENCE = 64;

  /** Checks shape; whether the accounts can bear it is the ledger's business. */
  public Transfer {
    if (amount.minor() == 0) {
      throw new IllegalArgumentException("a transfer of nothing");
    }
    if (debitAccount == creditAccount) {
      throw new IllegalArgumentException("a transfer from an account to itself");
    }
    if (kind.isBlank() || kind.length() > MAX_KIND || transactionRef.length() > MAX_REFERENCE) {
      throw new IllegalArgumentException("kind or reference too long");
    }
  }
}
