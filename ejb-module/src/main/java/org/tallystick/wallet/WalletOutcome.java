package org.tallystick.wallet;

/** What became of a wish to change a wallet; all but the first two changed nothing. */
public sealed interface WalletOutcome {
  /** It is in the wallet. */
  record Added(InstrumentView instrument) implements WalletOutcome {}

  /** It is as wished now, or will be when it says so. */
  record Changed(InstrumentView instrument) implements WalletOutcome {}

  /** The wallet has no such instrument. */
  record NotThere() implements WalletOutcome {}

  /** Another instrument has that name. */
  record ShorthandTaken() implements WalletOutcome {}

  /** The account or card is in the wallet already. */
  record AlreadyAdded() implements WalletOutcome {}

  /** There are too many in the wallet, or too many were added today. */
  record Full() implements WalletOutcome {}

  /** The card's last month is over. */
  record CardExpired() implements WalletOutcome {}

  /** The instrument is of another currency. */
  record OtherCurrency() implements WalletOutcome {}

  /** The party's registration is not active. */
  record NotActive() implements WalletOutcome {}
}
