package org.tallystick.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.tallystick.ledger.TransferOutcome.AccountClosed;
import org.tallystick.ledger.TransferOutcome.AlreadyPosted;
import org.tallystick.ledger.TransferOutcome.CurrencyMismatch;
import org.tallystick.ledger.TransferOutcome.InsufficientFunds;
import org.tallystick.ledger.TransferOutcome.KeyReused;
import org.tallystick.ledger.TransferOutcome.Posted;
import org.tallystick.ledger.TransferOutcome.UnknownEntry;

/**
 * Writes the books over one connection, inside whatever transaction the caller has open.
 *
 * <p>A movement lives so: the balance rows of guarded accounts that it debits are locked in
 * ascending order; if its id is in the books already, nothing happens; funds are checked; the entry
 * and its postings are appended. A debit of a guarded account changes the locked balance row; every
 * other posting is only appended to the unfolded ones, so that credits to one busy account never
 * wait for each other. Nothing is ever changed or deleted: a correction is a reversal.
 */
public final class Journal {
  private static final int FOLD_BATCH = 10_000;

  private final JournalRows rows;
  private final Clock clock;

  /** A journal over the connection, which stays the caller's. */
  public Journal(Connection connection, Clock clock) {
    this.rows = new JournalRows(connection);
    this.clock = clock;
  }

  /** Locks the balance rows of these accounts in ascending order, before a batch of movements. */
  public void lock(Collection<Long> accountIds) throws SQLException {
    rows.lock(accountIds.stream().distinct().sorted().toList());
  }

  /** Moves an amount once. */
  public TransferOutcome transfer(Transfer order) throws SQLException {
    return transfer(order, 0);
  }

  private TransferOutcome transfer(Transfer order, long heldForIt) throws SQLException {
    AccountRow debit = rows.account(order.debitAccount());
    AccountRow credit = rows.account(order.creditAccount());
    if (debit.kind().guarded()) {
      rows.lock(List.of(debit.id()));
    }
    List<PostingLine> lines = List.of(debitLine(order), creditLine(order));
    Optional<TransferOutcome> earlier = earlier(order, lines);
    if (earlier.isPresent()) {
      return earlier.get();
    }
    String currency = order.amount().currency();
    if (!debit.currency().equals(currency) || !credit.currency().equals(currency)) {
      return new CurrencyMismatch();
    }
    if (debit.state() == AccountState.CLOSED) {
      return new AccountClosed(debit.id());
    }
    if (credit.state() == AccountState.CLOSED) {
      return new AccountClosed(credit.id());
    }
    if (debit.kind().guarded() && !covers(debit, order.amount().minor() - heldForIt)) {
      return new InsufficientFunds(debit.id());
    }
    EntryRow entry =
        new EntryRow(order.entryId(), order.kind(), order.transactionRef(), Optional.empty());
    if (!rows.insertEntry(entry, now())) {
      return earlier(order, lines).orElseThrow();
    }
    append(order.entryId(), lines);
    return new Posted(order.entryId());
  }

  /**
   * Books the opposite of an entry, once. Funds are not asked for: what never should have been
   * booked is taken back even where it was spent already, and the account then shows the debt.
   */
  public TransferOutcome reverse(UUID entryId) throws SQLException {
    Optional<EntryRow> original = rows.entry(entryId);
    if (original.isEmpty()) {
      return new UnknownEntry(entryId);
    }
    UUID reversalId = EntryId.of("reversal", entryId.toString());
    List<PostingLine> lines = new ArrayList<>();
    for (PostingLine line : rows.lines(entryId)) {
      lines.add(line.negated());
    }
    rows.lock(guardedDebits(lines));
    EntryRow entry =
        new EntryRow(reversalId, "REVERSAL", original.get().transactionRef(), Optional.of(entryId));
    if (!rows.insertEntry(entry, now())) {
      return new AlreadyPosted(reversalId);
    }
    append(reversalId, lines);
    return new Posted(reversalId);
  }

  /** Reads a balance without locking anything. */
  public Optional<Balance> balance(long accountId) throws SQLException {
    return rows.balance(accountId);
  }

