package org.tallystick.simulation;

import java.util.Optional;
import org.tallystick.answer.Outcome;
import org.tallystick.answer.ReasonClass;
import org.tallystick.pairing.Agreement;
import org.tallystick.pairing.Mismatch;
import org.tallystick.simulation.BankStore.Parked;
import org.tallystick.simulation.BankStore.Posting;
import org.tallystick.simulation.BankStore.Slot;
import org.tallystick.simulation.BankStore.SlotState;
import org.tallystick.simulation.FinalAnswers.Verdict;

/** P3 and P4: one decision per slot, in one transaction. */
final class DecidingStage {
  private static final Verdict DONE = new Verdict(Outcome.APPROVED, ReasonClass.NONE, "APPROVED");

  private final World world;
  private final BankStore store;
  private final FinalAnswers answers;
  private final Pairing pairing;

  DecidingStage(World world, BankStore store, FinalAnswers answers, Pairing pairing) {
    this.world = world;
    this.store = store;
    this.answers = answers;
    this.pairing = pairing;
  }

  void decide(String key) {
    Slot slot = store.slots.get(key);
    if (slot != null && slot.state() != SlotState.PAIRED) {
      did(Transition.DECISION_REPEATED, key);
      if (world.planted(Plant.LEDGER_NOT_IDEMPOTENT) && slot.state() == SlotState.DECIDED) {
        repost(key);
      }
      return;
    }
    Parked payer = slot == null ? null : slot.payer();
    Parked payee = slot == null ? null : slot.payee();
    if (slot == null || payer == null || payee == null) {
      throw new IllegalStateException("a slot to decide has two halves");
    }
    store.slots.put(key, slot.ended(SlotState.DECIDED));
    Optional<Mismatch> mismatch = agreement(payer, payee);
    if (!isGood(payee)) {
      did(Transition.DECLINED_SUSPENDED, key);
      decline(payer, ReasonClass.NOT_HONOURED, "SUSPENDED");
      decline(payee, ReasonClass.NOT_HONOURED, "SUSPENDED");
    } else if (mismatch.isPresent()) {
      did(Transition.DECLINED_MISMATCH, key);
      decline(payer, ReasonClass.HALVES_DO_NOT_MATCH, mismatch.get().name());
      pairing.failed(slot.withoutPayer());
    } else if (!isGood(payer)) {
      did(Transition.DECLINED_SUSPENDED, key);
      decline(payer, ReasonClass.DEVICE_SUSPENDED, "SUSPENDED");
      pairing.failed(slot.withoutPayer());
    } else if (balance(payer.party().index()) < payer.half().signed().amount().minor()) {
      did(Transition.DECLINED_FUNDS, key);
      decline(payer, ReasonClass.NOT_HONOURED, "FUNDS");
      decline(payee, ReasonClass.NOT_HONOURED, "FUNDS");
    } else {
      approve(key, payer, payee);
    }
  }

  private Optional<Mismatch> agreement(Parked payer, Parked payee) {
    return Agreement.check(payer.half().signed(), payee.half().signed())
        .filter(
            found -> found != Mismatch.AMOUNT || !world.planted(Plant.PAYER_HALF_UNCHECKED_AMOUNT));
  }

  private boolean isGood(Parked parked) {
    return store.device(parked.party().index()).active()
        || world.planted(Plant.SUSPENDED_STILL_PAYS);
  }

  private void decline(Parked parked, ReasonClass reason, String exact) {
    answers.answer(parked.party(), parked.half(), new Verdict(Outcome.DECLINED, reason, exact));
  }

  private void approve(String key, Parked payer, Parked payee) {
    did(Transition.APPROVED, key);
    long minor = payer.half().signed().amount().minor();
    Posting posting = new Posting(key, payer.party().index(), payee.party().index(), minor);
    store.postings.put(key, posting);
    History.Movement movement =
        new History.Movement(
            key, Slots.hex(payer.half().codeHash()), Slots.hex(payee.half().codeHash()), minor);
    store.afterCommit(() -> world.history.moved(movement));
    answers.answer(payer.party(), payer.half(), DONE);
    answers.answer(payee.party(), payee.half(), DONE);
  }

  private void repost(String key) {
    Posting first = store.postings.get(key);
    if (first != null) {
      store.postings.put(key + "#" + store.nextId(), first);
    }
  }

  private long balance(int account) {
    long balance = Schedule.OPENING_BALANCE;
    for (Posting posting : store.postings.all()) {
      balance += posting.credited() == account ? posting.minor() : 0;
      balance -= posting.debited() == account ? posting.minor() : 0;
    }
    return balance;
  }

  private void did(Transition transition, String detail) {
    world.did(transition, Bank.NAME, detail);
  }
}
