package org.tallystick.bench.stage.server;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes halves, the same way for every form of the stage, inside the caller's transaction.
 *
 * <p>Locks in one order everywhere: sequencer rows by device, half keys by transaction and role,
 * payment rows by transaction. Writing a half a second time changes nothing.
 */
final class HalfStore {
  private static final String LOCK_DEVICES =
      "select device from sequencer where device = any(?) order by device for update";
  private static final String INSERT_HALF =
      "insert into half (transaction, role, device, n, body) values (?, ?, ?, ?, ?)"
          + " on conflict do nothing";
  private static final String ADVANCE_DEVICE =
      "update sequencer set last = ? where device = ? and last < ?";
  private static final String MARK_PAYMENT =
      "insert into payment (transaction, roles, paired) values (?, ?, false)"
          + " on conflict (transaction) do update set roles = payment.roles | excluded.roles,"
          + " paired = (payment.roles | excluded.roles) = 3";
  private static final Comparator<Half> BY_KEY =
      Comparator.comparing((Half half) -> half.transaction().toString()).thenComparing(Half::role);

  private HalfStore() {}

  /**
   * Writes a batch.
   *
   * @return how many of the halves were new
   */
  static int write(Connection connection, List<Half> halves) throws SQLException {
    Map<Long, Long> lastByDevice = new TreeMap<>();
    halves.forEach(half -> lastByDevice.merge(half.device(), half.n(), Math::max));
    lock(connection, lastByDevice.keySet().toArray());
    List<Half> sorted = new ArrayList<>(halves);
    sorted.sort(BY_KEY);
    List<Half> added = insert(connection, sorted);
    if (!added.isEmpty()) {
      advance(connection, lastByDevice);
      mark(connection, added);
    }
    return added.size();
  }

  private static void lock(Connection connection, Object[] devices) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(LOCK_DEVICES)) {
      statement.setArray(1, connection.createArrayOf("bigint", devices));
      int found = 0;
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          found++;
        }
      }
      if (found != devices.length) {
        throw new SQLException("a device is unknown", "22023");
      }
    }
  }

  private static List<Half> insert(Connection connection, List<Half> sorted) throws SQLException {
    List<Half> added = new ArrayList<>(sorted.size());
    try (PreparedStatement statement = connection.prepareStatement(INSERT_HALF)) {
      for (Half half : sorted) {
        statement.setObject(1, half.transaction());
        statement.setInt(2, half.role());
        statement.setLong(3, half.device());
        statement.setLong(4, half.n());
        statement.setString(5, half.body());
        statement.addBatch();
      }
      int[] counts = statement.executeBatch();
      for (int i = 0; i < counts.length; i++) {
        if (counts[i] == 1) {
          added.add(sorted.get(i));
        }
      }
    }
    return added;
  }

  private static void advance(Connection connection, Map<Long, Long> lastByDevice)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(ADVANCE_DEVICE)) {
      for (Map.Entry<Long, Long> device : lastByDevice.entrySet()) {
        statement.setLong(1, device.getValue());
        statement.setLong(2, device.getKey());
        statement.setLong(3, device.getValue());
        statement.addBatch();
      }
      statement.executeBatch();
    }
  }

  private static void mark(Connection connection, List<Half> added) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(MARK_PAYMENT)) {
      for (Half half : added) {
        statement.setObject(1, half.transaction());
        statement.setInt(2, half.role());
        statement.addBatch();
      }
      statement.executeBatch();
    }
  }
}
