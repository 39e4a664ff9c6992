package org.tallystick.request;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;

/** All rekeys, written once; each method is one round trip. */
public final class RekeyRows {
  static final String NOT_DUE_SINCE =
      "select count(*) from rekey where device_pk = ? and at > ? and not due";

  private final Connection connection;

  /** Rows over the connection, which stays the caller's. */
  public RekeyRows(Connection connection) {
    this.connection = connection;
  }

  /**
   * One rekey.
   *
   * @param device index of the device
   * @param baseEpoch that it started from
   * @param textHash of the request, 32 bytes
   * @param newEpoch that it led to
   * @param due whether there was need of it
   * @param at bank clock
   */
  public record Row(
      long device,
      long baseEpoch,
      byte[] textHash,
      long newEpoch,
      boolean due,
      OffsetDateTime at) {}

  /** Remembers a rekey; a second one from the same epoch is an error. */
  public void insert(Row row) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into rekey (device_pk, base_epoch, text_hash, new_epoch, due, at)"
                + " values (?, ?, ?, ?, ?, ?)")) {
      insert.setLong(1, row.device());
      insert.setLong(2, row.baseEpoch());
      insert.setBytes(3, row.textHash());
      insert.setLong(4, row.newEpoch());
      insert.setBoolean(5, row.due());
      insert.setObject(6, row.at());
      insert.executeUpdate();
    }
  }

  /** How many rekeys of a device without need there were after a moment. */
  public int notDueSince(long device, OffsetDateTime since) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(NOT_DUE_SINCE)) {
      query.setLong(1, device);
      query.setObject(2, since);
      try (ResultSet found = query.executeQuery()) {
        found.next();
        return found.getInt(1);
      }
    }
  }
}
