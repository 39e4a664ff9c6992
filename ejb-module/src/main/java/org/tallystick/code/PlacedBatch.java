package org.tallystick.code;

import jakarta.persistence.EntityManager;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.tallystick.pairing.Ending;
import org.tallystick.pairing.Placement;
import org.tallystick.pairing.Slot;
import org.tallystick.pairing.SlotKey;
import org.tallystick.pairing.SlotRows;
import org.tallystick.stage.Hint;

/** The second part of a batch of codes: slots are made and locked, halves placed and written. */
final class PlacedBatch {
  private final EntityManager entities;
  private final SlotRows slotRows;
  private final HalfRows halfRows;
  private final OffsetDateTime now;
  private final OffsetDateTime dueAt;
  private final List<HalfRow> parked = new ArrayList<>();

  PlacedBatch(EntityManager entities, Connection connection, long nowMillis) {
    this.entities = entities;
    this.slotRows = new SlotRows(entities, connection);
    this.halfRows = new HalfRows(connection);
    this.now = Times.ofMillis(nowMillis);
    this.dueAt = Times.ofMillis(nowMillis + Slot.DUE_MILLIS);
  }

  /**
   * Places and writes.
   *
   * @param writeFirst writes what the opening changed, once all locks are held
   */
  List<Hint> place(List<HalfRow> opened, Map<Long, Integer> waiting, Runnable writeFirst)
      throws SQLException {
    slotRows.make(wanted(opened), now);
    Map<SlotKey, Slot> slots = slotRows.lock(keys(opened));
    Placement placement = new Placement(slots, waiting, cancelled(opened, slots), now);
    opened.forEach(placement::place);
    for (Slot slot : slots.values()) {
      if (slot.isEmpty()) {
        entities.remove(slot); // made for a half that then did not get in
      }
    }
    writeFirst.run();
    halfRows.insert(placement.halves());
    placement.halves().stream()
        .filter(half -> half.state() == HalfState.WAITING)
        .forEach(parked::add);
    halfRows.pair(placement.paired());
    for (Map.Entry<Ending, List<Long>> end : placement.ended().entrySet()) {
      halfRows.refuseWaiting(end.getValue(), end.getKey().name(), dueAt);
    }
    return placement.hints();
  }

  /** The halves of this batch that wait for their twins. */
  List<HalfRow> parked() {
    return parked;
  }

  /** The slots that must exist: those of good halves. */
  private static SortedSet<SlotKey> wanted(List<HalfRow> opened) {
    SortedSet<SlotKey> wanted = new TreeSet<>();
    for (HalfRow half : opened) {
      HalfRow.Terms terms = half.terms();
      if (terms != null
          && half.state() == HalfState.WAITING
          && terms.signed().purpose() == Purpose.PURCHASE) {
        wanted.add(key(half, terms));
      }
    }
    return wanted;
  }

  private static Set<SlotKey> keys(List<HalfRow> opened) {
    Set<SlotKey> keys = new TreeSet<>();
    for (HalfRow half : opened) {
      half.readable().ifPresent(terms -> keys.add(key(half, terms)));
    }
    return keys;
  }

  /** The stored payee halves that cancels of this batch may be about. */
  private Map<Long, HalfRows.Origin> cancelled(List<HalfRow> opened, Map<SlotKey, Slot> slots)
      throws SQLException {
    Set<Long> wanted = new TreeSet<>();
    for (HalfRow half : opened) {
      half.readable()
          .filter(terms -> terms.signed().purpose() == Purpose.CANCEL)
          .map(terms -> slots.get(key(half, terms)))
          .flatMap(slot -> slot.half(Role.PAYEE))
          .ifPresent(wanted::add);
    }
    return halfRows.origins(wanted);
  }

  private static SlotKey key(HalfRow half, HalfRow.Terms terms) {
    return new SlotKey(half.consortium(), half.number(), terms.signed().billHash());
  }
}
