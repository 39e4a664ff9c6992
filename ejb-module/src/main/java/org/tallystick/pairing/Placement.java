package org.tallystick.pairing;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.tallystick.code.HalfRow;
import org.tallystick.code.HalfRows;
import org.tallystick.code.HalfState;
import org.tallystick.code.Purpose;
import org.tallystick.code.Role;
import org.tallystick.code.SignedMap;
import org.tallystick.stage.Hint;

/**
 * Puts the halves of one batch into their slots, in the order in which they came: P1, P2, P5, P6.
 * Nothing is written here; the slots are locked.
 *
 * <p>Source: docs/PROTOCOL.md section 8.
 */
public final class Placement {
  /** Halves of one device that may wait at a time. */
  public static final int MAX_WAITING = 8;

  private final Map<SlotKey, Slot> slots;
  private final Map<Long, Integer> waiting;
  private final Map<Long, HalfRows.Origin> stored;
  private final OffsetDateTime now;
  private final Map<Long, HalfRow> placed = new LinkedHashMap<>();
  private final List<Long> paired = new ArrayList<>();
  private final Map<Ending, List<Long>> ended = new HashMap<>();
  private final List<Hint> hints = new ArrayList<>();

  /**
   * @param slots that are there, locked
   * @param waiting halves that wait, by device
   * @param stored whose the stored halves are that a cancel of this batch may be about
   */
  public Placement(
      Map<SlotKey, Slot> slots,
      Map<Long, Integer> waiting,
      Map<Long, HalfRows.Origin> stored,
      OffsetDateTime now) {
    this.slots = slots;
    this.waiting = new HashMap<>(waiting);
    this.stored = stored;
    this.now = now;
  }

  /** Places a half that is good so far, or counts one that is refused already. */
  public void place(HalfRow half) {
    HalfRow.Terms terms = half.terms();
    if (terms == null) {
      end(half);
      return;
    }
    SignedMap signed = terms.signed();
    Optional<Slot> slot = slot(half, signed);
    if (half.state() == HalfState.REFUSED) {
      slot.filter(s -> s.state() == SlotState.OPEN && !s.isEmpty() && isPayment(signed))
          .ifPresent(this::fail);
      end(half);
    } else if (signed.purpose() == Purpose.CANCEL) {
      end(half.refused(cancel(half, signed, slot).name()));
    } else if (signed.purpose().isLaterStep()) {
      placed.put(half.id(), half.placed(slot.orElseThrow().id(), HalfState.DUE));
      hints.add(Hint.half(half.id()));
    } else {
      enter(half, signed.role(), slot.orElseThrow());
    }
  }

  /** P2: the last payer's half that may fail ends the payee's that waits for one. */
  private void fail(Slot slot) {
    slot.countFailedPayerHalf();
    if (slot.waitsInVain()) {
      slot.decline(Ending.BILL_EXHAUSTED.name());
      endWaiting(slot, Ending.BILL_EXHAUSTED);
    }
  }

  private void enter(HalfRow half, Role role, Slot slot) {
    OffsetDateTime notAfter = half.notAfter();
    if (slot.state() == SlotState.OPEN && slot.isTooLateFor(half.receivedAt(), notAfter)) {
      slot.expire(Ending.SLOT_EXPIRED.name());
      endWaiting(slot, Ending.SLOT_EXPIRED);
    }
    Optional<Ending> refusal = refusal(half, role, slot);
    if (refusal.isPresent()) {
      end(half.refused(refusal.get().name()));
      return;
    }
    Optional<Long> twin = slot.half(role.other());
    if (slot.place(role, half.id(), half.receivedAt(), notAfter, now)) {
      placed.put(half.id(), half.placed(slot.id(), HalfState.PAIRED));
      pair(twin.orElseThrow(), slot.id());
      hints.add(Hint.slot(slot.id()));
    } else {
      placed.put(half.id(), half.placed(slot.id(), HalfState.WAITING));
      waiting.merge(half.device(), 1, Integer::sum);
    }
  }

