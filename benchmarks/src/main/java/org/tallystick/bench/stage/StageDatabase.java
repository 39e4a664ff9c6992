package org.tallystick.bench.stage;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;
import org.tallystick.bench.stage.server.StageSettings.Plant;

/** A real PostgreSQL of its own folder, with plain defaults and fsync on. */
public final class StageDatabase implements AutoCloseable {
  /** Devices that exist; their ids are 0 up to this. */
  static final int DEVICES = 1_000;

  private final EmbeddedPostgres postgres;
  private final Path folder;

  /**
   * Starts the database and creates the tables.
   *
   * @param work an existing folder that gets the binaries and the data
   * @param plant the defect to plant, if it is one of the tables
   * @throws IOException if the database does not start
   * @throws SQLException if the tables cannot be created
   */
  public StageDatabase(Path work, Plant plant) throws IOException, SQLException {
    folder = work.resolve("pg");
    postgres =
        EmbeddedPostgres.builder()
            .setDataDirectory(folder)
            .setOverrideWorkingDirectory(work.resolve("pg-binaries").toFile())
            .setCleanDataDirectory(true)
            .setServerConfig("fsync", "on")
            .setServerConfig("synchronous_commit", "on")
            .setServerConfig("full_page_writes", "on")
            .setServerConfig("max_connections", "100")
            .start();
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      boolean unique = plant != Plant.NO_UNIQUE;
      for (String sql : schema(unique)) {
        statement.execute(sql);
      }
    }
  }

  /** Returns a JDBC address with a bounded lock wait. */
  String url() {
    return "jdbc:postgresql://127.0.0.1:"
        + postgres.getPort()
        + "/postgres?options=-c%20lock_timeout=2000&ApplicationName=stage";
  }

  /** Returns connections as the administrator. */
  public DataSource dataSource() {
    return postgres.getPostgresDatabase();
  }

  Connection connect() throws SQLException {
    return postgres.getPostgresDatabase().getConnection();
  }

  /** Returns the process id of the postmaster, whose children do the work. */
  long pid() throws IOException {
    return Long.parseLong(Files.readAllLines(folder.resolve("postmaster.pid")).get(0).strip());
  }

  /**
   * Runs a query.
   *
   * @param sql a query for one number
   * @return the number
   * @throws SQLException if the query fails
   */
  public long number(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      result.next();
      return result.getLong(1);
    }
  }

  String text(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      result.next();
      return result.getString(1);
    }
  }

  long deadlocks() throws SQLException {
    return number("select coalesce(sum(deadlocks), 0) from pg_stat_database");
  }

  /**
   * Counts the halves.
   *
   * @return how many halves are stored, doubled ones as often as they are
   * @throws SQLException if the query fails
   */
  public long stored() throws SQLException {
    return number("select count(*) from half");
  }

  @Override
  public void close() throws IOException {
    postgres.close();
  }

  private static List<String> schema(boolean unique) {
    return List.of(
        "create table sequencer (device bigint primary key, last bigint not null)",
        "insert into sequencer select d, -1 from generate_series(0, " + (DEVICES - 1) + ") d",
        "create table half (transaction uuid not null, role smallint not null"
            + " check (role in (1, 2)), device bigint not null, n bigint not null,"
            + " body text not null)",
        unique
            ? "alter table half add primary key (transaction, role), add unique (device, n)"
            : "create index on half (transaction, role)",
        "create table payment (transaction uuid primary key, roles int not null,"
            + " paired boolean not null)",
        "create table inbox (id bigint generated always as identity primary key,"
            + " message text not null, attempts int not null default 0,"
            + " due timestamptz not null default now())");
  }
}
