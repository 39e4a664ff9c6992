package org.tallystick.device;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.OffsetDateTime;

/**
 * What proofs of a device's level PINs are checked with, wrapped; one row for each level that is
 * set. Whoever calls this has locked the device's sequencer. Each method is one round trip.
 *
 * <p>Source: docs/PROTOCOL.md section 7.
 */
public final class LevelPinRows {
  static final String REMOVE = "delete from level_pin where device_pk = ? and level = ?";

  private final Connection connection;

  /** Rows over the connection, which stays the caller's. */
  public LevelPinRows(Connection connection) {
    this.connection = connection;
  }

  /**
   * Sets the PIN of a level; one that was set before is gone.
   *
   * @param device index of the device
   * @param level 1 to 7
   */
  public void set(long device, int level, byte[] verifierWrapped, OffsetDateTime at)
      throws SQLException {
    try (PreparedStatement upsert =
        connection.prepareStatement(
            "insert into level_pin (device_pk, level, verifier_wrapped, set_at)"
                + " values (?, ?, ?, ?) on conflict (device_pk, level) do update"
                + " set verifier_wrapped = excluded.verifier_wrapped, set_at = excluded.set_at")) {
      upsert.setLong(1, device);
      upsert.setInt(2, level);
      upsert.setBytes(3, verifierWrapped);
      upsert.setObject(4, at);
      upsert.executeUpdate();
    }
  }

  /** Removes the PIN of a level, if there is one. */
  public void remove(long device, int level) throws SQLException {
    try (PreparedStatement delete = connection.prepareStatement(REMOVE)) {
      delete.setLong(1, device);
      delete.setInt(2, level);
      delete.executeUpdate();
    }
  }
}
