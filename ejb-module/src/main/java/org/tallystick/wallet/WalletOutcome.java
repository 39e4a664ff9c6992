package org.tallystick.wallet;

/** What became of a wish to add to the wallet; all but {@link Added} changed nothing. */
public sealed interface WalletOutcome {
  /** It is in the wallet. */
  record Added(InstrumentView instrument) implements WalletOutcome {}

  /** Another instrument has that name. */
  record ShorthandTaken() implements WalletOutcome {}

  /** The account or card is in the wallet already. */
  record AlreadyAdded() implements WalletOutcome {}

  /** The card's last month is over. */
  record CardExpired() implements WalletOutcome {}

  /** The party's registration is not active. */
  record NotActive() implements WalletOutcome {}
}
