package org.tallystick.wallet;

/** What an instrument's short name stands for when it comes to paying. */
public sealed interface PaymentSource {
  /**
   * A deposit account in the own ledger.
   *
   * @param ledgerAccountId the account
   * @param spending with which instrument it is drawn, and how much may be spent with that
   */
  record OnAccount(long ledgerAccountId, Spending spending) implements PaymentSource {}

  /** Kept in the wallet, but it cannot be paid with. */
  record Unsupported(Reason reason) implements PaymentSource {}

  /** Why an instrument cannot be paid with. */
  enum Reason {
    /** Another bank issued the card. */
    FOREIGN_CARD,
    /** The account is at another bank. */
    EXTERNAL_ACCOUNT,
    /** The card's last month is over. */
    EXPIRED_CARD,
    /** It is not known to be the party's own. */
    NOT_VERIFIED,
    /** It was added to an account that has limits, and waits as long as a higher limit would. */
    NOT_YET_USABLE
  }
}
