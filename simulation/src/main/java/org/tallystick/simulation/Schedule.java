package org.tallystick.simulation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tallystick.answer.Outcome;
import org.tallystick.code.DeviceSequence;
import org.tallystick.code.Role;
import org.tallystick.crypto.Secret;
import org.tallystick.sequencer.DeviceEpochs;
import org.tallystick.sequencer.EpochRoot;
import org.tallystick.sequencer.EpochSecrets;
import org.tallystick.simulation.History.DeviceFacts;

/**
 * One schedule: enrol, some minutes of payments under faults, heal, two days, a fresh payment of
 * everybody who is not suspended, then the verdict on the history. Everything follows from the
 * seed.
 */
final class Schedule {
  /** What every account holds at first, minor units. */
  static final long OPENING_BALANCE = 1_009;

  /** How long a device is off that goes away: longer than skipped keys live. */
  static final long AWAY_MILLIS = 49 * 3_600_000L;

  private static final long TROUBLE_MILLIS = 10 * 60_000;
  private static final long SETTLE_MILLIS = 30 * 60_000;
  private static final long LONG_WAIT_MILLIS = 50 * 3_600_000L;
  private static final long MAX_SKEW_MILLIS = 120_000;
  private static final int ALIASES = 18;
  private static final long DAY_MILLIS = DeviceSequence.REKEY_AFTER_MILLIS;
  private static final int ROUNDS_BEFORE_REKEY = 5;

  /** Fresh payments after which a device that lives in its past must have met the bank again. */
  private static final int MAX_ROUNDS = 14;

  /**
   * What came of a schedule.
   *
   * @param violations of the history
   * @param traceHash hash of everything that happened
   * @param trace as text, if it was recorded
   */
  record Result(List<Violation> violations, long traceHash, List<String> trace) {}

  private final World world;
  private final Bank bank;
  private final Network network;
  private final List<Device> payers = new ArrayList<>();
  private final List<Device> payees = new ArrayList<>();
  private final Device sparePayer;
  private final Device sparePayee;

  private Schedule(World world) {
    this.world = world;
    this.network = new Network(world);
    this.bank = new Bank(world, network);
    this.sparePayer = enrol(Cast.PAYERS.get(Cast.MAX_PAYERS), 0);
    this.sparePayee = enrol(Cast.PAYEES.get(Cast.MAX_PAYEES), 0);
  }

  /** Runs the schedule of a seed. */
  static Result run(long seed, @Nullable Plant plant, Counts counts, boolean recording) {
    Trace trace = new Trace(recording);
    World world = new World(seed, plant, counts, trace);
    List<Violation> violations = new ArrayList<>();
    try {
      new Schedule(world).play();
      violations.addAll(Invariants.check(world.history));
    } catch (Crash | IllegalArgumentException | IllegalStateException failure) {
      violations.add(new Violation(Property.NO_EXCEPTION, String.valueOf(failure.getMessage())));
    }
    return new Result(violations, trace.hash(), trace.lines());
  }

  private void play() {
    int size = world.chance.below(20);
    int payerCount = size < 10 ? 1 : size < 17 ? 2 : 3;
    int payeeCount = size % 10 < 7 ? 1 : 2;
    for (int i = 0; i < payerCount; i++) {
      payers.add(enrolSkewed(Cast.PAYERS.get(i)));
    }
    for (int i = 0; i < payeeCount; i++) {
      payees.add(enrolSkewed(Cast.PAYEES.get(i)));
    }
    new Plan(world, bank, network, payers, payees).lay();
    world.pass(TROUBLE_MILLIS);
    world.heal();
    reconnect();
    world.pass(SETTLE_MILLIS);
    reconnect();
    world.pass(LONG_WAIT_MILLIS);
    reconnect();
    world.pass(SETTLE_MILLIS);
    devices().forEach(Device::giveUp);
    freshPayments();
    world.pass(SETTLE_MILLIS);
    reconnect();
    world.pass(SETTLE_MILLIS);
    devices().forEach(Device::giveUp);
    devices().forEach(this::recordEnd);
    world.history.postings.addAll(bank.store.postings.all());
  }

  private List<Device> devices() {
    List<Device> all = new ArrayList<>(payers);
    all.addAll(payees);
    all.add(sparePayer);
    all.add(sparePayee);
    return all;
  }

  private void reconnect() {
    devices().stream().filter(Device::isUp).forEach(Device::reconnect);
  }

  private Device enrolSkewed(Party party) {
    long skew = 0;
    if (world.strikes(Fault.CLOCK_SKEWED, party.name(), 0.5)) {
      skew = world.chance.between(-MAX_SKEW_MILLIS, MAX_SKEW_MILLIS);
    }
    return enrol(party, skew);
  }