  private Optional<Ending> refusal(HalfRow half, Role role, Slot slot) {
    return switch (slot.state()) {
      case EXPIRED -> Optional.of(Ending.SLOT_EXPIRED);
      case CANCELLED -> Optional.of(Ending.SLOT_CANCELLED);
      case PAIRED -> Optional.of(Ending.ROLE_TAKEN);
      case DECIDED -> Optional.of(ofDecided(role, slot));
      case OPEN -> {
        if (slot.half(role).isPresent()) {
          yield Optional.of(Ending.ROLE_TAKEN);
        }
        if (role == Role.PAYER && slot.isExhausted()) {
          yield Optional.of(Ending.BILL_EXHAUSTED);
        }
        yield waiting.getOrDefault(half.device(), 0) >= MAX_WAITING
            ? Optional.of(Ending.TOO_MANY_OPEN)
            : Optional.empty();
      }
    };
  }

  /** What a half hears of a slot that ended while its twin waited there alone, or with another. */
  private static Ending ofDecided(Role role, Slot slot) {
    Ending noMorePayers = role == Role.PAYER ? Ending.BILL_EXHAUSTED : Ending.ROLE_TAKEN;
    return Stream.of(Ending.ofNotMe(role.other()), noMorePayers)
        .filter(ending -> slot.reason().equals(Optional.of(ending.name())))
        .findFirst()
        .orElse(Ending.ROLE_TAKEN);
  }

  /** P6: good only where the slot holds the half that it names, by the same device. */
  private Ending cancel(HalfRow half, SignedMap signed, Optional<Slot> slot) {
    if (slot.isEmpty() || !isOwn(half, signed, slot.get())) {
      return Ending.NOTHING_TO_CANCEL;
    }
    return switch (slot.get().state()) {
      case CANCELLED -> Ending.CANCEL_DONE;
      case PAIRED, DECIDED, EXPIRED -> Ending.CANCEL_TOO_LATE;
      case OPEN -> {
        slot.get().cancel(Ending.SLOT_CANCELLED.name());
        endWaiting(slot.get(), Ending.SLOT_CANCELLED);
        yield Ending.CANCEL_DONE;
      }
    };
  }

  private boolean isOwn(HalfRow cancel, SignedMap signed, Slot slot) {
    return slot.half(Role.PAYEE)
        .flatMap(this::origin)
        .filter(payee -> payee.device() == cancel.device())
        .filter(payee -> Long.valueOf(payee.n()).equals(signed.cancelledN()))
        .isPresent();
  }

  private void endWaiting(Slot slot, Ending ending) {
    for (Role role : Role.values()) {
      slot.half(role).ifPresent(id -> endWaiting(id, ending));
    }
  }

  private void endWaiting(long id, Ending ending) {
    HalfRow mine = placed.get(id);
    if (mine != null) {
      leaves(mine);
      placed.put(id, mine.refused(ending.name()));
    } else {
      ended.computeIfAbsent(ending, e -> new ArrayList<>()).add(id);
    }
    hints.add(Hint.half(id));
  }

  private void pair(long twin, long slot) {
    HalfRow mine = placed.get(twin);
    if (mine == null) {
      paired.add(twin);
    } else {
      leaves(mine);
      placed.put(twin, mine.placed(slot, HalfState.PAIRED));
    }
  }

  private void leaves(HalfRow half) {
    waiting.merge(half.device(), -1, Integer::sum);
  }

  private void end(HalfRow half) {
    placed.put(half.id(), half);
    hints.add(Hint.half(half.id()));
  }

  private Optional<HalfRows.Origin> origin(long id) {
    return Optional.ofNullable(placed.get(id))
        .map(half -> new HalfRows.Origin(half.device(), half.n()))
        .or(() -> Optional.ofNullable(stored.get(id)));
  }

  private Optional<Slot> slot(HalfRow half, SignedMap signed) {
    return Optional.ofNullable(
        slots.get(new SlotKey(half.consortium(), half.number(), signed.billHash())));
  }

  private static boolean isPayment(SignedMap signed) {
    return signed.role() == Role.PAYER && signed.purpose() == Purpose.PURCHASE;
  }

  /** The batch's halves as they are to be stored. */
  public Collection<HalfRow> halves() {
    return placed.values();
  }

  /** Stored halves whose twins have come. */
  public List<Long> paired() {
    return paired;
  }

  /** Stored halves that ended, by how. */
  public Map<Ending, List<Long>> ended() {
    return ended;
  }

  /** What is due now. */
  public List<Hint> hints() {
    return hints;
  }
}