  /** Sets funds aside once. */
  public HoldOutcome placeHold(Hold order) throws SQLException {
    AccountRow account = rows.account(order.accountId());
    rows.lock(List.of(account.id()));
    Optional<Boolean> earlier = rows.holdActive(order.holdId());
    if (earlier.isPresent()) {
      return new HoldOutcome.AlreadyPlaced(order.holdId(), earlier.get());
    }
    if (!account.currency().equals(order.amount().currency())) {
      return new HoldOutcome.CurrencyMismatch();
    }
    if (account.state() == AccountState.CLOSED) {
      return new HoldOutcome.AccountClosed(account.id());
    }
    if (account.kind().guarded() && !covers(account, order.amount().minor())) {
      return new HoldOutcome.InsufficientFunds(account.id());
    }
    rows.insertHold(order, now());
    return new HoldOutcome.Held(order.holdId());
  }

  /** Frees held funds; false where nothing was held under that id any more. */
  public boolean releaseHold(UUID holdId) throws SQLException {
    Optional<Long> account = rows.accountOfHold(holdId);
    if (account.isEmpty()) {
      return false;
    }
    rows.lock(List.of(account.get()));
    return rows.releaseHold(holdId);
  }

  /**
   * Gives a hold back and moves an amount from the account that it was on, both or neither; what
   * was held serves to cover the amount. A hold that is not there any more covers nothing.
   */
  public TransferOutcome capture(UUID holdId, Transfer order) throws SQLException {
    rows.lock(List.of(order.debitAccount()));
    long held = rows.heldUnder(holdId, order.debitAccount());
    TransferOutcome outcome = transfer(order, held);
    if (outcome.inTheBooks()) {
      rows.releaseHold(holdId);
    }
    return outcome;
  }

  /**
   * Adds up to {@code limit} unfolded postings of an account into its balance row, unless someone
   * else has the row; returns whether it had the row.
   */
  public boolean foldIfFree(long accountId, int limit) throws SQLException {
    if (!rows.lockIfFree(accountId)) {
      return false;
    }
    rows.fold(accountId, limit);
    return true;
  }

  /** Some accounts that have unfolded postings. */
  public List<Long> accountsToFold(int limit) throws SQLException {
    return rows.accountsToFold(limit);
  }

  /** Adds up all postings. */
  public TrialBalance trialBalance() throws SQLException {
    return rows.trialBalance();
  }

  private Optional<TransferOutcome> earlier(Transfer order, List<PostingLine> lines)
      throws SQLException {
    Optional<EntryRow> found = rows.entry(order.entryId());
    if (found.isEmpty()) {
      return Optional.empty();
    }
    boolean same =
        found.get().kind().equals(order.kind())
            && found.get().transactionRef().equals(order.transactionRef())
            && rows.lines(order.entryId()).equals(lines);
    return Optional.of(same ? new AlreadyPosted(order.entryId()) : new KeyReused(order.entryId()));
  }

  /** Whether the locked account covers an amount, folding what was credited if need be. */
  private boolean covers(AccountRow account, long amountMinor) throws SQLException {
    while (true) {
      if (rows.availableFolded(account.id(), account.kind().normalSide()) >= amountMinor) {
        return true;
      }
      if (rows.fold(account.id(), FOLD_BATCH) == 0) {
        return false;
      }
    }
  }

  private void append(UUID entryId, List<PostingLine> lines) throws SQLException {
    rows.insertPostings(entryId, lines);
    for (PostingLine line : lines) {
      if (line.signedMinor() > 0 && rows.account(line.accountId()).kind().guarded()) {
        rows.addToBalance(line.accountId(), line.signedMinor());
      } else {
        rows.insertUnfolded(entryId, line);
      }
    }
  }

  private List<Long> guardedDebits(List<PostingLine> lines) throws SQLException {
    List<Long> ids = new ArrayList<>();
    for (PostingLine line : lines) {
      if (line.signedMinor() > 0 && rows.account(line.accountId()).kind().guarded()) {
        ids.add(line.accountId());
      }
    }
    return ids.stream().distinct().sorted().toList();
  }

  private static PostingLine debitLine(Transfer order) {
    return new PostingLine(
        1, order.debitAccount(), order.amount().minor(), order.amount().currency());
  }

  private static PostingLine creditLine(Transfer order) {
    return new PostingLine(
        2, order.creditAccount(), -order.amount().minor(), order.amount().currency());
  }

  private OffsetDateTime now() {
    return OffsetDateTime.now(clock);
  }
}
