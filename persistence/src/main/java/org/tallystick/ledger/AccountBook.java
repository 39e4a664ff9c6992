package org.tallystick.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * Opens accounts and finds them: one deposit account for each party and currency, and one of every
 * other kind for each currency. Opening twice is the same as once.
 */
public final class AccountBook {
  private final Connection connection;
  private final Clock clock;

  /** A book over the connection, which stays the caller's. */
  public AccountBook(Connection connection, Clock clock) {
    this.connection = connection;
    this.clock = clock;
  }

  /** The party's deposit account in a currency, opened if there was none. */
  public long openDeposit(long partyId, String currency) throws SQLException {
    OptionalLong known = deposit(partyId, currency);
    if (known.isPresent()) {
      return known.getAsLong();
    }
    open(AccountKind.DEPOSIT, currency, OptionalLong.of(partyId));
    return deposit(partyId, currency).orElseThrow();
  }

  /** The party's deposit account in a currency. */
  public OptionalLong deposit(long partyId, String currency) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            "select id from ledger_account where party_id = ? and currency = ?")) {
      query.setLong(1, partyId);
      query.setString(2, currency);
      return one(query);
    }
  }

  /** Whether an account is that of a party of an institution. */
  public boolean isOf(long accountId, long institution) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            "select a.id from ledger_account a join party p on p.id = a.party_id"
                + " where a.id = ? and p.institution_id = ?")) {
      query.setLong(1, accountId);
      query.setLong(2, institution);
      return one(query).isPresent();
    }
  }

  /** All deposit accounts of a party. */
  public List<Long> deposits(long partyId) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            "select id from ledger_account where party_id = ? order by currency")) {
      query.setLong(1, partyId);
      try (ResultSet found = query.executeQuery()) {
        List<Long> ids = new ArrayList<>();
        while (found.next()) {
          ids.add(found.getLong(1));
        }
        return List.copyOf(ids);
      }
    }
  }

  /** The consortium's own account of a kind in a currency, opened if there was none. */
  public long ownAccount(AccountKind kind, String currency) throws SQLException {
    if (kind == AccountKind.DEPOSIT) {
      throw new IllegalArgumentException("a deposit account belongs to a party");
    }
    OptionalLong known = own(kind, currency);
    if (known.isPresent()) {
      return known.getAsLong();
    }
    open(kind, currency, OptionalLong.empty());
    return own(kind, currency).orElseThrow();
  }

  private OptionalLong own(AccountKind kind, String currency) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            "select id from ledger_account where kind = ? and currency = ? and party_id is null")) {
      query.setString(1, kind.name());
      query.setString(2, currency);
      return one(query);
    }
  }

  private void open(AccountKind kind, String currency, OptionalLong party) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            with opened as (
              insert into ledger_account (kind, normal_side, currency, party_id, state, opened_at)
              values (?, ?, ?, ?, 'OPEN', ?) on conflict do nothing returning id)
            insert into account_balance (account_id, posted_minor, held_minor)
            select id, 0, 0 from opened
            """)) {
      insert.setString(1, kind.name());
      insert.setString(2, kind.normalSide().name());
      insert.setString(3, currency);
      if (party.isPresent()) {
        insert.setLong(4, party.getAsLong());
      } else {
        insert.setNull(4, Types.BIGINT);
      }
      insert.setObject(5, OffsetDateTime.now(clock));
      insert.executeUpdate();
    }
  }

  private static OptionalLong one(PreparedStatement query) throws SQLException {
    try (ResultSet found = query.executeQuery()) {
      return found.next() ? OptionalLong.of(found.getLong(1)) : OptionalLong.empty();
    }
  }
}
