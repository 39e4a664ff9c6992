package org.tallystick.ledger;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * The books, inside the caller's transaction: what is refused is returned and changes nothing, and
 * what cannot be written throws, so that the caller's transaction rolls back.
 */
@Stateless
public class Ledger {
  @PersistenceContext(unitName = "tallystick")
  EntityManager entities;

  @Inject Clock clock;

  /** Moves an amount once; the same entry id again has no further effect. */
  public TransferOutcome transfer(Transfer order) {
    return inBooks(books -> new Journal(books, clock).transfer(order));
  }

  /** Books the opposite of an entry, once, whether or not there are funds. */
  public TransferOutcome reverse(UUID entryId) {
    return inBooks(books -> new Journal(books, clock).reverse(entryId));
  }

  /** Locks these accounts' balances in ascending order, before a batch of movements. */
  public void lock(Collection<Long> accountIds) {
    inBooks(
        books -> {
          new Journal(books, clock).lock(accountIds);
          return true;
        });
  }

  /** Sets funds aside once. */
  public HoldOutcome placeHold(Hold order) {
    return inBooks(books -> new Journal(books, clock).placeHold(order));
  }

  /** Gives a hold back and moves an amount from the account that it was on, both or neither. */
  public TransferOutcome capture(UUID holdId, Transfer order) {
    return inBooks(books -> new Journal(books, clock).capture(holdId, order));
  }

  /** Frees held funds. */
  public boolean releaseHold(UUID holdId) {
    return inBooks(books -> new Journal(books, clock).releaseHold(holdId));
  }

  /** What is on an account. */
  public Optional<Balance> balance(long accountId) {
    return inBooks(books -> new Journal(books, clock).balance(accountId));
  }

  /** Whether an account is that of a party of an institution. */
  public boolean isOf(long accountId, long institution) {
    return inBooks(books -> new AccountBook(books, clock).isOf(accountId, institution));
  }

  /** The party's deposit account in a currency, opened if there was none. */
  public long openDeposit(long partyId, String currency) {
    return inBooks(books -> new AccountBook(books, clock).openDeposit(partyId, currency));
  }

  /** The party's deposit account in a currency. */
  public OptionalLong deposit(long partyId, String currency) {
    return inBooks(books -> new AccountBook(books, clock).deposit(partyId, currency));
  }

  /** All deposit accounts of a party. */
  public List<Long> deposits(long partyId) {
    return inBooks(books -> new AccountBook(books, clock).deposits(partyId));
  }

  /** The consortium's own account of a kind in a currency, opened if there was none. */
  public long ownAccount(AccountKind kind, String currency) {
    return inBooks(books -> new AccountBook(books, clock).ownAccount(kind, currency));
  }

  /** Adds up all postings. */
  public TrialBalance trialBalance() {
    return inBooks(books -> new Journal(books, clock).trialBalance());
  }

  /** Some accounts whose postings wait to be added up. */
  public List<Long> accountsToFold(int limit) {
    return inBooks(books -> new Journal(books, clock).accountsToFold(limit));
  }

  /** Adds waiting postings of one account into its balance row, unless the row is taken. */
  public boolean fold(long accountId, int limit) {
    return inBooks(books -> new Journal(books, clock).foldIfFree(accountId, limit));
  }

  private <T> T inBooks(BookWork<T> work) {
    // entities that the caller has changed come first, so that foreign keys find them
    entities.flush();
    try {
      return work.with(entities.unwrap(Connection.class));
    } catch (SQLException e) {
      throw new LedgerFaultException(e);
    }
  }

  /** Something to do over the transaction's connection. */
  @FunctionalInterface
  private interface BookWork<T> {
    T with(Connection connection) throws SQLException;
  }
}
