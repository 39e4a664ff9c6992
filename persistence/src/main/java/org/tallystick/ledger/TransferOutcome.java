package org.tallystick.ledger;

import java.util.UUID;

/** What became of an order to the ledger; all but {@link Posted} changed nothing. */
public sealed interface TransferOutcome {
  /** Whether the movement is in the books, by this call or an earlier one. */
  default boolean inTheBooks() {
    return false;
  }

  /** Booked now. */
  record Posted(UUID entryId) implements TransferOutcome {
    @Override
    public boolean inTheBooks() {
      return true;
    }
  }

  /** The same movement had been booked before. */
  record AlreadyPosted(UUID entryId) implements TransferOutcome {
    @Override
    public boolean inTheBooks() {
      return true;
    }
  }

  /** The id names another movement. */
  record KeyReused(UUID entryId) implements TransferOutcome {}

  /** No entry of that id can be reversed, because there is none. */
  record UnknownEntry(UUID entryId) implements TransferOutcome {}

  /** The debited account, less what is held, has not enough. */
  record InsufficientFunds(long accountId) implements TransferOutcome {}

  /** One of the accounts is kept in another currency. */
  record CurrencyMismatch() implements TransferOutcome {}

  /** One of the accounts takes no postings any more. */
  record AccountClosed(long accountId) implements TransferOutcome {}
}
