package org.tallystick.code;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The halves; each method is one round trip however many rows. */
public final class HalfRows {
  /** Locks halves that have no final answer yet, ascending. */
  static final String LOCK_UNANSWERED =
      "select id, device_pk, epoch, n, consortium, number, account, code_hash, sign1,"
          + " shorthand_wrapped, loyalty_wrapped, levels, reply_root_wrapped, received_at, state,"
          + " refusal, slot_id, due_at"
          + " from half where id = any (?) and state <> 'ANSWERED' order by id for update";

  /** Finds whose halves are. */
  static final String ORIGINS = "select id, device_pk, n from half where id = any (?)";

  private final Connection connection;

  /** Rows over the connection, which stays the caller's. */
  public HalfRows(Connection connection) {
    this.connection = connection;
  }

  /** Locks, in ascending order, those of the halves that have no final answer yet. */
  public List<HalfRow> lockUnanswered(Collection<Long> ids) throws SQLException {
    List<HalfRow> halves = new ArrayList<>();
    if (ids.isEmpty()) {
      return halves;
    }
    try (PreparedStatement query = connection.prepareStatement(LOCK_UNANSWERED)) {
      query.setArray(1, connection.createArrayOf("bigint", ids.toArray()));
      try (ResultSet found = query.executeQuery()) {
        while (found.next()) {
          halves.add(row(found));
        }
      }
    }
    return halves;
  }

  /**
   * Whose a half is.
   *
   * @param device index of the device
   * @param n of its sequencer
   */
  public record Origin(long device, long n) {}

  /** Whose these halves are, which never changes. */
  public Map<Long, Origin> origins(Collection<Long> ids) throws SQLException {
    Map<Long, Origin> origins = new HashMap<>();
    if (ids.isEmpty()) {
      return origins;
    }
    try (PreparedStatement query = connection.prepareStatement(ORIGINS)) {
      query.setArray(1, connection.createArrayOf("bigint", ids.toArray()));
      try (ResultSet found = query.executeQuery()) {
        while (found.next()) {
          origins.put(found.getLong(1), new Origin(found.getLong(2), found.getLong(3)));
        }
      }
    }
    return origins;
  }

  /** Stores new halves. */
  public void insert(Collection<HalfRow> halves) throws SQLException {
    if (halves.isEmpty()) {
      return;
    }
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into half (id, device_pk, epoch, n, role, purpose, consortium, number,"
                + " bill_hash, amount_minor, currency, counterparty, shorthand_wrapped, sign1,"
                + " account, code_hash, reply_root_wrapped, received_at, not_after, state, refusal,"
                + " slot_id, due_at, loyalty_wrapped, levels) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?,"
                + " ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
      for (HalfRow half : halves) {
        bind(insert, half);
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  /** Lets halves go on with their twin: state PAIRED. */
  public void pair(Collection<Long> ids) throws SQLException {
    update("update half set state = 'PAIRED' where id = any (?) and state = 'WAITING'", ids);
  }

  /** Lets halves wait again whose twin ended alone. */
  public void waitAgain(Collection<Long> ids) throws SQLException {
    update("update half set state = 'WAITING' where id = any (?) and state = 'PAIRED'", ids);
  }

  /** Takes paired halves out of their slots: they ended alone, for the exact reason given. */
  public void refusePaired(Collection<Long> ids, String exactReason) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "update half set state = 'REFUSED', refusal = ?, slot_id = null"
                + " where id = any (?) and state = 'PAIRED'")) {
      update.setString(1, exactReason);
      update.setArray(2, connection.createArrayOf("bigint", ids.toArray()));
      update.executeUpdate();
    }
  }

