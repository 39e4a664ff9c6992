package org.tallystick.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The journal's statements, one method each; no decision is made here. */
final class JournalRows {
  private final Connection connection;
  private final Map<Long, AccountRow> accounts = new HashMap<>();

  JournalRows(Connection connection) {
    this.connection = connection;
  }

  AccountRow account(long id) throws SQLException {
    AccountRow known = accounts.get(id);
    if (known != null) {
      return known;
    }
    try (PreparedStatement query =
        connection.prepareStatement(
            "select kind, currency, state from ledger_account where id = ?")) {
      query.setLong(1, id);
      try (ResultSet found = query.executeQuery()) {
        if (!found.next()) {
          throw new IllegalArgumentException("there is no ledger account " + id);
        }
        AccountRow row =
            new AccountRow(
                id,
                AccountKind.valueOf(found.getString(1)),
                found.getString(2),
                AccountState.valueOf(found.getString(3)));
        accounts.put(id, row);
        return row;
      }
    }
  }

  void lock(List<Long> ascendingIds) throws SQLException {
    if (ascendingIds.isEmpty()) {
      return;
    }
    try (PreparedStatement query =
        connection.prepareStatement(
            "select account_id from account_balance where account_id = any (?)"
                + " order by account_id for update")) {
      query.setArray(1, connection.createArrayOf("bigint", ascendingIds.toArray()));
      query.execute();
    }
  }

