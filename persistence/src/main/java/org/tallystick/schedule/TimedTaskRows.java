package org.tallystick.schedule;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;

/**
 * Gives each period of a timed task to one node at most, without a leader.
 *
 * <p>Time is cut into periods of one length, counted from 1970 by the database's clock; no node's
 * clock or time zone plays a part. Whoever moves a task's row into the next period has the round.
 * Nothing has to be given back: where a node dies in its round, the next period is free for all. A
 * row that another claim has locked is passed over, so nobody waits for a node that hangs.
 *
 * <p>For operators, {@code select * from timed_task} shows which node began the last round, when,
 * how many rounds there have been, how long the period is, and from when on the next one may be
 * taken.
 */
public final class TimedTaskRows {
  private static final String PERIOD = "? * interval '1 millisecond'";

  // The clock is read anew for each row version, never before it: with the transaction's now() a
  // slow claim would take the fresh due_at of a quick one for that of a clock that was set back.
  static final String MOVE =
      """
      update timed_task as task set node = ?, rounds = rounds + 1, began_at = free.at, period_millis = ?,
        due_at = date_bin(%1$s, free.at, timestamptz 'epoch') + %1$s
      from (select name, clock_timestamp() as at from timed_task
            where name = ? and (due_at <= clock_timestamp() or due_at > clock_timestamp() + %1$s)
            for update skip locked) as free
      where task.name = free.name
      """
          .formatted(PERIOD);

  // looks first, because the conflict alone would wait for a claim that is under way
  private static final String BEGIN =
      """
      insert into timed_task (name, node, rounds, began_at, period_millis, due_at)
      select ?, ?, 1, at, ?, date_bin(%1$s, at, timestamptz 'epoch') + %1$s
      from (select clock_timestamp() as at) as free
      where not exists (select 1 from timed_task where name = ?)
      on conflict (name) do nothing
      """
          .formatted(PERIOD);

  private final Connection connection;

  /** Rows over the connection, which stays the caller's; commit soon. */
  public TimedTaskRows(Connection connection) {
    this.connection = connection;
  }

  /** Whether the present period of a task is the node's from now on. */
  public boolean claim(String task, String node, Duration period) throws SQLException {
    return move(task, node, period.toMillis()) || begin(task, node, period.toMillis());
  }

  private boolean move(String task, String node, long periodMillis) throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(MOVE)) {
      update.setString(1, node);
      update.setLong(2, periodMillis);
      update.setLong(3, periodMillis);
      update.setLong(4, periodMillis);
      update.setString(5, task);
      update.setLong(6, periodMillis);
      return update.executeUpdate() == 1;
    }
  }

  /** The first round of all has no row yet. */
  private boolean begin(String task, String node, long periodMillis) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(BEGIN)) {
      insert.setString(1, task);
      insert.setString(2, node);
      insert.setLong(3, periodMillis);
      insert.setLong(4, periodMillis);
      insert.setLong(5, periodMillis);
      insert.setString(6, task);
      return insert.executeUpdate() == 1;
    }
  }
}
