package org.tallystick.simulation;

import org.jspecify.annotations.Nullable;
import org.tallystick.answer.Outcome;
import org.tallystick.answer.ReasonClass;
import org.tallystick.code.OpenedHalf;
import org.tallystick.code.Refusal;
import org.tallystick.code.Role;
import org.tallystick.code.SignedMap;
import org.tallystick.simulation.BankStore.Item;
import org.tallystick.simulation.BankStore.Parked;
import org.tallystick.simulation.BankStore.Slot;
import org.tallystick.simulation.BankStore.SlotState;
import org.tallystick.simulation.FinalAnswers.Verdict;

/** P1, P2, P5 and P6: what happens to an opened half before a decision. */
final class Pairing {
  private static final int MAX_OPEN = 8;
  private static final int MAX_FAILED = 5;
  private static final Verdict TOO_LATE =
      new Verdict(Outcome.EXPIRED, ReasonClass.TOO_LATE, "EXPIRED");
  private static final Verdict EXHAUSTED =
      new Verdict(Outcome.DECLINED, ReasonClass.NOT_HONOURED, "BILL_EXHAUSTED");
  private static final Verdict WITHDRAWN =
      new Verdict(Outcome.CANCELLED, ReasonClass.CANCELLED_BY_PAYEE, "CANCELLED");

  private final World world;
  private final BankStore store;
  private final FinalAnswers answers;

  Pairing(World world, BankStore store, FinalAnswers answers) {
    this.world = world;
    this.store = store;
    this.answers = answers;
  }

  /** P1, P2: parks a good half, or answers it where there is no place. */
  void park(Party party, OpenedHalf half, long receivedAt) {
    SignedMap signed = half.signed();
    Parked parked = new Parked(party, half, receivedAt);
    Slot slot = current(slot(half.code().number(), signed), parked);
    if (slot.state() == SlotState.EXPIRED) {
      did(Transition.CAME_AFTER_EXPIRY, slot.key());
      answers.answer(party, half, TOO_LATE);
    } else if (slot.state() == SlotState.CANCELLED) {
      did(Transition.CAME_AFTER_CANCEL, slot.key());
      answers.answer(party, half, WITHDRAWN);
    } else if (taken(slot, half)) {
      did(Transition.ROLE_TAKEN, slot.key());
      refuse(party, half, slot, Refusal.ROLE_TAKEN);
    } else if (signed.role() == Role.PAYER && slot.failed() >= MAX_FAILED) {
      did(Transition.BILL_EXHAUSTED, slot.key());
      refuse(party, half, slot, Refusal.BILL_EXHAUSTED);
    } else if (open(party) >= MAX_OPEN) {
      did(Transition.TOO_MANY_OPEN, party.name());
      refuse(party, half, slot, Refusal.TOO_MANY_OPEN);
    } else {
      place(slot.with(parked));
    }
  }

  /**
   * P5, swept or not: two halves of which one ran out before the other was on disk both end. Both
   * ways round, because the queue may deliver the later one first.
   */
  private Slot current(Slot slot, Parked half) {
    Parked twin = slot.half(half.half().signed().role().other());
    if (slot.state() != SlotState.WAITING
        || twin == null
        || world.planted(Plant.LATE_TWIN_PAIRED)) {
      return slot;
    }
    boolean late =
        twin.ranOutBefore(half)
            || (half.ranOutBefore(twin) && !world.planted(Plant.LATE_TWIN_CHECKED_ONE_WAY));
    if (!late) {
      return slot;
    }
    did(Transition.EXPIRED_BY_TWIN, slot.key());
    end(slot, SlotState.EXPIRED, TOO_LATE);
    return slot.ended(SlotState.EXPIRED);
  }

  private void place(Slot slot) {
    store.slots.put(slot.key(), slot);
    if (slot.state() == SlotState.PAIRED) {
      did(Transition.PAIRED, slot.key());
      long id = store.nextId();
      store.queue.put(id, new Item(id, null, world.now(), slot.key()));
    } else {
      did(Transition.PARKED, slot.key());
    }
  }

  private boolean taken(Slot slot, OpenedHalf half) {
    Role role = half.signed().role();
    String squatter = store.squatters.get(place(half.code().number(), role));
    if (squatter != null && !squatter.equals(Slots.hex(half.codeHash()))) {
      return true;
    }
    return slot.half(role) != null && !world.planted(Plant.SECOND_ROLE_OVERWRITES_FIRST);
  }

