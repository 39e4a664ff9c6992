package org.tallystick.log;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The lines of all devices' logs, written once; each method is one round trip. */
public final class LogRows {
  static final String PAGE =
      "select log_index, column1, column2, column3, salt, details, half_id from log_line"
          + " where device_pk = ? and log_index >= ? order by log_index limit ?";

  private final Connection connection;

  /** Rows over the connection, which stays the caller's. */
  public LogRows(Connection connection) {
    this.connection = connection;
  }

  /**
   * One line with what opens its commitment.
   *
   * @param device index of the device
   * @param line the line
   * @param salt 16 bytes
   * @param details what the line commits to
   * @param half number of the half that it is about; null where it is about none
   */
  public record Row(long device, LogLine line, byte[] salt, byte[] details, @Nullable Long half) {}

  /** Stores new lines. */
  public void insert(Collection<Row> lines) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into log_line (device_pk, log_index, column1, column2, column3, salt, details,"
                + " half_id) values (?, ?, ?, ?, ?, ?, ?, ?)")) {
      for (Row row : lines) {
        insert.setLong(1, row.device());
        insert.setLong(2, row.line().index());
        insert.setBytes(3, row.line().column1());
        insert.setBytes(4, row.line().column2());
        insert.setBytes(5, row.line().column3());
        insert.setBytes(6, row.salt());
        insert.setBytes(7, row.details());
        insert.setObject(8, row.half(), Types.BIGINT);
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  /** Lines of one device from an index on, ascending. */
  public List<Row> page(long device, long from, int limit) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(PAGE)) {
      query.setLong(1, device);
      query.setLong(2, from);
      query.setInt(3, limit);
      List<Row> rows = new ArrayList<>();
      try (ResultSet found = query.executeQuery()) {
        while (found.next()) {
          LogLine line =
              new LogLine(
                  found.getLong(1), found.getBytes(2), found.getBytes(3), found.getBytes(4));
          rows.add(
              new Row(
                  device,
                  line,
                  found.getBytes(5),
                  found.getBytes(6),
                  found.getObject(7, Long.class)));
        }
      }
      return rows;
    }
  }
}
