package org.tallystick.code;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.tallystick.log.LogLine;

/**
 * What a batch of opened codes asks of the database before it is judged and placed, in one round
 * trip: ids for its halves, how many halves wait, heads of logs, whose the numbers are that the
 * bank drew, what checks level PINs, and since when the newest versions of the agreement hold.
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
      union all
      select 4, party_id, (extract(epoch from expires_at) * 1000)::bigint,
        convert_to(number, 'UTF8'), null
      from issued_number where number = any (?) and used_at is null
      union all
      select 5, device_pk, level, verifier_wrapped, null
      from level_pin where device_pk = any (?)
      union all
      select 6, version, (extract(epoch from effective_at) * 1000)::bigint, null, null
      from (select version, effective_at from agreement order by version desc limit 3) as newest
      """;

  private static final int ID = 1;
  private static final int WAITING = 2;
  private static final int HEAD = 3;
  private static final int RESERVED = 4;
  private static final int AGREEMENT = 6;

  private final Map<Long, Integer> waiting = new HashMap<>();
  private final Map<At, byte[]> heads = new HashMap<>();
  private final Map<String, Reserved> reserved = new HashMap<>();
  private final NavigableMap<Long, Long> agreements = new TreeMap<>();
  private final Map<Long, SortedMap<Integer, byte[]>> levelPins = new HashMap<>();
  private long firstId;

  private BatchFacts() {}

  /**
   * A place in a log.
   *
   * @param device index of the device
   * @param index of the line, from 1
   */
  public record At(long device, long index) {}

  /** For which party, and until when, a number is reserved. */
  private record Reserved(long party, long expiresMillis) {}

  /**
   * Reads what is known.
   *
   * @param devices whose halves may wait
   * @param lines of their logs
   * @param numbers that halves carry and their sequencers did not make
   * @param levels devices of which a half proves level PINs
   */
  public static BatchFacts read(
      Connection connection,
      Collection<Long> devices,
      Collection<At> lines,
      Collection<String> numbers,
      Collection<Long> levels)
      throws SQLException {
    BatchFacts facts = new BatchFacts();
    try (PreparedStatement query = connection.prepareStatement(READ)) {
      query.setArray(1, connection.createArrayOf("bigint", devices.toArray()));
      query.setArray(
          2, connection.createArrayOf("bigint", lines.stream().map(At::device).toArray()));
      query.setArray(
          3, connection.createArrayOf("bigint", lines.stream().map(At::index).toArray()));
      query.setArray(4, connection.createArrayOf("varchar", numbers.toArray()));
      query.setArray(5, connection.createArrayOf("bigint", levels.toArray()));
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
      case HEAD ->
          heads.put(
              new At(row.getLong(2), row.getLong(3)),
              LogLine.head(row.getBytes(4), row.getBytes(5)));
      case RESERVED ->
          reserved.put(
              new String(row.getBytes(4), StandardCharsets.UTF_8),
              new Reserved(row.getLong(2), row.getLong(3)));
      case AGREEMENT -> agreements.put(row.getLong(2), row.getLong(3));
      default ->
          levelPins
              .computeIfAbsent(row.getLong(2), device -> new TreeMap<>())
              .put(row.getInt(3), row.getBytes(4));
    }
  }

  /** O8b: whether a number is reserved for a party at a moment, and not used. */
  public boolean isReserved(String number, long party, long atMillis) {
    return Optional.ofNullable(reserved.get(number))
        .filter(one -> one.party() == party && atMillis <= one.expiresMillis())
        .isPresent();
  }

  /** A number is used: no second half may carry it. */
  public void used(String number) {
    reserved.remove(number);
  }

  /**
   * The version of the agreement that was in force at a moment, of the newest three; 0 where none
   * of them was.
   */
  public long agreementInForce(long atMillis) {
    return agreements.descendingMap().entrySet().stream()
        .filter(version -> version.getValue() <= atMillis)
        .findFirst()
        .map(Map.Entry::getKey)
        .orElse(0L);
  }

  /** What checks a device's level PINs, wrapped, by level; empty where none is set. */
  public SortedMap<Integer, byte[]> levelPins(long device) {
    return levelPins.getOrDefault(device, Collections.emptySortedMap());
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
