package org.tallystick.launcher;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import org.postgresql.PGConnection;

/**
 * The superuser, who only sets things up, and the owner of the bank's database, as whom the server
 * works.
 */
final class PostgresRoles {
  static final String SUPERUSER = "postgres";
  static final String OWNER = "tallystick";
  private static final String DATABASE = "tallystick";

  private final int port;
  private final String superuserPassword;
  private final String ownerPassword;

  private PostgresRoles(int port, String superuserPassword, String ownerPassword) {
    this.port = port;
    this.superuserPassword = superuserPassword;
    this.ownerPassword = ownerPassword;
  }

  static PostgresRoles in(Path folder, int port, SecureRandom random) throws IOException {
    return new PostgresRoles(
        port,
        SecretFile.readOrCreate(superuserPasswordFile(folder), random),
        SecretFile.readOrCreate(folder.resolve("owner-password"), random));
  }

  static Path superuserPasswordFile(Path folder) {
    return folder.resolve("superuser-password");
  }

  String url() {
    return url(DATABASE);
  }

  String ownerPassword() {
    return ownerPassword;
  }

  private String url(String database) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
  }

  boolean superuserConnects() {
    try (Connection connection = connect()) {
      return connection.isValid(1);
    } catch (SQLException e) {
      return false;
    }
  }

  /** Makes role and database where missing; the password leaves this process only as a verifier. */
  void ensureDatabase() throws SQLException {
    try (Connection connection = connect()) {
      if (!exists(connection, "select 1 from pg_roles where rolname = '" + OWNER + "'")) {
        execute(connection, "create role " + OWNER + " login");
      }
      connection
          .unwrap(PGConnection.class)
          .alterUserPassword(OWNER, ownerPassword.toCharArray(), "scram-sha-256");
      execute(connection, "alter role " + OWNER + " set lock_timeout = '5s'");
      if (!exists(connection, "select 1 from pg_database where datname = '" + DATABASE + "'")) {
        execute(connection, "create database " + DATABASE + " owner " + OWNER);
      }
    }
  }

  private Connection connect() throws SQLException {
    return connect(SUPERUSER);
  }

  /** As superuser to the bank's own database. */
  Connection connectToBank() throws SQLException {
    return connect(DATABASE);
  }

  private Connection connect(String database) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", SUPERUSER);
    properties.setProperty("password", superuserPassword);
    properties.setProperty("connectTimeout", "5");
    return DriverManager.getConnection(url(database), properties);
  }

  private static boolean exists(Connection connection, String query) throws SQLException {
    try (var statement = connection.createStatement();
        var result = statement.executeQuery(query)) {
      return result.next();
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
