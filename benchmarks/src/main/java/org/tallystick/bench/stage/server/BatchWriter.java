package org.tallystick.bench.stage.server;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import javax.sql.DataSource;

/** Commits batches of halves; where a batch fails, each of its halves alone. */
final class BatchWriter {
  static final LongAdder STORED = new LongAdder();
  static final LongAdder BATCHES = new LongAdder();
  static final LongAdder SINGLES = new LongAdder();
  static final LongAdder DELAY_MILLIS = new LongAdder();

  private static final int PING_TIMEOUT_SECONDS = 2;

  private final DataSource dataSource;

  BatchWriter(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /**
   * Stores a batch in one transaction, or where that fails each half in its own.
   *
   * @return the halves that cannot be stored, each with the reason
   * @throws SQLException if the database as a whole is not available: no half is to blame
   */
  Map<Half, SQLException> store(List<Half> halves) throws SQLException {
    if (halves.isEmpty()) {
      return Map.of();
    }
    try {
      commit(halves);
      return Map.of();
    } catch (SQLException e) {
      throwIfUnavailable(e);
      return storeSingly(halves);
    }
  }

  /** Returns whether the database answers. */
  boolean answers() {
    try (Connection connection = dataSource.getConnection()) {
      return connection.isValid(PING_TIMEOUT_SECONDS);
    } catch (SQLException e) {
      return false;
    }
  }

  /** Opens a connection whose work is committed by hand. */
  Connection open() throws SQLException {
    Connection connection = dataSource.getConnection();
    connection.setAutoCommit(false);
    return connection;
  }

  private Map<Half, SQLException> storeSingly(List<Half> halves) throws SQLException {
    Map<Half, SQLException> failures = new HashMap<>();
    for (Half half : halves) {
      try {
        commit(List.of(half));
        SINGLES.increment();
      } catch (SQLException e) {
        throwIfUnavailable(e);
        failures.put(half, e);
      }
    }
    return failures;
  }

  private void commit(List<Half> halves) throws SQLException {
    int added;
    try (Connection connection = open()) {
      try {
        added = HalfStore.write(connection, halves);
        connection.commit();
      } catch (SQLException e) {
        connection.rollback();
        throw e;
      }
    }
    count(halves, added);
  }

  /** Adds a committed batch to the figures; repeated halves were counted the first time. */
  static void count(List<Half> halves, int added) {
    long now = System.currentTimeMillis();
    halves.forEach(half -> DELAY_MILLIS.add(now - half.sentAtMillis()));
    STORED.add(added);
    BATCHES.increment();
  }

  /** Classes 08, 53, 57 and 58 mean the server, not the statement. */
  static void throwIfUnavailable(SQLException e) throws SQLException {
    String state = String.valueOf(e.getSQLState());
    List<String> outage = List.of("08", "53", "57", "58", "null");
    if (outage.stream().anyMatch(state::startsWith)) {
      throw e;
    }
  }
}
