package org.tallystick.wallet;

/** What an instrument's short name stands for when it comes to paying. */
public sealed interface PaymentSource {
  /** A deposit account in the own ledger. */
  record OnAccount(long ledgerAccountId) implements PaymentSource {}

  /** Kept in the wallet, but it cannot be paid with. */
  record Unsupported(Reason reason) implements PaymentSource {}

  /** Why an instrument cannot be paid with. */
  enum Reason {
    /** Another bank issued the card. */
    FOREIGN_CARD,
    /** The card's last month is over. */
    EXPIRED_CARD
  }
}
