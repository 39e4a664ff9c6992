package org.tallystick.launcher.drill;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
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
record TimerRounds(long atNanos, Map<String, Long> rounds) {
  private static final Map<String, Duration> PERIODS =
      Map.of(
          "sweep", Duration.ofSeconds(1),
          "folding", Duration.ofMinutes(1),
          "enrolment-expiry", Duration.ofMinutes(1));

  /** A round may be missing where the node that would have done it was being killed. */
  private static final double LEAST_SHARE = 0.7;

  static TimerRounds read(Floor floor) {
    Map<String, Long> rounds = new TreeMap<>();
    try (Connection connection =
            floor
                .bank()
                .postgres()
                .orElseThrow(() -> new LaunchException("timers need the drill's own database"))
                .connectAsSuperuser();
        Statement statement = connection.createStatement()) {
      if (exists(statement)) {
        try (ResultSet rows = statement.executeQuery("select name, rounds from timed_task")) {
          while (rows.next()) {
            rounds.put(rows.getString(1), rows.getLong(2));
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
    double seconds = (atNanos - earlier.atNanos) / 1e9;
    int wrong = 0;
    for (Map.Entry<String, Long> timer : rounds.entrySet()) {
      long done = timer.getValue() - earlier.rounds.getOrDefault(timer.getKey(), 0L);
      Duration period = PERIODS.get(timer.getKey());
      double due = period == null ? -1 : seconds / period.toSeconds();
      boolean good = done <= due + 1.5 && done >= LEAST_SHARE * due - 1.5;
      wrong += good ? 0 : 1;
      run.out()
          .println(
              Json.line("timer", timer.getKey(), "rounds", done, "periods", due, "at_pace", good));
    }
    return wrong;
  }
}
