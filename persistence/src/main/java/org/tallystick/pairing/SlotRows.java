package org.tallystick.pairing;

import jakarta.persistence.EntityManager;
import jakarta.persistence.FlushModeType;
import jakarta.persistence.LockModeType;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;

/**
 * Makes and locks slots; each method is one round trip however many rows.
 *
 * <p>Slots are made in the order of their keys and locked in the order of their numbers, so two
 * batches never wait for each other in a circle.
 */
public final class SlotRows {
  /** Makes the slots that are not there. */
  static final String MAKE =
      "insert into slot (consortium, number, bill_hash, state, failed_payer_halves, opened_at,"
          + " expires_at, due_at)"
          + " select w.consortium, w.number, w.bill_hash, 'OPEN', 0, ?, ?, ?"
          + " from unnest(?::varchar[], ?::varchar[], ?::bytea[])"
          + " with ordinality as w (consortium, number, bill_hash, place)"
          + " order by w.place on conflict (number, consortium, bill_hash) do nothing";

  /** Locks slots by key. */
  static final String LOCK_BY_KEY =
      "select s.id, s.consortium, s.number, s.bill_hash, s.state, s.payer_half, s.payee_half,"
          + " s.failed_payer_halves, s.outcome, s.reason, s.opened_at, s.expires_at, s.due_at"
          + " from unnest(?::varchar[], ?::varchar[], ?::bytea[])"
          + " as w (consortium, number, bill_hash)"
          + " join slot s on s.number = w.number and s.consortium = w.consortium"
          + " and s.bill_hash = w.bill_hash order by s.id for update of s";

  private final EntityManager entities;
  private final Connection connection;

  /** Rows over the entity manager and its transaction's connection, both the caller's. */
  public SlotRows(EntityManager entities, Connection connection) {
    this.entities = entities;
    this.connection = connection;
  }

  /** Makes the slots that are not there; each is to be given a half or removed. */
  public void make(SortedSet<SlotKey> wanted, OffsetDateTime now) throws SQLException {
    if (wanted.isEmpty()) {
      return;
    }
    List<SlotKey> keys = List.copyOf(wanted);
    try (PreparedStatement insert = connection.prepareStatement(MAKE)) {
      insert.setObject(1, now);
      insert.setObject(2, now);
      insert.setObject(3, now);
      insert.setArray(4, texts(keys.stream().map(SlotKey::consortium).toArray()));
      insert.setArray(5, texts(keys.stream().map(SlotKey::number).toArray()));
      insert.setArray(6, hashes(keys));
      insert.executeUpdate();
    }
  }

  /** Locks those of the slots that are there. */
  public Map<SlotKey, Slot> lock(Collection<SlotKey> keys) throws SQLException {
    Map<SlotKey, Slot> slots = new HashMap<>();
    if (keys.isEmpty()) {
      return slots;
    }
    List<SlotKey> wanted = List.copyOf(keys);
    List<?> found =
        entities
            .createNativeQuery(LOCK_BY_KEY, Slot.class)
            .setParameter(1, texts(wanted.stream().map(SlotKey::consortium).toArray()))
            .setParameter(2, texts(wanted.stream().map(SlotKey::number).toArray()))
            .setParameter(3, hashes(wanted))
            .setFlushMode(FlushModeType.COMMIT) // rows of devices are written last
            .getResultList();
    for (Object row : found) {
      Slot slot = (Slot) row;
      slots.put(slot.key(), slot);
    }
    return slots;
  }

  /** Locks, in ascending order, the slots under a transaction number. */
  public List<Slot> lockByNumber(String consortium, String number) {
    return entities
        .createNamedQuery("Slot.byNumber", Slot.class)
        .setParameter("consortium", consortium)
        .setParameter("number", number)
        .setLockMode(LockModeType.PESSIMISTIC_WRITE)
        .getResultList();
  }

  /** Locks, in ascending order, those of the slots that wait for a decision. */
  public List<Slot> lockPaired(Collection<Long> ids) {
    if (ids.isEmpty()) {
      return List.of();
    }
    return entities
        .createNamedQuery("Slot.pairedByIds", Slot.class)
        .setParameter("ids", ids)
        .setLockMode(LockModeType.PESSIMISTIC_WRITE)
        .getResultList();
  }

  private Array texts(Object[] values) throws SQLException {
    return connection.createArrayOf("varchar", values);
  }

  private Array hashes(List<SlotKey> keys) throws SQLException {
    return connection.createArrayOf(
        "bytea", keys.stream().map(SlotKey::billHash).toArray(byte[][]::new));
  }
}