  /** Ends waiting halves alone, for the exact reason given; their answers are due. */
  public void refuseWaiting(Collection<Long> ids, String exactReason, OffsetDateTime dueAt)
      throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "update half set state = 'REFUSED', refusal = ?, due_at = ?"
                + " where id = any (?) and state = 'WAITING'")) {
      update.setString(1, exactReason);
      update.setObject(2, dueAt);
      update.setArray(3, connection.createArrayOf("bigint", ids.toArray()));
      update.executeUpdate();
    }
  }

  /** Keeps the exact reasons of halves that were decided against alone, by id. */
  public void declined(Map<Long, String> exactReasons) throws SQLException {
    if (exactReasons.isEmpty()) {
      return;
    }
    try (PreparedStatement update =
        connection.prepareStatement("update half set refusal = ? where id = ?")) {
      for (Map.Entry<Long, String> one : exactReasons.entrySet()) {
        update.setString(1, one.getValue());
        update.setLong(2, one.getKey());
        update.addBatch();
      }
      update.executeBatch();
    }
  }

  /** Marks halves whose final answer is stored; what only the decision needed is wiped. */
  public void answered(Collection<Long> ids) throws SQLException {
    update(
        "update half set state = 'ANSWERED', reply_root_wrapped = null, shorthand_wrapped = null,"
            + " loyalty_wrapped = null where id = any (?)",
        ids);
  }

  private void update(String sql, Collection<Long> ids) throws SQLException {
    if (ids.isEmpty()) {
      return;
    }
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      update.setArray(1, connection.createArrayOf("bigint", ids.toArray()));
      update.executeUpdate();
    }
  }

  private static void bind(PreparedStatement insert, HalfRow half) throws SQLException {
    insert.setLong(1, half.id());
    insert.setLong(2, half.device());
    insert.setLong(3, half.epoch());
    insert.setLong(4, half.n());
    insert.setString(7, half.consortium());
    insert.setString(8, half.number());
    HalfRow.@Nullable Terms terms = half.terms();
    if (terms == null) {
      unread(insert);
    } else {
      bind(insert, terms);
    }
    insert.setString(15, half.account());
    insert.setBytes(16, half.codeHash());
    insert.setBytes(17, half.replyRootWrapped());
    insert.setObject(18, half.receivedAt());
    insert.setString(20, half.state().name());
    insert.setString(21, half.refusal());
    insert.setObject(22, half.slot(), Types.BIGINT);
    insert.setObject(23, half.dueAt());
  }

  private static void bind(PreparedStatement insert, HalfRow.Terms terms) throws SQLException {
    SignedMap signed = terms.signed();
    insert.setInt(5, signed.role().value());
    insert.setInt(6, signed.purpose().value());
    insert.setBytes(9, signed.billHash());
    insert.setLong(10, signed.amount().minor());
    insert.setString(11, signed.amount().currency());
    insert.setBytes(12, signed.counterparty());
    insert.setBytes(13, terms.kept().shorthandWrapped());
    insert.setBytes(14, terms.sign1());
    insert.setObject(19, Times.ofMillis(signed.notAfterMillis()));
    insert.setBytes(24, terms.kept().loyaltyWrapped());
    insert.setInt(25, terms.kept().levels());
  }

  private static void unread(PreparedStatement insert) throws SQLException {
    insert.setNull(5, Types.SMALLINT);
    insert.setNull(6, Types.SMALLINT);
    insert.setBytes(9, null);
    insert.setNull(10, Types.BIGINT);
    insert.setString(11, null);
    insert.setBytes(12, null);
    insert.setBytes(13, null);
    insert.setBytes(14, null);
    insert.setNull(19, Types.TIMESTAMP_WITH_TIMEZONE);
    insert.setBytes(24, null);
    insert.setInt(25, 0);
  }

  private static HalfRow row(ResultSet found) throws SQLException {
    byte[] sign1 = found.getBytes("sign1");
    return new HalfRow(
        found.getLong("id"),
        found.getLong("device_pk"),
        found.getLong("epoch"),
        found.getLong("n"),
        found.getString("consortium"),
        found.getString("number"),
        found.getString("account"),
        found.getBytes("code_hash"),
        sign1 == null ? null : HalfRow.Terms.of(sign1, kept(found)),
        found.getBytes("reply_root_wrapped"),
        found.getObject("received_at", OffsetDateTime.class),
        HalfState.valueOf(found.getString("state")),
        found.getString("refusal"),
        found.getObject("slot_id", Long.class),
        found.getObject("due_at", OffsetDateTime.class));
  }

  private static HalfRow.Kept kept(ResultSet found) throws SQLException {
    return new HalfRow.Kept(
        found.getBytes("shorthand_wrapped"),
        found.getBytes("loyalty_wrapped"),
        found.getInt("levels"));
  }
}
