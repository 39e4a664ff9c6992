package org.tallystick.simulation;

import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.tallystick.money.Money;

/** What the people of one schedule do, and when; drawn from the seed before anything happens. */
final class Plan {
  private static final long RETRY_MILLIS = 15_000;
  private static final int TRIES = 12;
  private static final int STORM_PINS = 7;
  private static final int STORM_BILLS = 10;
  private static final int RESTLESS_ROUNDS = 6;
  private static final long RESTLESS_MILLIS = 90_000;

  /** So long ago that the bank has no key for it any more and cannot check whose number it was. */
  private static final long FAR_AWAY = 5_000;

  private final World world;
  private final Chance chance;
  private final Bank bank;
  private final Network network;
  private final List<Device> payers;
  private final List<Device> payees;

  Plan(World world, Bank bank, Network network, List<Device> payers, List<Device> payees) {
    this.world = world;
    this.bank = bank;
    this.network = network;
    this.chance = world.chance;
    this.payers = payers;
    this.payees = payees;
  }

  /** Schedules everything. */
  void lay() {
    int bills = 1 + Math.min(chance.below(5) / 2, 2);
    for (int i = 0; i < bills; i++) {
      layBill("bill" + i);
    }
    if (chance.happens(0.015)) {
      layPinStorm();
    }
    if (chance.happens(0.01)) {
      layManyBills();
    }
    layMisfortunes();
    if (chance.happens(0.1)) {
      layRekeys();
    }
    if (chance.happens(0.025)) {
      layBankRestore();
    }
  }

  /** Fresh epochs in the midst of payments, and copies of a device from before. */
  private void layRekeys() {
    Device device = anyone();
    if (chance.happens(0.05)) {
      layRestless(device);
    } else {
      int times = 1 + chance.below(2);
      for (int i = 0; i < times; i++) {
        layRekey(device, chance.between(5_000, 150_000));
      }
    }
    long start = chance.between(5_000, 60_000);
    if (chance.happens(0.3)) {
      layRekey(device, start);
      world.after(start + chance.between(0, 6_000), device::copyFile);
      world.after(start + chance.between(8_000, 100_000), device::restore);
    } else if (chance.happens(0.1)) {
      world.after(start, device::copyFile);
      world.after(start + chance.between(1_000, 100_000), device::cloneRekeys);
    }
  }

  /** Rekeys all the time, each after a payment that ends before: the bank must get enough of it. */
  private void layRestless(Device device) {
    boolean pays = payers.contains(device);
    Device payer = pays ? device : pick(payers);
    Device payee = pays ? pick(payees) : device;
    for (int i = 0; i < RESTLESS_ROUNDS; i++) {
      String bill = "restless" + i;
      String act = bill + "a";
      long start = i * RESTLESS_MILLIS + chance.between(2_000, 10_000);
      at(start, () -> payee, bill, () -> new HalfMaker(payee).bill(bill, 10, 40_000));
      atBill(
          start + 1_000,
          payer,
          payee,
          bill,
          act,
          note -> new HalfMaker(payer).pay(act, note, note.amount(), 40_000, false));
      layRekey(device, start + 40_000);
      layRekey(device, start + 75_000);
    }
  }

  private void layRekey(Device device, long start) {
    world.after(
        start,
        () -> {
          world.struck(Fault.REKEY_NOT_DUE, device.party.name());
          world.history.device(device.party.index()).undueRekeys++;
          device.step(file -> device.rekeys.want());
        });
  }

  /** The bank's store goes back; whoever listened sends everything again. */
  private void layBankRestore() {
    if (chance.happens(0.6)) {
      layRekey(anyone(), chance.between(2_000, 120_000));
    }
    long backup = chance.between(0, 100_000);
    world.after(backup, bank::backUp);
    world.after(
        backup + chance.between(5_000, 150_000),
        () -> {
          bank.restore();
          List<Message> overheard = network.overheard();
          for (Message message : overheard) {
            world.after(chance.between(0, 120_000), () -> bank.receiveFromStranger(message));
          }
        });
  }

  private void layBill(String act) {
    Device payee = pick(payees);
    long start = chance.between(0, 200_000);
    long minor = 10L * chance.between(10, 60);
    long life = chance.between(30_000, 300_000);
    at(start, () -> payee, act, () -> new HalfMaker(payee).bill(act, minor, life));
    if (world.strikes(Fault.TWIN_LATE_OR_NEVER, act, 0.15)) {
      if (chance.happens(0.7)) {
        layPayment(act, "a", payee, start + life + chance.between(-25_000, 60_000));
      }
    } else {
      layPayment(act, "a", payee, start + chance.between(2_000, 40_000));
    }
    if (world.strikes(Fault.BILL_PAID_TWICE, act, 0.15)) {
      layPayment(act, "b", payee, start + chance.between(2_000, 90_000));
    }
    if (world.strikes(Fault.CANCELLED_BY_PAYEE, act, 0.15)) {
      layCancel(act, payee, start + chance.between(500, 90_000));
    }
    Device stranger = pick(payees);
    if (stranger != payee && world.strikes(Fault.CANCELLED_BY_STRANGER, act, 0.3)) {
      layStranger(act, payee, stranger, start + chance.between(500, 60_000));
    }
  }

