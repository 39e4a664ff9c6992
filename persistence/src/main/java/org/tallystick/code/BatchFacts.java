package org.tallystick.code;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.tallystick.log.LogLine;

/**
 * What a batch of opened codes asks of the database before it is judged and placed, in one round
 * trip: ids for its halves, how many halves wait, and heads of logs.
 */
public final class BatchFacts {
  /** Draws a block of 64 ids, more than a batch can need; counts waiting halves; finds lines. */
  static final String READ =
      """
      select 1, nextval('half_seq'), 0, null::bytea, null::bytea
      union all
      select 2, device_pk, count(*), null, null
      from half where state = 'WAITING' and device_pk = any (?) group by device_pk
      union all
      select 3, l.device_pk, l.log_index, l.column1, l.column2
      from unnest(?::bigint[], ?::bigint[]) as w (device_pk, log_index)
      join log_line l on l.device_pk = w.device_pk and l.log_index = w.log_index
      """;

  private static final int ID = 1;
  private static final int WAITING = 2;

  private final Map<Long, Integer> waiting = new HashMap<>();
  private final Map<At, byte[]> heads = new HashMap<>();
  private long firstId;

  private BatchFacts() {}

  /**
   * A place in a log.
   *
   * @param device index of the device
   * @param index of the line, from 1
   */
  public record At(long device, long index) {}

  /** Reads what is known of these devices and these lines of their logs. */
  public static BatchFacts read(
      Connection connection, Collection<Long> devices, Collection<At> lines) throws SQLException {
    BatchFacts facts = new BatchFacts();
    try (PreparedStatement query = connection.prepareStatement(READ)) {
      query.setArray(1, connection.createArrayOf("bigint", devices.toArray()));
      query.setArray(
          2, connection.createArrayOf("bigint", lines.stream().map(At::device).toArray()));
      query.setArray(
          3, connection.createArrayOf("bigint", lines.stream().map(At::index).toArray()));
      try (ResultSet found = query.executeQuery()) {
        while (found.next()) {
          facts.take(found);
        }
      }
    }
    return facts;
  }

  private void take(ResultSet row) throws SQLException {
    switch (row.getInt(1)) {
      case ID -> firstId = row.getLong(2);
      case WAITING -> waiting.put(row.getLong(2), row.getInt(3));
      default ->
          heads.put(
              new At(row.getLong(2), row.getLong(3)),
              LogLine.head(row.getBytes(4), row.getBytes(5)));
    }
  }

  /** The first of a block of 64 ids for halves. */
  public long firstId() {
    return firstId;
  }

  /** How many halves of each device wait; devices with none are left out. */
  public Map<Long, Integer> waiting() {
    return Map.copyOf(waiting);
  }

  /** head(index) of a device's log, 32 bytes; empty beyond its last line. */
  public Optional<byte[]> head(At place) {
    return Optional.ofNullable(heads.get(place));
  }
}
