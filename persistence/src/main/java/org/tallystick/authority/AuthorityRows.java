package org.tallystick.authority;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tallystick.money.Money;
import org.tallystick.pairing.SlotKey;

/**
 * The authorities; each method is one round trip however many rows. They are locked after slots and
 * halves and before log heads and accounts, ascending by slot.
 */
public final class AuthorityRows {
  private static final String SELECT =
      "select a.slot_id, s.consortium, s.number, s.bill_hash, a.kind, a.state, a.payer_party,"
          + " a.payer_device, a.payee_party, a.payee_code_hash, a.debit_account, a.limit_minor,"
          + " a.currency, a.charges_left, a.interval_millis, a.until_at, a.moved_at,"
          + " a.instrument_id"
          + " from authority a join slot s on s.id = a.slot_id";

  /** Finds authorities by what names their purchase. */
  static final String FIND =
      SELECT
          + " join unnest(?::varchar[], ?::varchar[], ?::bytea[])"
          + " as w (consortium, number, bill_hash)"
          + " on s.number = w.number and s.consortium = w.consortium and s.bill_hash = w.bill_hash";

  /** The same for one, locked. */
  static final String LOCK_BY_KEY =
      SELECT + " where s.number = ? and s.consortium = ? and s.bill_hash = ? for update of a";

  /** Locks authorities, ascending. */
  static final String LOCK =
      SELECT + " where a.slot_id = any (?) order by a.slot_id for update of a";

  /** Locks open holds whose time is over, but for those that another transaction is at. */
  static final String LOCK_OVERDUE =
      SELECT
          + " where a.state = 'OPEN' and a.kind = 'HOLD' and a.until_at < ?"
          + " order by a.until_at limit ? for update of a skip locked";

  private final Connection connection;

  /** Rows over the connection, which stays the caller's. */
  public AuthorityRows(Connection connection) {
    this.connection = connection;
  }

  /** Stores new ones; a second one for a slot is an error. */
  public void insert(Collection<Authority> authorities) throws SQLException {
    if (authorities.isEmpty()) {
      return;
    }
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into authority (slot_id, kind, state, payer_party, payer_device, payee_party,"
                + " payee_code_hash, debit_account, limit_minor, currency, charges_left,"
                + " interval_millis, until_at, moved_at,"
                + " instrument_id)"
                + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
      for (Authority authority : authorities) {
        insert.setLong(1, authority.slot());
        insert.setString(2, authority.kind().name());
        insert.setString(3, authority.state().name());
        insert.setLong(4, authority.payer().party());
        insert.setLong(5, authority.payer().device());
        insert.setLong(6, authority.payee().party());
        insert.setBytes(7, authority.payee().codeHash());
        insert.setLong(8, authority.debitAccount());
        insert.setLong(9, authority.limits().most().minor());
        insert.setString(10, authority.limits().most().currency());
        insert.setInt(11, authority.chargesLeft());
        insert.setLong(12, authority.limits().interval().toMillis());
        insert.setObject(13, authority.limits().until());
        insert.setObject(14, authority.movedAt());
        insert.setObject(15, authority.payer().instrument(), Types.BIGINT);
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  /** Those under these keys, unlocked. */
  public Map<SlotKey, Authority> find(Collection<SlotKey> keys) throws SQLException {
    Map<SlotKey, Authority> found = new HashMap<>();
    if (keys.isEmpty()) {
      return found;
    }
    try (PreparedStatement query = connection.prepareStatement(FIND)) {
      query.setArray(1, texts(keys.stream().map(SlotKey::consortium).toArray()));
      query.setArray(2, texts(keys.stream().map(SlotKey::number).toArray()));
      query.setArray(
          3,
          connection.createArrayOf(
              "bytea", keys.stream().map(SlotKey::billHash).toArray(byte[][]::new)));
      rows(query).forEach(authority -> found.put(authority.key(), authority));
    }
    return found;
  }

  /** The one under a key, locked. */
  public Optional<Authority> lock(SlotKey key) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(LOCK_BY_KEY)) {
      query.setString(1, key.number());
      query.setString(2, key.consortium());
      query.setBytes(3, key.billHash());
      return rows(query).stream().findFirst();
    }
  }

  /** Locks those of these slots, ascending; by slot. */
  public Map<Long, Authority> lockAll(Collection<Long> slots) throws SQLException {
    Map<Long, Authority> locked = new HashMap<>();
    if (slots.isEmpty()) {
      return locked;
    }
    try (PreparedStatement query = connection.prepareStatement(LOCK)) {
      query.setArray(1, connection.createArrayOf("bigint", slots.toArray()));
      rows(query).forEach(authority -> locked.put(authority.slot(), authority));
    }
    return locked;
  }

  /** Locks some open holds whose time was over before a moment; none that somebody else has. */
  public List<Authority> lockOverdue(OffsetDateTime before, int limit) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(LOCK_OVERDUE)) {
      query.setObject(1, before);
      query.setInt(2, limit);
      return rows(query);
    }
  }

  /** Writes what may have changed of locked ones: state, charges left, last movement. */
  public void update(Collection<Authority> authorities) throws SQLException {
    if (authorities.isEmpty()) {
      return;
    }
    try (PreparedStatement update =
        connection.prepareStatement(
            "update authority set state = ?, charges_left = ?, moved_at = ? where slot_id = ?")) {
      for (Authority authority : authorities) {
        update.setString(1, authority.state().name());
        update.setInt(2, authority.chargesLeft());
        update.setObject(3, authority.movedAt());
        update.setLong(4, authority.slot());
        update.addBatch();
      }
      update.executeBatch();
    }
  }

  private Array texts(Object[] values) throws SQLException {
    return connection.createArrayOf("varchar", values);
  }

  private static List<Authority> rows(PreparedStatement query) throws SQLException {
    List<Authority> rows = new ArrayList<>();
    try (ResultSet found = query.executeQuery()) {
      while (found.next()) {
        rows.add(row(found));
      }
    }
    return rows;
  }

  private static Authority row(ResultSet found) throws SQLException {
    return new Authority(
        found.getLong("slot_id"),
        new SlotKey(
            found.getString("consortium"), found.getString("number"), found.getBytes("bill_hash")),
        Authority.Kind.valueOf(found.getString("kind")),
        Authority.State.valueOf(found.getString("state")),
        new Authority.Payer(
            found.getLong("payer_party"),
            found.getLong("payer_device"),
            found.getObject("instrument_id", Long.class)),
        new Authority.Payee(found.getLong("payee_party"), found.getBytes("payee_code_hash")),
        found.getLong("debit_account"),
        new Authority.Limits(
            Money.of(found.getLong("limit_minor"), found.getString("currency")),
            Duration.ofMillis(found.getLong("interval_millis")),
            found.getObject("until_at", OffsetDateTime.class)),
        found.getInt("charges_left"),
        found.getObject("moved_at", OffsetDateTime.class));
  }
}
