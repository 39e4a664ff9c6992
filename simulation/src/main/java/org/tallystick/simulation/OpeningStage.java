package org.tallystick.simulation;

import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.tallystick.answer.Outcome;
import org.tallystick.answer.ReasonClass;
import org.tallystick.code.Code;
import org.tallystick.code.CodeOpener;
import org.tallystick.code.ConsumedCodes;
import org.tallystick.code.HalfCheck;
import org.tallystick.code.OpenResult;
import org.tallystick.code.OpenedHalf;
import org.tallystick.code.Purpose;
import org.tallystick.code.Refusal;
import org.tallystick.code.Role;
import org.tallystick.code.SignedMap;
import org.tallystick.codec.MalformedInputException;
import org.tallystick.sequencer.DeviceEpochs;
import org.tallystick.sequencer.Epoch;
import org.tallystick.sequencer.NumberAt;
import org.tallystick.sequencer.OneTimeKeys;
import org.tallystick.sequencer.SkippedKey;
import org.tallystick.simulation.BankStore.DeviceRow;
import org.tallystick.simulation.BankStore.FinalRow;

/** O1 to O12, in one transaction that uses up the number and parks or answers. */
final class OpeningStage {
  /** How long a skipped key can still be needed: the longest life of a half, and a skewed clock. */
  static final long SKIPPED_LIFE_MILLIS = SignedMap.MAX_LIFE_MILLIS + 120_000;

  private final World world;
  private final BankStore store;
  private final FinalAnswers answers;
  private final Pairing pairing;

  OpeningStage(World world, BankStore store, FinalAnswers answers, Pairing pairing) {
    this.world = world;
    this.store = store;
    this.answers = answers;
    this.pairing = pairing;
  }

  /** Handles one code; returns the stored answer where the code is known and answered. */
  @Nullable FinalRow handle(String text, long receivedAt) {
    Code code;
    try {
      code = Code.parse(text);
    } catch (MalformedInputException malformed) {
      did(Transition.DROPPED_O1, "");
      return null;
    }
    DeviceRow row = store.deviceOf(code.alias());
    if (row == null) {
      did(Transition.DROPPED_O2, "");
      return null;
    }
    if (world.planted(Plant.PARK_BEFORE_VERIFY)) {
      squat(code, row.party());
    }
    String hash = Slots.hex(code.hash());
    if (store.consumedByHash.get(hash) != null
        && !world.planted(Plant.BANK_NO_CONSUMED_CHECK)) { // O3
      FinalRow known = store.finals.get(hash);
      did(
          known == null ? Transition.REPEATED_PENDING : Transition.REPEATED_ANSWERED,
          Slots.brief(hash));
      return known;
    }
    open(code, row, receivedAt);
    return null;
  }

  private void open(Code code, DeviceRow row, long receivedAt) {
    UsedNumbers known = new UsedNumbers(world, store, row.party());
    CodeOpener opener =
        new CodeOpener(
            row.party().key().verificationKey(),
            EpochPlants.seen(world, row.sequencer(), code),
            known,
            known,
            world.planted(Plant.RECOVERY_EPOCH_NOT_CHECKED) ? 0 : store.recoveryEpoch());
    OpenResult result = opener.open(code, world.now(), world.now() + SKIPPED_LIFE_MILLIS);
    if (result instanceof OpenResult.RekeyFirst outdated) {
      rekeyFirst(row, outdated);
    } else if (result instanceof OpenResult.Opened opened) {
      opened(row, opened.half(), opened.next(), receivedAt);
    } else if (result instanceof OpenResult.Compromised compromised) {
      compromised(code, row, compromised);
    } else if (result instanceof OpenResult.Dropped dropped) {
      did(
          dropped.step().equals("O4") ? Transition.DROPPED_O4 : Transition.DROPPED_O5,
          row.party().name());
    }
  }

  /** O9c: the number is used up, and that is all. */
  private void rekeyFirst(DeviceRow row, OpenResult.RekeyFirst outdated) {
    OpenedHalf half = outdated.half();
    SignedMap signed = half.signed();
    Party party = row.party();
    NumberAt at = new NumberAt(signed.epoch(), signed.n());
    did(Transition.REKEY_FIRST_O9C, party.name() + " " + at);
    useUp(
        party,
        at,
        new ConsumedCodes.Consumed(half.codeHash(), signed.prev(), half.code().number()));
    store.devices.put(party.index(), row.with(outdated.next()));
    store.afterCommit(() -> world.history.opened(party.index(), half, world.now()));
    answers.answer(
        party,
        half,
        new FinalAnswers.Verdict(
            Outcome.DECLINED, ReasonClass.REKEY_FIRST, Refusal.REKEY_FIRST.name()));
  }

  private void compromised(Code code, DeviceRow row, OpenResult.Compromised found) {
    Party party = row.party();
    did(
        found.isFork() ? Transition.FORK_O9 : Transition.COMPROMISED_O7,
        party.name() + " n=" + found.at().n() + " " + Slots.brief(Slots.hex(found.codeHash())));
    useUp(
        party,
        found.at(),
        new ConsumedCodes.Consumed(found.codeHash(), new byte[16], code.number()));
    store.devices.put(party.index(), row.with(found.next()).suspended());
    store.afterCommit(() -> world.history.suspended(party.index()));
    answers.answerUnread(
        party, code, found.codeHash(), found.at(), found.replyRoot(), found.step());
  }