  private void layPayment(String bill, String mark, Device payee, long start) {
    Device payer = pick(payers);
    String act = bill + mark;
    long life = chance.between(30_000, 300_000);
    boolean wrong = world.strikes(Fault.PIN_WRONG, act, 0.08);
    boolean altered = world.strikes(Fault.AMOUNT_ALTERED, act, 0.06);
    atBill(
        start,
        payer,
        payee,
        bill,
        act,
        note -> {
          long stated = note.amount().minor() - (altered ? 10 : 0);
          Money amount = Money.of(stated, note.amount().currency());
          new HalfMaker(payer).pay(act, note, amount, life, wrong);
        });
  }

  private void layCancel(String bill, Device payee, long start) {
    String act = bill + "-cancel";
    atBill(
        start, payee, payee, bill, act, note -> new HalfMaker(payee).cancel(act, note, note.n()));
  }

  private void layStranger(String bill, Device payee, Device stranger, long start) {
    String act = bill + "-stranger";
    atBill(
        start,
        stranger,
        payee,
        bill,
        act,
        note -> {
          long far = stranger.disk().sequence().n() - FAR_AWAY;
          new HalfMaker(stranger).cancel(act, note, far);
        });
  }

  /** One bill, one person who does not know the PIN, and one who comes afterwards. */
  private void layPinStorm() {
    Device payee = pick(payees);
    Device payer = payers.get(0);
    at(1_000, () -> payee, "storm", () -> new HalfMaker(payee).bill("storm", 100, 300_000));
    for (int i = 0; i < STORM_PINS; i++) {
      String act = "storm" + i;
      boolean wrong = i > 0 || chance.happens(0.7);
      if (wrong) {
        world.struck(Fault.PIN_WRONG, act);
      }
      // the first, with a right PIN, goes elsewhere and may still wait when the device is suspended
      atBill(
          chance.between(8_000, 60_000),
          payer,
          payee,
          wrong ? "storm" : "bill0",
          act,
          note -> new HalfMaker(payer).pay(act, note, note.amount(), 300_000, wrong));
    }
    if (payers.size() > 1) {
      layPayment("storm", "z", payee, chance.between(90_000, 120_000));
    }
  }

  private void layManyBills() {
    Device payee = pick(payees);
    for (int i = 0; i < STORM_BILLS; i++) {
      String act = "many" + i;
      long start = chance.between(0, 20_000);
      at(start, () -> payee, act, () -> new HalfMaker(payee).bill(act, 100, 300_000));
    }
  }

  private void layMisfortunes() {
    if (chance.happens(0.12)) {
      Device victim = anyone();
      long copied = chance.between(0, 120_000);
      world.after(copied, victim::copyFile);
      world.after(copied + chance.between(1_000, 150_000), victim::restore);
    }
    if (chance.happens(0.03)) {
      Device victim = anyone();
      world.after(chance.between(5_000, 120_000), victim::goAway);
    }
    if (chance.happens(0.02)) {
      Device victim = anyone();
      at(
          chance.between(5_000, 120_000),
          () -> victim,
          "theft",
          () -> {
            BillNote note = anyBill();
            if (note != null) {
              new HalfMaker(victim).steal(note);
            }
          });
    }
  }

  private @Nullable BillNote anyBill() {
    return payees.stream()
        .flatMap(payee -> payee.disk().bills().values().stream())
        .findFirst()
        .orElse(null);
  }

  private Device anyone() {
    int at = chance.below(payers.size() + payees.size());
    return at < payers.size() ? payers.get(at) : payees.get(at - payers.size());
  }

  private Device pick(List<Device> from) {
    return from.get(chance.below(from.size()));
  }

  /** An act on a bill: the payer scans it from the payee's screen, so both must be there. */
  private void atBill(
      long start,
      Device actor,
      Device payee,
      String bill,
      String act,
      java.util.function.Consumer<BillNote> action) {
    at(
        start,
        () -> payee.disk().bills().containsKey(bill) ? actor : null,
        act,
        () -> {
          BillNote note = payee.disk().bills().get(bill);
          if (note != null) {
            action.accept(note);
          }
        });
  }

  private void at(long start, Supplier<@Nullable Device> actor, String act, Runnable action) {
    world.after(start, () -> attempt(actor, act, action, TRIES));
  }

  /** People try again until their device says that it is done. */
  private void attempt(
      Supplier<@Nullable Device> actor, String act, Runnable action, int triesLeft) {
    Device device = actor.get();
    if (device != null && device.isUp()) {
      action.run();
      if (device.disk().done().contains(act) || act.equals("theft")) {
        return;
      }
    }
    if (triesLeft > 0 && !world.healed()) {
      world.after(RETRY_MILLIS, () -> attempt(actor, act, action, triesLeft - 1));
    }
  }
}
