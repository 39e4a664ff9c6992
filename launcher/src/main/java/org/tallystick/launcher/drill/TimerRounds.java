package org.tallystick.launcher.drill;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;
import org.tallystick.launcher.LaunchException;

/**
 * Counts the rounds of the bank's timers, which all nodes together do once in each period: read
 * from the database, past the server.
 *
 * @param atNanos when it was read
 * @param rounds of each timer; empty where this version of the bank does not count them
 */
record TimerRounds(long atNanos, Map<String, Timer> rounds) {
  /**
   * One timer.
   *
   * @param rounds that it has done
   * @param period in milliseconds, as the bank itself says; 0 where it does not
   */
  record Timer(long rounds, long period) {}

  /** A round may be missing where the node that would have done it was being killed. */
  private static final double LEAST_SHARE = 0.7;

  static TimerRounds read(Floor floor) {
    Map<String, Timer> rounds = new TreeMap<>();
    try (Connection connection =
            floor
                .bank()
                .postgres()
                .orElseThrow(() -> new LaunchException("timers need the drill's own database"))
                .connectAsSuperuser();
        Statement statement = connection.createStatement()) {
      if (exists(statement)) {
        try (ResultSet rows =
            statement.executeQuery("select name, rounds, period_millis from timed_task")) {
          while (rows.next()) {
            rounds.put(rows.getString(1), new Timer(rows.getLong(2), rows.getLong(3)));
          }
        }
      }
    } catch (SQLException e) {
      throw new LaunchException("the timers cannot be read: " + e.getMessage(), e);
    }
    return new TimerRounds(System.nanoTime(), rounds);
  }

  private static boolean exists(Statement statement) throws SQLException {
    try (ResultSet found = statement.executeQuery("select to_regclass('timed_task') is not null")) {
      return found.next() && found.getBoolean(1);
    }
  }

  /** How many timers have not gone at their pace since the earlier reading; a line for each. */
  int wrongSince(TimerRounds earlier, Drill.Run run) {
    double millis = (atNanos - earlier.atNanos) / 1e6;
    int wrong = 0;
    for (Map.Entry<String, Timer> entry : rounds.entrySet()) {
      Timer timer = entry.getValue();
      Timer before = earlier.rounds.get(entry.getKey());
      long done = timer.rounds() - (before == null ? 0 : before.rounds());
      double due = timer.period() == 0 ? -1 : millis / timer.period();
      boolean good = timer.period() > 0 && done <= due + 1.5 && done >= LEAST_SHARE * due - 1.5;
      wrong += good ? 0 : 1;
      run.out()
          .println(
              Json.line("timer", entry.getKey(), "rounds", done, "periods", due, "at_pace", good));
    }
    return wrong;
  }
}
