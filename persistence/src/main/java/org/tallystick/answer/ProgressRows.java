package org.tallystick.answer;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Collection;

/**
 * What devices hear of halves that wait; each method is one round trip however many rows. They are
 * picked up like final answers, by {@link AnswerRows#byPickup}.
 *
 * <p>Source: docs/PROTOCOL.md section 8.1.
 */
public final class ProgressRows {
  static final String FORGET =
      "delete from progress p using unnest(?::bigint[], ?::bigint[], ?::bigint[])"
          + " as w (device_pk, epoch, n)"
          + " where p.device_pk = w.device_pk and p.epoch = w.epoch and p.n = w.n";

  private final Connection connection;

  /** Rows over the connection, which stays the caller's. */
  public ProgressRows(Connection connection) {
    this.connection = connection;
  }

  /**
   * A message as it is stored.
   *
   * @param device index of the device
   * @param epoch of the code that it is about
   * @param n of the code
   * @param i number of the message, from 1
   * @param pickup token with which the device asks for its answer, 16 bytes
   * @param sealed the only bytes that are ever sent
   * @param madeAt bank clock
   */
  public record Row(
      long device, long epoch, long n, int i, byte[] pickup, byte[] sealed, OffsetDateTime madeAt) {
    /** The part that leaves the database. */
    public ReadyAnswer ready() {
      return ReadyAnswer.progress(pickup, sealed);
    }

    @Override
    public String toString() {
      return "Progress(" + device + ", " + epoch + ", " + n + ", " + i + ")";
    }
  }

  /** Stores new messages; a second one of one number is an error. */
  public void insert(Collection<Row> messages) throws SQLException {
    if (messages.isEmpty()) {
      return;
    }
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into progress (device_pk, epoch, n, i, pickup, sealed, made_at)"
                + " values (?, ?, ?, ?, ?, ?, ?)")) {
      for (Row row : messages) {
        insert.setLong(1, row.device());
        insert.setLong(2, row.epoch());
        insert.setLong(3, row.n());
        insert.setInt(4, row.i());
        insert.setBytes(5, row.pickup());
        insert.setBytes(6, row.sealed());
        insert.setObject(7, row.madeAt());
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  /** Forgets all messages about codes that have their final answer. */
  public void forget(Collection<AnswerRow> answered) throws SQLException {
    if (answered.isEmpty()) {
      return;
    }
    try (PreparedStatement delete = connection.prepareStatement(FORGET)) {
      delete.setArray(
          1, connection.createArrayOf("bigint", answered.stream().map(a -> a.device()).toArray()));
      delete.setArray(
          2, connection.createArrayOf("bigint", answered.stream().map(a -> a.epoch()).toArray()));
      delete.setArray(
          3, connection.createArrayOf("bigint", answered.stream().map(a -> a.n()).toArray()));
      delete.executeUpdate();
    }
  }
}
