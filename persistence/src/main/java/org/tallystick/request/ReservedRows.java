package org.tallystick.request;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;

/** Transaction numbers that the bank drew itself. Each method is one round trip. */
public final class ReservedRows {
  /** Devices of one account draw one after the other, so that none of them passes the limit. */
  static final String LOCK_ACCOUNT = "select id from party where id = ? for no key update";

  static final String OPEN =
      "select count(*) from issued_number"
          + " where party_id = ? and used_at is null and expires_at >= ?";

  static final String EXPIRE_NUMBERS =
      "delete from issued_number where ctid = any (array(select ctid from issued_number"
          + " where expires_at < ? order by expires_at limit ? for update skip locked))";

  private final Connection connection;

  /** Rows over the connection, which stays the caller's. */
  public ReservedRows(Connection connection) {
    this.connection = connection;
  }

  /** Makes other devices of the account wait with drawing numbers until the transaction ends. */
  public void lockAccount(long party) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(LOCK_ACCOUNT)) {
      query.setLong(1, party);
      query.execute();
    }
  }

  /** How many numbers of an account are neither used nor expired. */
  public long open(long party, OffsetDateTime now) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(OPEN)) {
      query.setLong(1, party);
      query.setObject(2, now);
      try (ResultSet found = query.executeQuery()) {
        found.next();
        return found.getLong(1);
      }
    }
  }

  /** Reserves a number for an account. */
  public void reserve(String number, long party, OffsetDateTime expiresAt) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into issued_number (number, party_id, expires_at) values (?, ?, ?)")) {
      insert.setString(1, number);
      insert.setLong(2, party);
      insert.setObject(3, expiresAt);
      insert.executeUpdate();
    }
  }

  /**
   * Forgets numbers that expired a day before {@code now}, and tells how many: a code that came in
   * time may be opened that late.
   */
  public int expireNumbers(OffsetDateTime now, int limit) throws SQLException {
    try (PreparedStatement delete = connection.prepareStatement(EXPIRE_NUMBERS)) {
      delete.setObject(1, now.minusDays(1));
      delete.setInt(2, limit);
      return delete.executeUpdate();
    }
  }
}
