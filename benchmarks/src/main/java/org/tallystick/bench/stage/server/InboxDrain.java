package org.tallystick.bench.stage.server;

import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Form {@code inbox}, second part: takes up to 32 inbox rows that nobody else holds, stores them
 * and deletes the rows in the same transaction.
 */
final class InboxDrain implements Runnable {
  private static final Logger LOG = System.getLogger(InboxDrain.class.getName());
  private static final String TAKE =
      "select id, message, attempts from inbox where due <= now() order by id limit ?"
          + " for update skip locked";
  private static final String DELETE = "delete from inbox where id = any(?)";
  private static final String POSTPONE =
      "update inbox set attempts = attempts + 1,"
          + " due = now() + interval '200 milliseconds' * (attempts + 1) where id = any(?)";
  private static final long IDLE_MILLIS = 5;
  private static final long OUTAGE_MILLIS = 500;

  private final ConnectionFactory factory;
  private final BatchWriter writer;
  private final CountDownLatch stopped;
  private int limit = StageSettings.BATCH;
  private int singlesLeft;

  InboxDrain(ConnectionFactory factory, BatchWriter writer, CountDownLatch stopped) {
    this.factory = factory;
    this.writer = writer;
    this.stopped = stopped;
  }

  @Override
  public void run() {
    boolean stop = false;
    while (!stop) {
      long waitMillis;
      try (Connection connection = writer.open()) {
        waitMillis = drain(connection) < limit ? IDLE_MILLIS : 0;
      } catch (SQLException | JMSException e) {
        LOG.log(Level.WARNING, "the inbox could not be drained, trying again", e);
        waitMillis = OUTAGE_MILLIS;
      }
      stop = pause(waitMillis);
    }
  }

  /** Takes a batch; after a failed one the next 32 rows one at a time. */
  private int drain(Connection connection) throws SQLException, JMSException {
    Map<Long, Half> rows = new TreeMap<>();
    Object[] ids = {};
    boolean lastAttempt = false;
    int added = 0;
    try {
      try (PreparedStatement statement = connection.prepareStatement(TAKE)) {
        statement.setInt(1, limit);
        try (ResultSet result = statement.executeQuery()) {
          while (result.next()) {
            rows.put(result.getLong(1), Half.parse(result.getString(2)));
            lastAttempt = result.getInt(3) + 1 >= StageSettings.MAX_ATTEMPTS;
          }
        }
      }
      ids = rows.keySet().toArray();
      List<Half> halves = rows.values().stream().distinct().toList();
      if (!halves.isEmpty()) {
        added = HalfStore.write(connection, halves);
        update(connection, DELETE, ids);
      }
      connection.commit();
      if (!halves.isEmpty()) {
        BatchWriter.count(halves, added);
      }
    } catch (SQLException e) {
      connection.rollback();
      BatchWriter.throwIfUnavailable(e);
      blame(connection, rows, ids, lastAttempt);
    }
    singlesLeft = Math.max(0, singlesLeft - 1);
    limit = singlesLeft > 0 ? 1 : StageSettings.BATCH;
    return rows.size();
  }

  private void blame(Connection connection, Map<Long, Half> rows, Object[] ids, boolean last)
      throws SQLException, JMSException {
    if (ids.length > 1) {
      singlesLeft = StageSettings.BATCH + 1;
      return;
    }
    BatchWriter.SINGLES.increment();
    int changed = update(connection, last ? DELETE : POSTPONE, ids);
    if (last && changed == 1) {
      try (HalfSender sender = new HalfSender(factory)) {
        for (Half half : rows.values()) {
          sender.bury(half.text());
        }
      }
    }
    connection.commit();
  }

  private static int update(Connection connection, String sql, Object[] ids) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setArray(1, connection.createArrayOf("bigint", ids));
      return statement.executeUpdate();
    }
  }

  private boolean pause(long millis) {
    try {
      return stopped.await(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }
}
