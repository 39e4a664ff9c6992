package org.tallystick.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** The counts of failed attempts in the bank's database, so that an account never has to rest. */
final class Attempts implements AutoCloseable {
  private final Connection database;

  Attempts() throws IOException, SQLException {
    String given = System.getenv("TALLYSTICK_DB_PASSWORD");
    database =
        DriverManager.getConnection(
            System.getenv("TALLYSTICK_DB_URL"),
            System.getenv("TALLYSTICK_DB_USER"),
            given != null
                ? given
                : Files.readString(Path.of(System.getenv("TALLYSTICK_DB_PASSWORD_FILE"))).strip());
  }

  /** As a right password does. */
  void forget(String user) {
    try (PreparedStatement update =
        database.prepareStatement(
            "update staff_user set failures = 0, locked_until = null where name = ?")) {
      update.setString(1, user);
      update.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() throws SQLException {
    database.close();
  }
}
