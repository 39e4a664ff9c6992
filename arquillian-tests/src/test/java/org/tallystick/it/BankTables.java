package org.tallystick.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * What is in every table of the bank's database: for each the number of its rows and a sum over
 * their contents, so a row that is changed is seen as one that is added or removed. Tables are
 * those that the database names, so a new one is watched from its first day.
 *
 * @param contents rows and sum by table
 */
record BankTables(Map<String, Content> contents) {
  /**
   * What is in one table.
   *
   * @param rows how many
   * @param sum over their contents
   */
  private record Content(long rows, String sum) {}

  /** Tables that change without anybody's input, and why. */
  private static final Map<String, String> BY_THEMSELVES =
      Map.of(
          "timed_task", "which node ran which timer last",
          "account_balance", "a timer adds up credits: watched as BALANCES",
          "posting_unfolded", "the credits that it adds up: watched as BALANCES",
          "webhook", "an earlier event arrives or fails: watched as WEBHOOKS",
          "webhook_delivery", "an earlier event is tried again: watched as DELIVERIES");

  /** What the two tables of balances say together, which adding up does not change. */
  private static final String BALANCES =
      """
      (select b.account_id, b.held_minor, b.posted_minor
         + coalesce((select sum(u.amount_minor) from posting_unfolded u
                     where u.account_id = b.account_id), 0) from account_balance b)
      """;

  /** What was asked for, without since when nothing arrives and how often a row was written. */
  private static final String WEBHOOKS =
      "(select id, public_id, institution_id, client_id, url, events, state, paused_because,"
          + " secret_sealed, former_sealed, former_until, created_at from webhook)";

  /** What is to be delivered, which another try does not change. */
  private static final String DELIVERIES =
      "(select id, public_id, webhook_id, type, body, created_at from webhook_delivery)";

  /** Tables from which timers take what has expired; nothing is added to them by that. */
  private static final Set<String> EXPIRING =
      Set.of(
          "partner_token",
          "partner_assertion",
          "idempotent_answer",
          "request_reply",
          "enrolment",
          "staff_challenge",
          "staff_session");

  /** Longer than the period of any timer that writes what follows from an earlier request. */
  private static final long QUIET_MILLIS = 11_000;

  private static final int MOST_LOOKS = 6;

  /** All tables as they are at one moment. */
  static BankTables now() {
    try (Connection bank = connect();
        Statement statement = bank.createStatement()) {
      List<String> tables = new ArrayList<>();
      try (ResultSet names =
          statement.executeQuery(
              "select quote_ident(table_schema) || '.' || quote_ident(table_name), table_name"
                  + " from information_schema.tables where table_type = 'BASE TABLE'"
                  + " and table_schema not in ('information_schema', 'pg_catalog')")) {
        while (names.next()) {
          if (!BY_THEMSELVES.containsKey(names.getString(2))) {
            tables.add(names.getString(1));
          }
        }
      }
      assertThat(tables).hasSizeGreaterThan(60);
      tables.add(BALANCES);
      tables.add(WEBHOOKS);
      tables.add(DELIVERIES);
      return new BankTables(contents(statement, tables));
    } catch (SQLException | IOException e) {
      throw new IllegalStateException("the bank's tables cannot be read", e);
    }
  }

  /** All tables when nothing that was begun before is still being written; things may expire. */
  static BankTables quiet() throws InterruptedException {
    BankTables last = now();
    List<String> changed = List.of();
    for (int look = 0; look < MOST_LOOKS; look++) {
      TimeUnit.MILLISECONDS.sleep(QUIET_MILLIS);
      BankTables next = now();
      changed = next.changedSince(last);
      if (changed.isEmpty()) {
        return next;
      }
      last = next;
    }
    throw new AssertionError("the bank does not come to rest: " + changed);
  }

  /** Tables that differ, with what was in them and what is. */
  List<String> changedSince(BankTables before) {
    List<String> changed = new ArrayList<>();
    contents.forEach(
        (table, content) -> {
          Content was = before.contents.getOrDefault(table, new Content(-1, "no table"));
          boolean expired = EXPIRING.contains(name(table)) && content.rows() < was.rows();
          if (!was.equals(content) && !expired) {
            changed.add(table + ": " + was + " is " + content);
          }
        });
    return List.copyOf(changed);
  }

  /** Fails where anything but these tables has changed since; gives what is there now. */
  BankTables assertUnchanged(String what, String... exceptions) {
    BankTables now = now();
    List<String> changed = new ArrayList<>(now.changedSince(this));
    for (String table : exceptions) {
      changed.removeIf(line -> name(line.substring(0, line.indexOf(':'))).equals(table));
    }
    assertThat(changed).as("tables that %s has changed", what).isEmpty();
    return now;
  }

  private static String name(String table) {
    return table.substring(table.indexOf('.') + 1);
  }

  static Connection connect() throws SQLException, IOException {
    String password = System.getenv("TALLYSTICK_DB_PASSWORD");
    if (password == null) {
      password = Files.readString(Path.of(System.getenv("TALLYSTICK_DB_PASSWORD_FILE"))).strip();
    }
    return DriverManager.getConnection(
        System.getenv("TALLYSTICK_DB_URL"), System.getenv("TALLYSTICK_DB_USER"), password);
  }

  /** One statement, so that all of it is one moment. */
  private static Map<String, Content> contents(Statement statement, List<String> tables)
      throws SQLException {
    List<String> each =
        tables.stream()
            .map(
                table ->
                    "select '%s', count(*), coalesce(sum(hashtextextended(t::text, 0)), 0)::text from %s t"
                        .formatted(table.replace("'", "''").strip(), table))
            .toList();
    Map<String, Content> contents = new TreeMap<>();
    try (ResultSet rows = statement.executeQuery(String.join(" union all ", each))) {
      while (rows.next()) {
        contents.put(rows.getString(1), new Content(rows.getLong(2), rows.getString(3)));
      }
    }
    return Map.copyOf(contents);
  }
}
