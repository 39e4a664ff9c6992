package org.tallystick.simulation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.tallystick.answer.Answer;
import org.tallystick.code.ConsumedCodes;
import org.tallystick.code.OpenedHalf;
import org.tallystick.code.Role;
import org.tallystick.crypto.Secret;
import org.tallystick.log.LogLine;
import org.tallystick.sequencer.DeviceEpochs;

/** The bank's durable tables. What one transaction writes is kept together or not at all. */
final class BankStore {
  /** A device as the bank knows it. */
  record DeviceRow(Party party, DeviceEpochs sequencer, boolean active, int wrongPins) {
    DeviceRow with(DeviceEpochs next) {
      return new DeviceRow(party, next, active, wrongPins);
    }

    DeviceRow suspended() {
      return new DeviceRow(party, sequencer, false, wrongPins);
    }

    DeviceRow withWrongPins(int count) {
      return new DeviceRow(party, sequencer, active, count);
    }
  }

  /** Where a slot stands. */
  enum SlotState {
    WAITING,
    PAIRED,
    DECIDED,
    EXPIRED,
    CANCELLED
  }

  /** A half in a slot, with the time it was on disk. */
  record Parked(Party party, OpenedHalf half, long receivedAt) {
    /** Whether the other one was on disk only after this one had run out. */
    boolean ranOutBefore(Parked other) {
      return other.receivedAt > half.signed().notAfterMillis();
    }
  }

  /** Place for the two halves of one transaction. */
  record Slot(
      String key, SlotState state, @Nullable Parked payer, @Nullable Parked payee, int failed) {
    @Nullable Parked half(Role role) {
      return role == Role.PAYER ? payer : payee;
    }

    Slot with(Parked half) {
      boolean pays = half.half().signed().role() == Role.PAYER;
      Parked left = pays ? half : payer;
      Parked right = pays ? payee : half;
      return new Slot(key, both(left, right), left, right, failed);
    }

    private static SlotState both(@Nullable Parked left, @Nullable Parked right) {
      return left != null && right != null ? SlotState.PAIRED : SlotState.WAITING;
    }

    Slot ended(SlotState end) {
      return new Slot(key, end, payer, payee, failed);
    }

    /** Only the payee's half, which waits again. */
    Slot withoutPayer() {
      return new Slot(key, SlotState.WAITING, null, payee, failed);
    }

    Slot failedOnce() {
      return new Slot(key, state, payer, payee, failed + 1);
    }
  }

  /** The one final answer to a code. */
  record FinalRow(String codeHash, Party party, Answer answer, Secret replyRoot, byte[] sealed) {}

  /** One movement of money. */
  record Posting(String slot, int debited, int credited, long minor) {}

  /** A message in the queue: a code with the time it was on disk, or a slot to decide. */
  record Item(long id, @Nullable String code, long receivedAt, String slot) {}

  private final List<Table<?, ?>> tables = new ArrayList<>();

  /** One table; every change knows how to undo itself. */
  final class Table<K extends Comparable<K>, V> {
    private final TreeMap<K, V> rows = new TreeMap<>();

    Table() {
      tables.add(this);
    }

    /** Puts the table back as it is now. */
    Runnable saved() {
      TreeMap<K, V> copy = new TreeMap<>(rows);
      return () -> {
        rows.clear();
        rows.putAll(copy);
      };
    }

    @Nullable V get(K key) {
      return rows.get(key);
    }

    /** Rows in order of their keys, as they are now. */
    Collection<V> all() {
      return List.copyOf(rows.values());
    }

    void put(K key, V value) {
      V before = rows.put(key, value);
      undo.push(
          () -> {
            if (before == null) {
              rows.remove(key);
            } else {
              rows.put(key, before);
            }
          });
    }

    void remove(K key) {
      V before = rows.remove(key);
      if (before != null) {
        undo.push(() -> rows.put(key, before));
      }
    }
  }

  final Table<Integer, DeviceRow> devices = new Table<>();
  final Table<String, ConsumedCodes.Consumed> consumed = new Table<>();
  final Table<String, Long> consumedByHash = new Table<>();
  final Table<String, FinalRow> finals = new Table<>();
  final Table<String, String> pickups = new Table<>();
  final Table<String, Slot> slots = new Table<>();
  final Table<Integer, List<LogLine>> logs = new Table<>();
  final Table<String, Posting> postings = new Table<>();
  final Table<Long, Item> queue = new Table<>();
  final Table<String, String> squatters = new Table<>();

  final Table<String, byte[]> replies = new Table<>();
  final Table<Integer, String> lastRekey = new Table<>();

  /** Kept outside the tables: a restore does not bring it back. */
  private long recoveryEpoch;

  private final Deque<Runnable> undo = new ArrayDeque<>();
  private final List<Runnable> afterCommit = new ArrayList<>();
  private long lastId;

  long nextId() {
    return ++lastId;
  }

  long recoveryEpoch() {
    return recoveryEpoch;
  }

  /** A backup of all tables. */
  List<Runnable> backup() {
    return tables.stream().map(Table::saved).toList();
  }

  /** Goes back to a backup and raises the recovery epoch; suspensions are made again by hand. */
  void restore(List<Runnable> backup) {
    List<Integer> suspended =
        devices.all().stream()
            .filter(row -> !row.active())
            .map(row -> row.party().index())
            .toList();
    undo.clear();
    afterCommit.clear();
    backup.forEach(Runnable::run);
    suspended.forEach(index -> devices.put(index, device(index).suspended()));
    recoveryEpoch++;
    commit();
  }

  /** O2, R2: device of an alias. */
  @Nullable DeviceRow deviceOf(byte[] alias) {
    return Cast.ALIAS_KEY
        .deviceIndex(alias)
        .filter(index -> index >= 0 && index < Cast.MAX_PAYERS + Cast.MAX_PAYEES + 2)
        .map(index -> devices.get(index.intValue()))
        .orElse(null);
  }

  /** Row that must be there. */
  DeviceRow device(int index) {
    DeviceRow row = devices.get(index);
    if (row == null) {
      throw new IllegalStateException("no such device");
    }
    return row;
  }

  List<LogLine> log(int device) {
    List<LogLine> lines = logs.get(device);
    return lines == null ? List.of() : lines;
  }

  /** Done by whoever is told of the commit, such as somebody who watches from outside. */
  void afterCommit(Runnable action) {
    afterCommit.add(action);
  }

  void commit() {
    undo.clear();
    List<Runnable> actions = List.copyOf(afterCommit);
    afterCommit.clear();
    actions.forEach(Runnable::run);
  }

  void rollback() {
    while (!undo.isEmpty()) {
      undo.pop().run();
    }
    afterCommit.clear();
  }

  /** What is written in the action stays even if the transaction rolls back: only for plants. */
  void outsideTransaction(Runnable action) {
    int before = undo.size();
    action.run();
    while (undo.size() > before) {
      undo.pop();
    }
  }
}
