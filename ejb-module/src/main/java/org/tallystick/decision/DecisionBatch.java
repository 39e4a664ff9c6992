package org.tallystick.decision;

import jakarta.persistence.EntityManager;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.tallystick.answer.Answer;
import org.tallystick.answer.AnswerRow;
import org.tallystick.answer.AnswerRows;
import org.tallystick.answer.ProgressRows;
import org.tallystick.answer.ReadyAnswer;
import org.tallystick.code.BoundDevice;
import org.tallystick.code.HalfRow;
import org.tallystick.code.HalfRows;
import org.tallystick.code.HalfState;
import org.tallystick.code.Role;
import org.tallystick.code.Times;
import org.tallystick.device.DeviceLogHead;
import org.tallystick.device.DeviceRegister;
import org.tallystick.log.LogRows;
import org.tallystick.pairing.Ending;
import org.tallystick.pairing.Slot;
import org.tallystick.pairing.SlotRows;
import org.tallystick.receipt.ReceiptRows;
import org.tallystick.stage.Hint;
import org.tallystick.webhook.EventOutbox;

/**
 * Decides and answers a batch of hints inside the caller's transaction: P3 and P4. What a hint
 * names and does not need is left alone, so a hint may come any number of times.
 *
 * <p>Round trips for a batch: lock slots, lock halves, read devices, lock log heads, lock accounts,
 * write slots and log heads, lines, receipts, answers and halves, commit: 12. On top of that each
 * pair asks the wallet once, twice more where the payer has set a limit for the day, and the ledger
 * about ten times. So 5.9 for each half of a full batch, most of them the ledger's. Where payers'
 * halves end alone, one more for each way in which they do and one for the payees' that wait on.
 * Where a party belongs to an institution, one more for what its programs are told.
 */
final class DecisionBatch {
  private final EntityManager entities;
  private final Connection connection;
  private final Books books;
  private final Seals seals;
  private final EventOutbox outbox;
  private final DeviceRegister register;
  private final HalfRows halfRows;

  DecisionBatch(
      EntityManager entities, Connection connection, Books books, Seals seals, EventOutbox outbox) {
    this.entities = entities;
    this.connection = connection;
    this.books = books;
    this.seals = seals;
    this.outbox = outbox;
    this.register = new DeviceRegister(entities);
    this.halfRows = new HalfRows(connection);
  }

  List<ReadyAnswer> decide(Collection<Hint> hints) throws SQLException {
    List<Slot> slots = new SlotRows(entities, connection).lockPaired(ids(hints, Hint.Kind.SLOT));
    Map<Long, HalfRow> halves = lockHalves(slots, ids(hints, Hint.Kind.HALF));
    if (halves.isEmpty()) {
      return List.of();
    }
    OffsetDateTime now = Times.ofMillis(seals.clock().millis());
    UseBatch uses = new UseBatch(entities, connection, books, halves.values(), now);
    Set<Long> devices = new TreeSet<>();
    halves.values().forEach(half -> devices.add(half.device()));
    Set<Long> concerned = new TreeSet<>(uses.payers());
    concerned.addAll(devices);
    Map<Long, BoundDevice> bound = BoundDevice.read(entities, concerned);
    Map<Long, DeviceLogHead> heads = new HashMap<>();
    register
        .lockLogHeads(List.copyOf(devices))
        .forEach(head -> heads.put(head.deviceIndex(), head));

    Payments payments = new Payments(books, seals.halves(), now);
    Map<Pair, Ending> endings = payments.decide(pairs(slots, halves, bound), uses.accounts());
    Conclusion conclusion = new Conclusion(seals);
    FailedPayers failed = new FailedPayers();
    endings.forEach(
        (pair, ending) -> {
          if (!ending.isThePayersAlone()) {
            concludeBoth(conclusion, pair, ending, heads);
            return;
          }
          concludeAlone(conclusion, pair.payer(), ending, heads);
          if (!failed.release(pair, ending)) {
            concludeAlone(conclusion, pair.payee(), Ending.BILL_EXHAUSTED, heads);
          }
        });
    uses.decide(bound)
        .forEach(
            (use, ending) ->
                conclusion.add(
                    use.payee(), ending, get(heads, use.payee().half().device()), use.payer()));
    for (HalfRow half : halves.values()) {
      if (half.state() == HalfState.REFUSED) {
        conclusion.add(
            half,
            Ending.valueOf(String.valueOf(half.refusal())),
            get(bound, half.device()),
            get(heads, half.device()),
            Optional.empty(),
            null);
      }
    }
    uses.tell();
    entities.flush();
    uses.write(payments.granted());
    failed.write(halfRows);
    outbox.tell(DecidedEvents.of(halves.values(), conclusion.halves(), bound, now));
    return write(conclusion, halves.values());
  }

