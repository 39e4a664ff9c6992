package org.tallystick.request;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Optional;

/**
 * What the bank keeps for a while under a transaction number: bills that wait to be fetched, and
 * numbers that it drew itself. Each method is one round trip.
 */
public final class ReservedRows {
  static final String FIND = "select bill from lodged_bill where number = ? and expires_at >= ?";

  /**
   * A second bill under one number is for who lodged the first, or for anybody once that is over.
   */
  static final String LODGE =
      "insert into lodged_bill as held (number, device_pk, bill, expires_at) values (?, ?, ?, ?)"
          + " on conflict (number) do update set device_pk = excluded.device_pk,"
          + " bill = excluded.bill, expires_at = excluded.expires_at"
          + " where held.device_pk = excluded.device_pk or held.expires_at < ?";

  static final String LODGED =
      "select count(*) from lodged_bill where device_pk = ? and expires_at >= ? and number <> ?";

  /** Devices of one account draw one after the other, so that none of them passes the limit. */
  static final String LOCK_ACCOUNT = "select id from party where id = ? for no key update";

  static final String OPEN =
      "select count(*) from issued_number"
          + " where party_id = ? and used_at is null and expires_at >= ?";

  static final String EXPIRE_BILLS =
      "delete from lodged_bill where ctid = any (array(select ctid from lodged_bill"
          + " where expires_at < ? order by expires_at limit ? for update skip locked))";

  static final String EXPIRE_NUMBERS =
      "delete from issued_number where ctid = any (array(select ctid from issued_number"
          + " where expires_at < ? order by expires_at limit ? for update skip locked))";

  private final Connection connection;

  /** Rows over the connection, which stays the caller's. */
  public ReservedRows(Connection connection) {
    this.connection = connection;
  }

  /** Keeps a bill until it expires; false where another device's lies there. */
  public boolean lodge(
      String number, long device, byte[] bill, OffsetDateTime expiresAt, OffsetDateTime now)
      throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(LODGE)) {
      insert.setString(1, number);
      insert.setLong(2, device);
      insert.setBytes(3, bill);
      insert.setObject(4, expiresAt);
      insert.setObject(5, now);
      return insert.executeUpdate() == 1;
    }
  }

  /** How many bills of a device wait to be fetched, under other numbers than this one. */
  public long lodged(long device, String butUnder, OffsetDateTime now) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(LODGED)) {
      query.setLong(1, device);
      query.setObject(2, now);
      query.setString(3, butUnder);
      try (ResultSet found = query.executeQuery()) {
        found.next();
        return found.getLong(1);
      }
    }
  }

  /** The bill under a number, while it is good. */
  public Optional<byte[]> bill(String number, OffsetDateTime now) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(FIND)) {
      query.setString(1, number);
      query.setObject(2, now);
      try (ResultSet found = query.executeQuery()) {
        return found.next() ? Optional.of(found.getBytes(1)) : Optional.empty();
      }
    }
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

  /** Forgets bills that expired before {@code now}, and tells how many. */
  public int expireBills(OffsetDateTime now, int limit) throws SQLException {
    return expire(EXPIRE_BILLS, now, limit);
  }

  /**
   * Forgets numbers that expired a day before {@code now}, and tells how many: a code that came in
   * time may be opened that late.
   */
  public int expireNumbers(OffsetDateTime now, int limit) throws SQLException {
    return expire(EXPIRE_NUMBERS, now.minusDays(1), limit);
  }

  private int expire(String sql, OffsetDateTime now, int limit) throws SQLException {
    try (PreparedStatement delete = connection.prepareStatement(sql)) {
      delete.setObject(1, now);
      delete.setInt(2, limit);
      return delete.executeUpdate();
    }
  }
}