  /** Section 3 cut short: both sides get the secrets of epoch 0. */
  private Device enrol(Party party, long skewMillis) {
    boolean byAge = world.chance.happens(0.02);
    // enrolled a day ago, so that a rekey is due from the beginning
    long enrolledAt = byAge && world.chance.happens(0.7) ? world.now() - DAY_MILLIS : world.now();

    EpochSecrets secrets =
        new EpochSecrets(
            world.chance.between(1_000, 1L << 40),
            Secret.random(world.chance.secure(), 32),
            Secret.random(world.chance.secure(), 32),
            Secret.random(world.chance.secure(), 32),
            Secret.random(world.chance.secure(), 32));
    List<byte[]> aliases = new ArrayList<>();
    for (int i = 0; i < ALIASES; i++) {
      aliases.add(Cast.ALIAS_KEY.alias(party.index(), world.chance.secure()));
    }
    DeviceFile file =
        DeviceFile.enrolled(
            DeviceSequence.initial(secrets.first(), secrets.string1(), secrets.string2()),
            DeviceRoots.enrolled(new EpochRoot(0, secrets.root()), enrolledAt + skewMillis),
            aliases,
            party.seedHead());
    Device device = new Device(world, network, bank, party, file, skewMillis, byAge);
    DeviceEpochs sequencer =
        DeviceEpochs.enrolled(
            party.binding().suite(), party.binding().deviceId(), secrets, 0, enrolledAt);
    bank.enrol(device, new BankStore.DeviceRow(party, sequencer, true, 0));
    return device;
  }

  /** Whole devices must succeed at once; one that lives in its past may need some codes. */
  private void freshPayments() {
    List<Device> left = candidates(payers, true);
    List<Device> right = candidates(payees, true);
    for (int i = 0; i < Math.max(left.size(), right.size()); i++) {
      freshPayment(
          i < left.size() ? left.get(i) : sparePayer, i < right.size() ? right.get(i) : sparePayee);
    }
    facts(sparePayer).fresh = true;
    facts(sparePayee).fresh = true;
    for (int round = 0; round < MAX_ROUNDS; round++) {
      candidates(payers, false).forEach(payer -> freshPayment(payer, sparePayee));
      candidates(payees, false).forEach(payee -> freshPayment(sparePayer, payee));
      if (round == ROUNDS_BEFORE_REKEY) {
        candidates(payers, false).forEach(this::resynchronise);
        candidates(payees, false).forEach(this::resynchronise);
      }
    }
  }

  private List<Device> candidates(List<Device> from, boolean whole) {
    return from.stream()
        .filter(
            device -> {
              DeviceFacts facts = facts(device);
              return !facts.suspended()
                  && !facts.fresh
                  && facts.whole() == whole
                  && !isEstranged(device);
            })
        .toList();
  }

  /** A device that finds itself beside the bank rekeys (R.2). */
  private void resynchronise(Device device) {
    world.did(Transition.RESYNCHRONISED, device.party.name(), "");
    device.rekeys.resynchronise();
    world.pass(60_000);
  }

  /** Whether nothing that the device can say is understood any more. */
  private boolean isEstranged(Device device) {
    DeviceRoots roots = device.disk().roots();
    return bank.store.device(device.party.index()).sequencer().roots().stream()
        .noneMatch(root -> same(roots, root));
  }

  private static boolean same(DeviceRoots roots, EpochRoot root) {
    EpochRoot own = roots.of(root.epoch());
    return own != null && Arrays.equals(own.root().reveal(), root.root().reveal());
  }

  private void freshPayment(Device payer, Device payee) {
    String act = "fresh at " + world.now();
    new HalfMaker(payee).bill(act, 1, 300_000);
    BillNote bill = payee.disk().bills().get(act);
    if (bill == null) {
      return;
    }
    new HalfMaker(payer).pay(act, bill, bill.amount(), 300_000, false);
    world.pass(60_000);
    if (heardApproved(Slots.key(bill.number(), bill.hash()))) {
      world.did(Transition.FRESH_PAYMENT, payer.party.name(), "to " + payee.party);
      facts(payer).fresh = true;
      facts(payee).fresh = true;
    }
  }

  private boolean heardApproved(String slot) {
    Set<String> approved = new HashSet<>();
    for (History.Heard heard : world.history.heard) {
      if (heard.outcome() == Outcome.APPROVED) {
        approved.add(heard.codeHash());
      }
    }
    return world.history.movements.stream()
        .anyMatch(
            moved ->
                moved.slot().equals(slot)
                    && approved.contains(moved.payerCode())
                    && approved.contains(moved.payeeCode()));
  }

  private DeviceFacts facts(Device device) {
    return world.history.device(device.party.index());
  }

  private void recordEnd(Device device) {
    DeviceFacts facts = facts(device);
    facts.deviceNext = device.disk().sequence().n();
    facts.bankNext = bank.store.device(device.party.index()).sequencer().newest().next();
    facts.seedHead = device.party.seedHead();
    facts.deviceLogIndex = device.disk().log().index();
    facts.deviceLogHead = device.disk().log().head();
    facts.estranged = isEstranged(device);
    facts.bankLog = bank.store.log(device.party.index());
    Set<String> open = new HashSet<>();
    device.disk().outbox().values().forEach(entry -> open.add(entry.codeHash()));
    facts.outbox = open;
    if (device.party.role() == Role.PAYEE && facts.wrongPins > 0) {
      throw new IllegalStateException("a payee types no PIN");
    }
  }
}