  private void concludeBoth(
      Conclusion conclusion, Pair pair, Ending ending, Map<Long, DeviceLogHead> heads) {
    pair.slot().decide(ending.outcome(), ending.name());
    Integer presence =
        ending == Ending.APPROVED && pair.wantsPresence()
            ? seals.random().nextInt(Answer.MAX_PRESENCE + 1)
            : null;
    conclude(conclusion, pair.payer(), ending, heads, Optional.of(pair.payee()), presence);
    conclude(conclusion, pair.payee(), ending, heads, Optional.of(pair.payer()), presence);
  }

  private static void concludeAlone(
      Conclusion conclusion, Side side, Ending ending, Map<Long, DeviceLogHead> heads) {
    conclude(conclusion, side, ending, heads, Optional.empty(), null);
  }

  private static void conclude(
      Conclusion conclusion,
      Side side,
      Ending ending,
      Map<Long, DeviceLogHead> heads,
      Optional<Side> other,
      @Nullable Integer presence) {
    conclusion.add(
        side.half(), ending, side.bound(), get(heads, side.half().device()), other, presence);
  }

  private List<ReadyAnswer> write(Conclusion conclusion, Collection<HalfRow> halves)
      throws SQLException {
    new LogRows(connection).insert(conclusion.lines());
    new ReceiptRows(connection).insert(conclusion.receipts());
    new AnswerRows(connection).insert(conclusion.answers());
    halfRows.answered(conclusion.halves());
    if (halves.stream().anyMatch(HalfRow::asksForProgress)) {
      new ProgressRows(connection).forget(conclusion.answers());
    }
    return conclusion.answers().stream().map(AnswerRow::ready).toList();
  }

  /** Both halves of each slot, and the halves that need no twin; others are none of ours. */
  private Map<Long, HalfRow> lockHalves(List<Slot> slots, Set<Long> alone) throws SQLException {
    Set<Long> wanted = new TreeSet<>(alone);
    Set<Long> paired = new TreeSet<>();
    for (Slot slot : slots) {
      slot.half(Role.PAYER).ifPresent(paired::add);
      slot.half(Role.PAYEE).ifPresent(paired::add);
    }
    wanted.addAll(paired);
    Map<Long, HalfRow> halves = new HashMap<>();
    for (HalfRow half : halfRows.lockUnanswered(wanted)) {
      if (half.state().needsNoTwin() || paired.contains(half.id())) {
        halves.put(half.id(), half);
      }
    }
    return halves;
  }

  private static List<Pair> pairs(
      List<Slot> slots, Map<Long, HalfRow> halves, Map<Long, BoundDevice> bound) {
    List<Pair> pairs = new ArrayList<>();
    for (Slot slot : slots) {
      pairs.add(
          new Pair(
              slot, side(slot, Role.PAYER, halves, bound), side(slot, Role.PAYEE, halves, bound)));
    }
    return pairs;
  }

  private static Side side(
      Slot slot, Role role, Map<Long, HalfRow> halves, Map<Long, BoundDevice> bound) {
    HalfRow half = get(halves, slot.half(role).orElseThrow());
    if (half.state() != HalfState.PAIRED) {
      throw new IllegalStateException("half " + half.id() + " of a paired slot is not paired");
    }
    return Side.of(half, get(bound, half.device()));
  }

  private static Set<Long> ids(Collection<Hint> hints, Hint.Kind kind) {
    Set<Long> ids = new TreeSet<>();
    hints.stream().filter(hint -> hint.kind() == kind).forEach(hint -> ids.add(hint.id()));
    return ids;
  }

  private static <T> T get(Map<Long, T> found, long id) {
    T value = found.get(id);
    if (value == null) {
      throw new IllegalStateException("row " + id + " is missing");
    }
    return value;
  }
}
