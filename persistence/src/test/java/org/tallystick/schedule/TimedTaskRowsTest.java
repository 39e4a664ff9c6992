package org.tallystick.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.tallystick.schema.Database;

class TimedTaskRowsTest {
  private static final int NODES = 8;
  private static final Duration HOUR = Duration.ofHours(1);

  private String task = UUID.randomUUID().toString();

  private record Row(String node, long rounds, long periodMillis, boolean due) {}

  private boolean claim(String node, Duration period) throws SQLException {
    try (Connection connection = Database.connect()) {
      boolean mine = new TimedTaskRows(connection).claim(task, node, period);
      connection.commit();
      return mine;
    }
  }

  private Row row() throws SQLException {
    try (Connection connection = Database.connect();
        PreparedStatement query =
            connection.prepareStatement(
                "select node, rounds, period_millis, due_at <= now() from timed_task where name"
                    + " = ?")) {
      query.setString(1, task);
      try (ResultSet found = query.executeQuery()) {
        assertThat(found.next()).isTrue();
        return new Row(found.getString(1), found.getLong(2), found.getLong(3), found.getBoolean(4));
      }
    }
  }

  private void moveDue(String by) throws SQLException {
    try (Connection connection = Database.connect();
        PreparedStatement update =
            connection.prepareStatement(
                "update timed_task set due_at = due_at + ?::interval where name = ?")) {
      update.setString(1, by);
      update.setString(2, task);
      assertThat(update.executeUpdate()).isOne();
      connection.commit();
    }
  }

  private static <T> List<T> together(List<Callable<T>> work) throws Exception {
    CyclicBarrier gate = new CyclicBarrier(work.size());
    ExecutorService threads = Executors.newFixedThreadPool(work.size());
    try {
      List<Future<T>> running =
          work.stream()
              .map(
                  one ->
                      threads.submit(
                          () -> {
                            gate.await();
                            return one.call();
                          }))
              .toList();
      List<T> results = new ArrayList<>();
      for (Future<T> one : running) {
        results.add(one.get());
      }
      return results;
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void claim_byAllNodesAtOnce_hasOneWinner() throws Exception {
    for (int round = 1; round <= 50; round++) {
      assertThat(claimsAtOnce()).as("round %d", round).containsOnlyOnce(true);
      assertThat(row().rounds()).isEqualTo(round);
      moveDue("-1 hour");
    }
  }

  @Test
  void claim_byAllNodesAtOnce_asTheFirstOfAll_hasOneWinner() throws Exception {
    for (int round = 1; round <= 50; round++) {
      task = UUID.randomUUID().toString();
      assertThat(claimsAtOnce()).as("round %d", round).containsOnlyOnce(true);
    }
  }

  private List<Boolean> claimsAtOnce() throws Exception {
    List<Callable<Boolean>> nodes = new ArrayList<>();
    for (int i = 0; i < NODES; i++) {
      String node = "node-" + i;
      nodes.add(() -> claim(node, HOUR));
    }
    return together(nodes);
  }

  /** Nodes in several time zones ask as often as they can: no period is given twice. */
  @Test
  void claim_overManyPeriods_isGivenOnceInEach() throws Exception {
    Duration period = Duration.ofMillis(200);
    long endNanos = System.nanoTime() + Duration.ofSeconds(3).toNanos();
    List<Callable<List<Long>>> nodes = new ArrayList<>();
    for (int i = 0; i < NODES; i++) {
      String node = "node-" + i;
      String zone = i % 2 == 0 ? "Pacific/Kiritimati" : "Asia/Kathmandu";
      nodes.add(() -> periodsWon(node, zone, period, endNanos));
    }
    List<Long> won = together(nodes).stream().flatMap(List::stream).sorted().toList();
    assertThat(won).doesNotHaveDuplicates();
    long periods = won.get(won.size() - 1) - won.get(0) + 1;
    assertThat(periods).isGreaterThan(8);
    // a busy machine may sleep through some
    assertThat(won).hasSizeGreaterThan((int) (periods / 2));
    assertThat(row().rounds()).isEqualTo(won.size());
  }

  private List<Long> periodsWon(String node, String zone, Duration period, long endNanos)
      throws SQLException {
    List<Long> won = new ArrayList<>();
    try (Connection connection = Database.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("set time zone '" + zone + "'");
      connection.commit();
      while (System.nanoTime() < endNanos) {
        if (new TimedTaskRows(connection).claim(task, node, period)) {
          try (ResultSet end =
              statement.executeQuery(
                  "select (extract(epoch from due_at) * 1000)::bigint / %d from timed_task"
                          .formatted(period.toMillis())
                      + " where name = '"
                      + task
                      + "'")) {
            end.next();
            won.add(end.getLong(1));
          }
        }
        connection.commit();
      }
    }
    return won;
  }

  @Test
  void round_ofANodeThatDied_isTakenByAnotherInTheNextPeriod() throws Exception {
    assertThat(claim("node-1", HOUR)).isTrue();
    // node-1 is heard of no more
    assertThat(claim("node-2", HOUR)).isFalse();
    moveDue("-1 hour");
    assertThat(claim("node-2", HOUR)).isTrue();
    assertThat(row()).isEqualTo(new Row("node-2", 2, HOUR.toMillis(), false));
  }

  @Test
  void period_isThatOfTheLastRound() throws Exception {
    assertThat(claim("node-1", HOUR)).isTrue();
    moveDue("-1 hour");
    assertThat(claim("node-1", Duration.ofSeconds(7))).isTrue();
    assertThat(row().periodMillis()).isEqualTo(7_000);
  }

  @Test
  void claim_thatIsNotCommitted_holdsNobodyUp_andCostsNothing() throws Exception {
    claim("node-1", HOUR);
    moveDue("-1 hour");
    try (Connection dying = Database.connect()) {
      assertThat(new TimedTaskRows(dying).claim(task, "node-1", HOUR)).isTrue();
      assertThat(claim("node-2", HOUR)).isFalse();
      dying.rollback();
    }
    assertThat(claim("node-2", HOUR)).isTrue();
  }

  @Test
  void databaseClock_setBack_stopsNoTask() throws Exception {
    claim("node-1", HOUR);
    moveDue("2 hours");
    assertThat(claim("node-2", HOUR)).isTrue();
    assertThat(claim("node-1", HOUR)).isFalse();
  }
}
