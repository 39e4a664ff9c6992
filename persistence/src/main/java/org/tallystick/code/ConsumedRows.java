package org.tallystick.code;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * The used-up numbers, written once and for ever; each method is one round trip however many rows.
 */
public final class ConsumedRows {
  private static final String COLUMNS =
      "c.device_pk, c.epoch, c.n, c.code_hash, c.prev, c.number from consumed_code c";

  /** Finds what codes with these hashes used up. */
  static final String BY_HASH = "select " + COLUMNS + " where c.code_hash = any (?)";

  /** Finds what became of these numbers. */
  static final String BY_NUMBER =
      "select "
          + COLUMNS
          + " join unnest(?::bigint[], ?::bigint[], ?::bigint[]) as w (device_pk, epoch, n)"
          + " on c.device_pk = w.device_pk and c.epoch = w.epoch and c.n = w.n";

  private final Connection connection;

  /** Rows over the connection, which stays the caller's. */
  public ConsumedRows(Connection connection) {
    this.connection = connection;
  }

  /**
   * A number of one device.
   *
   * @param device index
   * @param epoch of its sequencer
   * @param n of its sequencer
   */
  public record At(long device, long epoch, long n) {}

  /** What codes with these hashes used up. */
  public List<ConsumedRow> byHash(Collection<byte[]> codeHashes) throws SQLException {
    if (codeHashes.isEmpty()) {
      return List.of();
    }
    try (PreparedStatement query = connection.prepareStatement(BY_HASH)) {
      query.setArray(1, connection.createArrayOf("bytea", codeHashes.toArray(byte[][]::new)));
      return rows(query);
    }
  }

  /** What became of these numbers; those still free are left out. */
  public List<ConsumedRow> byNumber(Collection<At> places) throws SQLException {
    if (places.isEmpty()) {
      return List.of();
    }
    try (PreparedStatement query = connection.prepareStatement(BY_NUMBER)) {
      query.setArray(
          1, connection.createArrayOf("bigint", places.stream().map(At::device).toArray()));
      query.setArray(
          2, connection.createArrayOf("bigint", places.stream().map(At::epoch).toArray()));
      query.setArray(3, connection.createArrayOf("bigint", places.stream().map(At::n).toArray()));
      return rows(query);
    }
  }

  /** Uses numbers up; a number that is used up already is an error. */
  public void insert(Collection<ConsumedRow> used) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into consumed_code (device_pk, epoch, n, code_hash, prev, number)"
                + " values (?, ?, ?, ?, ?, ?)")) {
      for (ConsumedRow row : used) {
        insert.setLong(1, row.device());
        insert.setLong(2, row.epoch());
        insert.setLong(3, row.n());
        insert.setBytes(4, row.codeHash());
        insert.setBytes(5, row.prev());
        insert.setString(6, row.number());
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  private static List<ConsumedRow> rows(PreparedStatement query) throws SQLException {
    List<ConsumedRow> rows = new ArrayList<>();
    try (ResultSet found = query.executeQuery()) {
      while (found.next()) {
        rows.add(
            new ConsumedRow(
                found.getLong(1),
                found.getLong(2),
                found.getLong(3),
                found.getBytes(4),
                found.getBytes(5),
                found.getString(6)));
      }
    }
    return rows;
  }
}
