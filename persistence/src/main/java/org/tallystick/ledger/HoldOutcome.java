package org.tallystick.ledger;

import java.util.UUID;

/** What became of an order to set funds aside; all but {@link Held} changed nothing. */
public sealed interface HoldOutcome {
  /** Set aside now. */
  record Held(UUID holdId) implements HoldOutcome {}

  /** The same id was used before; {@code active} tells whether the funds are still set aside. */
  record AlreadyPlaced(UUID holdId, boolean active) implements HoldOutcome {}

  /** The account, less what is held already, has not enough. */
  record InsufficientFunds(long accountId) implements HoldOutcome {}

  /** The account is kept in another currency. */
  record CurrencyMismatch() implements HoldOutcome {}

  /** The account takes no holds any more. */
  record AccountClosed(long accountId) implements HoldOutcome {}
}