  boolean lockIfFree(long accountId) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            "select 1 from account_balance where account_id = ? for update skip locked")) {
      query.setLong(1, accountId);
      try (ResultSet found = query.executeQuery()) {
        return found.next();
      }
    }
  }

  Optional<EntryRow> entry(UUID id) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            "select kind, transaction_ref, reverses from journal_entry where id = ?")) {
      query.setObject(1, id);
      try (ResultSet found = query.executeQuery()) {
        if (!found.next()) {
          return Optional.empty();
        }
        return Optional.of(
            new EntryRow(
                id,
                found.getString(1),
                found.getString(2),
                Optional.ofNullable(found.getObject(3, UUID.class))));
      }
    }
  }

  List<PostingLine> lines(UUID entryId) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            "select line, account_id, amount_minor, currency from posting"
                + " where entry_id = ? order by line")) {
      query.setObject(1, entryId);
      try (ResultSet found = query.executeQuery()) {
        List<PostingLine> lines = new ArrayList<>();
        while (found.next()) {
          lines.add(
              new PostingLine(
                  found.getInt(1), found.getLong(2), found.getLong(3), found.getString(4)));
        }
        return List.copyOf(lines);
      }
    }
  }

  boolean insertEntry(EntryRow entry, OffsetDateTime bookedAt) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into journal_entry (id, kind, transaction_ref, booked_at, reverses)"
                + " values (?, ?, ?, ?, ?) on conflict (id) do nothing")) {
      insert.setObject(1, entry.id());
      insert.setString(2, entry.kind());
      insert.setString(3, entry.transactionRef());
      insert.setObject(4, bookedAt);
      if (entry.reverses().isPresent()) {
        insert.setObject(5, entry.reverses().get());
      } else {
        insert.setNull(5, Types.OTHER);
      }
      return insert.executeUpdate() == 1;
    }
  }

  void insertPostings(UUID entryId, List<PostingLine> lines) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into posting (entry_id, line, account_id, amount_minor, currency)"
                + " values (?, ?, ?, ?, ?)")) {
      for (PostingLine line : lines) {
        insert.setObject(1, entryId);
        insert.setInt(2, line.line());
        insert.setLong(3, line.accountId());
        insert.setLong(4, line.signedMinor());
        insert.setString(5, line.currency());
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  void insertUnfolded(UUID entryId, PostingLine line) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into posting_unfolded (account_id, entry_id, line, amount_minor)"
                + " values (?, ?, ?, ?)")) {
      insert.setLong(1, line.accountId());
      insert.setObject(2, entryId);
      insert.setInt(3, line.line());
      insert.setLong(4, line.signedMinor());
      insert.executeUpdate();
    }
  }

  void addToBalance(long accountId, long signedMinor) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "update account_balance set posted_minor = posted_minor + ? where account_id = ?")) {
      update.setLong(1, signedMinor);
      update.setLong(2, accountId);
      update.executeUpdate();
    }
  }

  /** Folds up to {@code limit} postings of an account whose row is locked; returns how many. */
  int fold(long accountId, int limit) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            """
            with taken as (
              delete from posting_unfolded where ctid = any (array(
                select ctid from posting_unfolded where account_id = ? limit ?))
              returning amount_minor),
            total as (
              select count(*) as many, coalesce(sum(amount_minor), 0)::bigint as signed from taken)
            update account_balance set posted_minor = posted_minor + total.signed
            from total where account_id = ?
            returning total.many
            """)) {
      update.setLong(1, accountId);
      update.setInt(2, limit);
      update.setLong(3, accountId);
      try (ResultSet folded = update.executeQuery()) {
        return folded.next() ? folded.getInt(1) : 0;
      }
    }
  }

  /** What the balance row alone shows as available, which is never too much. */
  long availableFolded(long accountId, NormalSide side) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            "select posted_minor, held_minor from account_balance where account_id = ?")) {
      query.setLong(1, accountId);
      try (ResultSet found = query.executeQuery()) {
        if (!found.next()) {
          throw new IllegalStateException("account " + accountId + " has no balance row");
        }
        return Math.subtractExact(side.balanceOf(found.getLong(1)), found.getLong(2));
      }
    }
  }

  Optional<Balance> balance(long accountId) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            """
            select a.kind, a.state, a.currency, b.held_minor,
                   (b.posted_minor + coalesce((select sum(u.amount_minor) from posting_unfolded u
                                               where u.account_id = a.id), 0))::bigint
            from ledger_account a join account_balance b on b.account_id = a.id
            where a.id = ?
            """)) {
      query.setLong(1, accountId);
      try (ResultSet found = query.executeQuery()) {
        if (!found.next()) {
          return Optional.empty();
        }
        AccountKind kind = AccountKind.valueOf(found.getString(1));
        return Optional.of(
            new Balance(
                accountId,
                kind,
                AccountState.valueOf(found.getString(2)),
                found.getString(3),
                kind.normalSide().balanceOf(found.getLong(5)),
                found.getLong(4)));
      }
    }
  }

  Optional<Boolean> holdActive(UUID holdId) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement("select state = 'HELD' from hold where id = ?")) {
      query.setObject(1, holdId);
      try (ResultSet found = query.executeQuery()) {
        return found.next() ? Optional.of(found.getBoolean(1)) : Optional.empty();
      }
    }
  }

  /** What is held on an account under an id; 0 where nothing is. */
  long heldUnder(UUID holdId, long accountId) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            "select amount_minor from hold where id = ? and account_id = ? and state = 'HELD'")) {
      query.setObject(1, holdId);
      query.setLong(2, accountId);
      try (ResultSet found = query.executeQuery()) {
        return found.next() ? found.getLong(1) : 0;
      }
    }
  }

  Optional<Long> accountOfHold(UUID holdId) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement("select account_id from hold where id = ?")) {
      query.setObject(1, holdId);
      try (ResultSet found = query.executeQuery()) {
        return found.next() ? Optional.of(found.getLong(1)) : Optional.empty();
      }
    }
  }

  void insertHold(Hold order, OffsetDateTime placedAt) throws SQLException {
    try (PreparedStatement insert =
            connection.prepareStatement(
                "insert into hold (id, account_id, amount_minor, currency, transaction_ref, state,"
                    + " placed_at, expires_at) values (?, ?, ?, ?, ?, 'HELD', ?, ?)");
        PreparedStatement update =
            connection.prepareStatement(
                "update account_balance set held_minor = held_minor + ? where account_id = ?")) {
      insert.setObject(1, order.holdId());
      insert.setLong(2, order.accountId());
      insert.setLong(3, order.amount().minor());
      insert.setString(4, order.amount().currency());
      insert.setString(5, order.transactionRef());
      insert.setObject(6, placedAt);
      insert.setObject(7, order.expiresAt());
      insert.executeUpdate();
      update.setLong(1, order.amount().minor());
      update.setLong(2, order.accountId());
      update.executeUpdate();
    }
  }

  boolean releaseHold(UUID holdId) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            """
            with released as (
              update hold set state = 'RELEASED' where id = ? and state = 'HELD'
              returning account_id, amount_minor)
            update account_balance b set held_minor = b.held_minor - r.amount_minor
            from released r where b.account_id = r.account_id
            """)) {
      update.setObject(1, holdId);
      return update.executeUpdate() == 1;
    }
  }

  List<Long> accountsToFold(int limit) throws SQLException {
    // walks the primary key from account to account instead of reading every unfolded row
    try (PreparedStatement query =
        connection.prepareStatement(
            """
            with recursive next (account_id) as (
              (select account_id from posting_unfolded order by account_id limit 1)
              union all
              select (select u.account_id from posting_unfolded u
                      where u.account_id > next.account_id order by u.account_id limit 1)
              from next where next.account_id is not null)
            select account_id from next where account_id is not null limit ?
            """)) {
      query.setInt(1, limit);
      try (ResultSet found = query.executeQuery()) {
        List<Long> ids = new ArrayList<>();
        while (found.next()) {
          ids.add(found.getLong(1));
        }
        return List.copyOf(ids);
      }
    }
  }

  TrialBalance trialBalance() throws SQLException {
    List<TrialBalance.CurrencySum> currencies = new ArrayList<>();
    List<TrialBalance.KindSum> kinds = new ArrayList<>();
    long entries = 0;
    // one statement, so one snapshot
    try (PreparedStatement query =
            connection.prepareStatement(
                """
                select a.kind, p.currency, sum(p.amount_minor)::text,
                       (select count(*) from journal_entry)
                from posting p join ledger_account a on a.id = p.account_id
                group by grouping sets ((a.kind, p.currency), (p.currency))
                order by p.currency, a.kind
                """);
        ResultSet sums = query.executeQuery()) {
      while (sums.next()) {
        String kind = sums.getString(1);
        entries = sums.getLong(4);
        if (kind == null) {
          currencies.add(new TrialBalance.CurrencySum(sums.getString(2), sums.getString(3)));
        } else {
          kinds.add(
              new TrialBalance.KindSum(
                  AccountKind.valueOf(kind), sums.getString(2), sums.getString(3)));
        }
      }
    }
    return new TrialBalance(entries, currencies, kinds);
  }
}
