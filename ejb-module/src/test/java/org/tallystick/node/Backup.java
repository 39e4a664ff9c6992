package org.tallystick.node;

import jakarta.persistence.EntityManager;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.persistence.sessions.server.ServerSession;

/**
 * All that a backup of the bank's database holds: every table of its schema and where every
 * sequence stood. Put back it makes the bank forget whatever came after, as a restore would.
 */
public final class Backup {
  private static final String TABLES =
      "select table_name from information_schema.tables where table_schema = 'public'"
          + " and table_type = 'BASE TABLE' and table_name <> 'flyway_schema_history' order by 1";
  private static final String SEQUENCES =
      "select sequencename, coalesce(last_value, start_value), last_value is not null"
          + " from pg_sequences where schemaname = 'public'";

  private final List<String> putBack = new ArrayList<>();
  private final Map<String, String> contents;

  private Backup(Map<String, String> contents) {
    this.contents = contents;
  }

  /** Takes one; it stays beside the database until it is put back. */
  public static Backup take(EntityManager entities) {
    Backup backup = new Backup(contents(entities));
    work(
        entities,
        statement -> {
          statement.execute("drop schema if exists backup cascade");
          statement.execute("create schema backup");
          List<String> tables = tables(statement);
          backup.putBack.add("truncate " + String.join(", ", tables));
          for (String table : tables) {
            statement.execute("create table backup." + table + " as table public." + table);
            backup.putBack.add(
                "insert into " + table + " overriding system value select * from backup." + table);
          }
          try (ResultSet sequences = statement.executeQuery(SEQUENCES)) {
            while (sequences.next()) {
              backup.putBack.add(
                  "select setval('%s', %d, %b)"
                      .formatted(
                          sequences.getString(1), sequences.getLong(2), sequences.getBoolean(3)));
            }
          }
        });
    return backup;
  }

  /**
   * Puts all of it back, also what is never changed otherwise; ids that the node has drawn ahead
   * are forgotten, as when it starts again.
   */
  public void restore(EntityManager entities) {
    entities.unwrap(ServerSession.class).getSequencingControl().initializePreallocated();
    work(
        entities,
        statement -> {
          statement.execute("set local session_replication_role = replica"); // no triggers
          for (String one : putBack) {
            statement.execute(one);
          }
        });
  }

  /** What was saved. */
  public Map<String, String> contents() {
    return contents;
  }

  /** One digest of its rows for each table. */
  public static Map<String, String> contents(EntityManager entities) {
    Map<String, String> contents = new TreeMap<>();
    work(
        entities,
        statement -> {
          for (String table : tables(statement)) {
            try (ResultSet found =
                statement.executeQuery(
                    "select coalesce(md5(string_agg(t::text, ' ' order by t::text)), '') from "
                        + table
                        + " t")) {
              found.next();
              contents.put(table, found.getString(1));
            }
          }
        });
    return contents;
  }

  /** The tables of the schema. */
  public static List<String> tables(Statement statement) throws SQLException {
    List<String> tables = new ArrayList<>();
    try (ResultSet found = statement.executeQuery(TABLES)) {
      while (found.next()) {
        tables.add(found.getString(1));
      }
    }
    return tables;
  }

  private interface Work {
    void with(Statement statement) throws SQLException;
  }

  private static void work(EntityManager entities, Work work) {
    Server.inTransaction(
        entities,
        () -> {
          try (Statement statement = entities.unwrap(Connection.class).createStatement()) {
            work.with(statement);
            return true;
          } catch (SQLException e) {
            throw new IllegalStateException(e);
          }
        });
  }
}