  private void refuse(Party party, OpenedHalf half, Slot slot, Refusal refusal) {
    if (half.signed().role() == Role.PAYER && store.slots.get(slot.key()) != null) {
      failed(slot);
    }
    answers.answer(
        party, half, new Verdict(Outcome.DECLINED, ReasonClass.OWN_HALF_REFUSED, refusal.name()));
  }

  /** Counts a payer's half that was refused before it could be parked. */
  void failed(String number, SignedMap signed) {
    Slot slot = store.slots.get(Slots.key(number, signed.billHash()));
    if (slot != null && signed.role() == Role.PAYER) {
      failed(slot);
    }
  }

  /** P2, P3: counts a payer's half that failed; the last that may ends the payee's that waits. */
  void failed(Slot slot) {
    Slot counted = slot.failedOnce();
    store.slots.put(slot.key(), counted);
    boolean inVain = counted.payee() != null && counted.payer() == null;
    if (counted.state() == SlotState.WAITING && inVain && counted.failed() >= MAX_FAILED) {
      end(counted, SlotState.DECIDED, EXHAUSTED);
    }
  }

  /**
   * P6. Only a slot in which the sender's own half of that number lies can be cancelled: a number
   * that has run out is not checked by the opener.
   */
  void cancel(Party party, OpenedHalf cancel) {
    Slot slot = slot(cancel.code().number(), cancel.signed());
    Parked payee = slot.payee();
    boolean known = store.slots.get(slot.key()) != null && payee != null;
    boolean own = payee != null && isOf(payee, party, cancel.signed().cancelledN());
    if (known && !own && !world.planted(Plant.CANCEL_BY_ANYONE)) {
      did(Transition.CANCEL_NOT_OWN, slot.key());
      decline(party, cancel, "NOT_OWN");
    } else if (!known) {
      did(Transition.CANCEL_TOO_EARLY, slot.key());
      decline(party, cancel, "NOTHING_TO_CANCEL");
    } else if (isOpen(slot)) {
      did(Transition.CANCELLED, slot.key());
      end(slot, SlotState.CANCELLED, WITHDRAWN);
      answers.answer(party, cancel, WITHDRAWN);
    } else {
      did(Transition.CANCEL_TOO_LATE, slot.key());
      if (world.planted(Plant.CANCEL_AFTER_DECISION)) {
        answers.answer(party, cancel, WITHDRAWN);
      } else {
        decline(party, cancel, "ENDED");
      }
    }
  }

  private void decline(Party party, OpenedHalf half, String exact) {
    answers.answer(party, half, new Verdict(Outcome.DECLINED, ReasonClass.OWN_HALF_REFUSED, exact));
  }

  private static boolean isOf(Parked half, Party party, @Nullable Long n) {
    return half.party().index() == party.index() && n != null && half.half().signed().n() == n;
  }

  /** P5: ends a waiting slot. */
  void expire(Slot slot) {
    did(Transition.EXPIRED, slot.key());
    end(slot, SlotState.EXPIRED, TOO_LATE);
  }

  private void end(Slot slot, SlotState state, Verdict verdict) {
    store.slots.put(slot.key(), slot.ended(state));
    for (Role role : Role.values()) {
      Parked parked = slot.half(role);
      if (parked != null) {
        answers.answer(parked.party(), parked.half(), verdict);
      }
    }
  }

  private static boolean isOpen(Slot slot) {
    return slot.state() == SlotState.WAITING || slot.state() == SlotState.PAIRED;
  }

  private long open(Party party) {
    return store.slots.all().stream()
        .filter(Pairing::isOpen)
        .flatMap(slot -> java.util.stream.Stream.of(Role.values()).map(slot::half))
        .filter(parked -> parked != null && parked.party().index() == party.index())
        .count();
  }

  private Slot slot(String number, SignedMap signed) {
    String key = Slots.key(number, signed.billHash());
    Slot slot = store.slots.get(key);
    return slot == null ? new Slot(key, SlotState.WAITING, null, null, 0) : slot;
  }

  static String place(String number, Role role) {
    return number + ":" + role;
  }

  private void did(Transition transition, String detail) {
    world.did(transition, Bank.NAME, detail);
  }
}
