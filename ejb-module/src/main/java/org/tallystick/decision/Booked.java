package org.tallystick.decision;

import org.tallystick.ledger.HoldOutcome;
import org.tallystick.ledger.Transfer;
import org.tallystick.ledger.TransferOutcome;
import org.tallystick.ledger.TransferOutcome.AccountClosed;
import org.tallystick.ledger.TransferOutcome.CurrencyMismatch;
import org.tallystick.ledger.TransferOutcome.InsufficientFunds;
import org.tallystick.pairing.Ending;

/** What the ledger's outcomes mean for a transaction. */
final class Booked {
  private Booked() {}

  /** The ending that follows from an order to move an amount. */
  static Ending ending(TransferOutcome outcome, Transfer order) {
    if (outcome.inTheBooks()) {
      return Ending.APPROVED;
    }
    if (outcome instanceof InsufficientFunds) {
      return Ending.INSUFFICIENT_FUNDS;
    }
    if (outcome instanceof CurrencyMismatch) {
      return Ending.PAYER_CURRENCY;
    }
    if (outcome instanceof AccountClosed closed) {
      return closed.accountId() == order.debitAccount()
          ? Ending.PAYER_ACCOUNT_CLOSED
          : Ending.PAYEE_ACCOUNT_CLOSED;
    }
    throw new IllegalStateException("the ledger answers " + outcome);
  }

  /** The ending that follows from an order to set an amount aside. */
  static Ending ending(HoldOutcome outcome) {
    if (outcome instanceof HoldOutcome.InsufficientFunds) {
      return Ending.INSUFFICIENT_FUNDS;
    }
    if (outcome instanceof HoldOutcome.CurrencyMismatch) {
      return Ending.PAYER_CURRENCY;
    }
    return outcome instanceof HoldOutcome.AccountClosed
        ? Ending.PAYER_ACCOUNT_CLOSED
        : Ending.APPROVED;
  }
}
