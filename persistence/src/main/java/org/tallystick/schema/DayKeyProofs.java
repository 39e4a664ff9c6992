package org.tallystick.schema;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * A word wrapped under each day's key by the first node that used it. Who cannot open it holds
 * another key of that day than the rest.
 */
public final class DayKeyProofs {
  private final DataSource database;

  /** Proofs in the database. */
  public DayKeyProofs(DataSource database) {
    this.database = database;
  }

  /** Keeps the proof if it is the day's first, and returns the one that is kept. */
  public byte[] keptOr(int day, byte[] wrapped, String node) {
    try (Connection connection = database.getConnection();
        PreparedStatement insert =
            connection.prepareStatement(
                "insert into day_key_proof (day, wrapped, node, made_at) values (?, ?, ?, now())"
                    + " on conflict (day) do nothing");
        PreparedStatement query =
            connection.prepareStatement("select wrapped from day_key_proof where day = ?")) {
      insert.setInt(1, day);
      insert.setBytes(2, wrapped);
      insert.setString(3, node);
      insert.executeUpdate();
      query.setInt(1, day);
      try (ResultSet found = query.executeQuery()) {
        if (!found.next()) {
          throw new IllegalStateException("the proof of day key " + day + " is missing");
        }
        return found.getBytes(1);
      }
    } catch (SQLException e) {
      throw new IllegalStateException("the proof of a day key cannot be read", e);
    }
  }
}