  private void opened(DeviceRow row, OpenedHalf half, DeviceEpochs next, long receivedAt) {
    SignedMap signed = half.signed();
    Party party = row.party();
    NumberAt at = new NumberAt(signed.epoch(), signed.n());
    did(how(row.sequencer(), at), party.name() + " n=" + signed.n());
    switched(row.sequencer(), next, at);
    useUp(
        party,
        at,
        new ConsumedCodes.Consumed(half.codeHash(), signed.prev(), half.code().number()));
    store.afterCommit(() -> world.history.opened(party.index(), half, receivedAt));
    DeviceRow moved = row.with(planted(row.sequencer(), next, half.code().hint(), at));
    if (world.planted(Plant.BANK_ADVANCES_OUTSIDE_TRANSACTION)) {
      store.outsideTransaction(() -> store.devices.put(party.index(), moved));
    } else {
      store.devices.put(party.index(), moved);
    }
    Optional<Refusal> refusal = check(moved, half, receivedAt);
    if (refusal.isPresent()) {
      refuse(moved, half, refusal.get());
      return;
    }
    if (signed.role() == Role.PAYER && moved.wrongPins() > 0) {
      store.devices.put(party.index(), moved.withWrongPins(0));
    }
    if (signed.purpose() == Purpose.CANCEL) {
      pairing.cancel(party, half);
    } else {
      pairing.park(party, half, receivedAt);
    }
  }

  private Optional<Refusal> check(DeviceRow row, OpenedHalf half, long receivedAt) {
    Party party = row.party();
    HalfCheck.Sender sender =
        new HalfCheck.Sender(
            party.binding(),
            party.role(),
            row.active(),
            true,
            party.role() == Role.PAYER ? party.rightPin() : null);
    return HalfCheck.check(half, sender, receivedAt)
        .filter(
            refusal -> refusal != Refusal.PIN_WRONG || !world.planted(Plant.WRONG_PIN_MOVES_MONEY));
  }

  private void refuse(DeviceRow row, OpenedHalf half, Refusal refusal) {
    Party party = row.party();
    pairing.failed(half.code().number(), half.signed());
    if (refusal == Refusal.LATE) {
      did(Transition.REFUSED_LATE, party.name());
      answers.answer(
          party,
          half,
          new FinalAnswers.Verdict(Outcome.EXPIRED, ReasonClass.TOO_LATE, refusal.name()));
      return;
    }
    if (refusal == Refusal.PIN_WRONG) {
      did(Transition.REFUSED_PIN, party.name());
      DeviceRow counted = row.withWrongPins(row.wrongPins() + 1);
      if (counted.wrongPins() >= HalfCheck.MAX_WRONG_PINS) {
        did(Transition.SUSPENDED_BY_PINS, party.name());
        counted = counted.suspended();
        store.afterCommit(() -> world.history.suspended(party.index()));
      }
      store.devices.put(party.index(), counted);
    } else if (refusal == Refusal.DEVICE_NOT_ACTIVE) {
      did(Transition.REFUSED_DEVICE, party.name());
    }
    ReasonClass reason = row.active() ? ReasonClass.OWN_HALF_REFUSED : ReasonClass.DEVICE_SUSPENDED;
    answers.answer(party, half, new FinalAnswers.Verdict(Outcome.DECLINED, reason, refusal.name()));
  }

  private static Transition how(DeviceEpochs state, NumberAt at) {
    if (state.skipped().containsKey(at)) {
      return Transition.OPENED_SKIPPED;
    }
    long next = state.epoch(at.epoch()).map(Epoch::next).orElse(at.n());
    return at.n() == next ? Transition.OPENED_NEXT : Transition.OPENED_AHEAD;
  }

  /** S6: what an opened code does to, or says of, the older epoch. */
  private void switched(DeviceEpochs before, DeviceEpochs next, NumberAt at) {
    Epoch older = before.older();
    if (older == null) {
      return;
    }
    if (at.epoch() != before.newest().number()) {
      did(
          older.isOpen() ? Transition.OPENED_OLDER_EPOCH : Transition.OPENED_CLOSED_EPOCH,
          at.toString());
    } else if (older.isOpen() && next.older() != null && !next.older().isOpen()) {
      did(Transition.EPOCH_CLOSED, older.toString());
    }
  }

  private void useUp(Party party, NumberAt at, ConsumedCodes.Consumed record) {
    store.consumed.put(Slots.number(party.index(), at), record);
    store.consumedByHash.put(Slots.hex(record.codeHash()), at.n());
  }

  private DeviceEpochs planted(DeviceEpochs before, DeviceEpochs next, byte[] hint, NumberAt at) {
    TreeMap<NumberAt, SkippedKey> skipped = new TreeMap<>(next.skipped());
    if (world.planted(Plant.NO_SKIPPED_KEYS)) {
      skipped.clear();
    } else if (world.planted(Plant.BANK_NO_CONSUMED_CHECK)) {
      before.find(hint, world.now()).ifPresent(keys -> skipped.put(at, kept(keys)));
    } else {
      return next;
    }
    return new DeviceEpochs(
        next.suite(),
        next.deviceId(),
        next.newest(),
        next.older(),
        skipped,
        next.notices(),
        next.rekeyedBy(),
        next.undueMillis());
  }

  private SkippedKey kept(OneTimeKeys keys) {
    return new SkippedKey(keys.skippedKey(), 0, world.now() + SKIPPED_LIFE_MILLIS);
  }

  /** A place for whoever comes first under a number, known or not. */
  private void squat(Code code, Party party) {
    String place = Pairing.place(code.number(), party.role());
    if (store.squatters.get(place) == null) {
      store.squatters.put(place, Slots.hex(code.hash()));
    }
  }

  private void did(Transition transition, String detail) {
    world.did(transition, Bank.NAME, detail);
  }
}
