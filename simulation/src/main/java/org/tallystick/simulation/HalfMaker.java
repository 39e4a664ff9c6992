package org.tallystick.simulation;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tallystick.answer.ReplyKeys;
import org.tallystick.bill.Bill;
import org.tallystick.bill.BillBody;
import org.tallystick.bill.BillItem;
import org.tallystick.code.Conditions;
import org.tallystick.code.HalfSealer;
import org.tallystick.code.HalfTerms;
import org.tallystick.code.Purpose;
import org.tallystick.code.Role;
import org.tallystick.code.SealedHalf;
import org.tallystick.crypto.Signer;
import org.tallystick.money.Money;
import org.tallystick.pin.PinVerifier;

/** What a person does with a device: makes a bill, pays, cancels. Each act happens once. */
final class HalfMaker {
  private static final long BILL_LIFE_MILLIS = 15 * 60_000;
  private static final Signer STAND_IN = new Cast.StandIn();
  private static final byte[] CERTIFICATE = {};

  private final Device device;

  HalfMaker(Device device) {
    this.device = device;
  }

  /** Payee: bill and half in one write. */
  void bill(String act, long minor, long lifeMillis) {
    device.step(
        file -> {
          if (!ready(file, act)) {
            return;
          }
          String number = file.sequence().number(device.party.binding());
          Money amount = Money.of(minor, Cast.CURRENCY);
          BillNote note = note(number, amount, file.sequence().n());
          HalfTerms terms =
              terms(file, Role.PAYEE, Purpose.PURCHASE, note, amount, lifeMillis, null, null);
          Draft draft = new Draft(act, terms, note, device.party.key(), false);
          commit(file, draft, Transition.BILL_MADE);
        });
  }

  /** Payer: half for a scanned bill; B6 is checked first. */
  void pay(String act, BillNote bill, Money stated, long lifeMillis, boolean wrongPin) {
    device.step(
        file -> {
          if (!ready(file, act) || device.clock() > bill.expiresMillis()) {
            return;
          }
          PinVerifier pin = wrongPin ? device.party.wrongPin() : device.party.rightPin();
          HalfTerms terms =
              terms(file, Role.PAYER, Purpose.PURCHASE, bill, stated, lifeMillis, pin, null);
          Draft draft = new Draft(act, terms, null, device.party.key(), wrongPin);
          commit(file, draft, Transition.HALF_MADE);
        });
  }

  /** Payee: withdraws a half, or tries to with somebody else's. */
  void cancel(String act, BillNote bill, long cancelledN) {
    device.step(
        file -> {
          if (!ready(file, act)) {
            return;
          }
          HalfTerms terms =
              terms(
                  file, Role.PAYEE, Purpose.CANCEL, bill, bill.amount(), 300_000, null, cancelledN);
          Draft draft = new Draft(act, terms, null, device.party.key(), false);
          commit(file, draft, Transition.CANCEL_MADE);
        });
  }

  /** A thief with the chain, but not the signing key, makes the device's next code and sends it. */
  void steal(BillNote bill) {
    DeviceFile file = device.disk();
    if (file.aliases().isEmpty()) {
      return;
    }
    device.world.history.device(device.party.index()).stolen = true;
    device.world.struck(Fault.CHAIN_STOLEN, device.party.name());
    HalfTerms terms =
        terms(
            file,
            device.party.role(),
            Purpose.PURCHASE,
            bill,
            bill.amount(),
            300_000,
            device.party.rightPin(),
            null);
    SealedHalf sealed = seal(file, new Draft("theft", terms, null, Cast.THIEF_KEY, false));
    device.send(new Message.CodeText(sealed.text()));
  }

  private record Draft(
      String act, HalfTerms terms, @Nullable BillNote bill, Signer key, boolean wrongPin) {}

  private static boolean ready(DeviceFile file, String act) {
    // one alias is kept back for requests
    return !file.done().contains(act)
        && file.aliases().size() > 1
        && file.roots().maySeal()
        && !file.sequence().isExhausted();
  }

  private BillNote note(String number, Money amount, long n) {
    long now = device.clock();
    BillBody body =
        new BillBody(
            Cast.CONSORTIUM,
            number,
            Purpose.PURCHASE,
            List.of(new BillItem("goods", amount.minor())),
            amount,
            Money.of(0, Cast.CURRENCY),
            now,
            now + BILL_LIFE_MILLIS,
            device.world.chance.bytes(16),
            null,
            "till",
            false,
            Conditions.NONE);
    Bill bill = Bill.sign(body, STAND_IN, CERTIFICATE);
    return new BillNote(number, bill.hash(), amount, body.expiresMillis(), n, device.party);
  }

  private HalfTerms terms(
      DeviceFile file,
      Role role,
      Purpose purpose,
      BillNote bill,
      Money amount,
      long lifeMillis,
      @Nullable PinVerifier pin,
      @Nullable Long cancelledN) {
    return new HalfTerms(
        role,
        purpose,
        bill.number(),
        bill.hash(),
        amount,
        role == Role.PAYER ? bill.payee().binding().accountIdentifier() : null,
        device.clock() + lifeMillis,
        null,
        pin,
        cancelledN,
        file.log().index(),
        file.log().head());
  }

  private SealedHalf seal(DeviceFile file, Draft draft) {
    return new HalfSealer(device.party.binding(), draft.key(), device.world.chance.secure())
        .seal(file.sequence(), draft.terms(), file.aliases().get(0), device.clock());
  }

  /** S1: one durable write, then the first byte leaves. */
  private void commit(DeviceFile file, Draft draft, Transition made) {
    SealedHalf sealed = seal(file, draft);
    HalfTerms terms = draft.terms();
    OutboxEntry entry =
        new OutboxEntry(
            sealed,
            Slots.hex(sealed.codeHash()),
            Slots.hex(ReplyKeys.pickup(sealed.replyRoot())),
            terms.number(),
            terms.billHash(),
            terms.purpose());
    boolean early = device.world.planted(Plant.DEVICE_SENDS_BEFORE_WRITE);
    device.world.history.meant(entry.codeHash(), draft.wrongPin());
    if (early) {
      device.transmit(entry);
    }
    device.write(
        file.withCode(entry, draft.act(), draft.bill()),
        () -> {
          device.world.did(made, device.party.name(), Device.describe(entry));
          if (made == Transition.BILL_MADE) {
            device.world.billOpened(entry.codeHash());
          }
          device.world.history.written(device.party.index(), entry, draft.wrongPin());
        });
    if (!early) {
      device.transmit(entry);
    }
  }
}
