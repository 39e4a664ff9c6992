package org.tallystick.schema;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.tallystick.crypto.ConstantTime;

/**
 * Compares the node's key-encryption key with the one that the database was first used with.
 *
 * <p>A node with another key could open nothing and would write what the others cannot open.
 */
public final class KeyCheck {
  private KeyCheck() {}

  /**
   * Remembers the value at the first start and compares it at each later one.
   *
   * @throws IllegalStateException if the database belongs to another key
   */
  public static void require(DataSource database, byte[] checkValue) {
    try (Connection connection = database.getConnection()) {
      remember(connection, checkValue);
      if (!ConstantTime.equal(remembered(connection), checkValue)) {
        throw new IllegalStateException(
            "this database was written under another key-encryption key: start this node with the"
                + " key folder that belongs to it (TALLYSTICK_KEYS), or with another database");
      }
    } catch (SQLException e) {
      throw new IllegalStateException("the key-check value cannot be read", e);
    }
  }

  private static void remember(Connection connection, byte[] checkValue) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into key_check (id, value) values (1, ?) on conflict (id) do nothing")) {
      insert.setBytes(1, checkValue);
      insert.executeUpdate();
    }
  }

  private static byte[] remembered(Connection connection) throws SQLException {
    try (PreparedStatement query =
            connection.prepareStatement("select value from key_check where id = 1");
        ResultSet found = query.executeQuery()) {
      if (!found.next()) {
        throw new IllegalStateException("the key-check value is missing");
      }
      return found.getBytes(1);
    }
  }
}
