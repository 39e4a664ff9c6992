package org.tallystick.ledger;

import java.time.OffsetDateTime;
import java.util.UUID;
import org.tallystick.money.Money;

/**
 * An order to set funds aside.
 *
 * @param holdId names it; the same id again has no further effect
 * @param accountId whose funds
 * @param amount more than zero
 * @param transactionRef the transaction it belongs to, up to 64 characters
 * @param expiresAt when it may be released if nobody captured it
 */
public record Hold(
    UUID holdId, long accountId, Money amount, String transactionRef, OffsetDateTime expiresAt) {
  /** Checks shape. */
  public Hold {
    if (amount.minor() == 0) {
      throw new IllegalArgumentException("a hold of nothing");
    }
  }
}
