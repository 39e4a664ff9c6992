package org.tallystick.simulation;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A device: a file that survives, a memory that does not, and an outbox that it keeps sending. */
final class Device {
  private static final long FIRST_RETRY_MILLIS = 4_000;
  private static final int MAX_ATTEMPTS = 12;

  final World world;
  final Party party;
  private final Network network;
  private final Bank bank;
  private final long clockSkewMillis;
  private final AnswerDesk answers;
  private final boolean rekeysByAge;
  final RekeyDesk rekeys;
  private DeviceFile disk;
  private @Nullable DeviceFile memory;
  private @Nullable DeviceFile oldCopy;
  private int boots;

  Device(
      World world,
      Network network,
      Bank bank,
      Party party,
      DeviceFile enrolled,
      long skewMillis,
      boolean rekeysByAge) {
    this.world = world;
    this.network = network;
    this.bank = bank;
    this.party = party;
    this.disk = enrolled;
    this.memory = enrolled;
    this.clockSkewMillis = skewMillis;
    this.answers = new AnswerDesk(this);
    this.rekeys = new RekeyDesk(this);
    this.rekeysByAge = rekeysByAge;
  }

  long clock() {
    return world.now() + clockSkewMillis;
  }

  DeviceFile disk() {
    return disk;
  }

  /** How often it started anew: what was planned before is off. */
  int boots() {
    return boots;
  }

  /** Whether it looks at the age of its epoch at all (S4); most do not, to spare agreements. */
  boolean rekeysByAge() {
    return rekeysByAge;
  }

  boolean isUp() {
    return memory != null;
  }

  /** One step of the device on what it has in memory; a crash ends it. Does nothing while off. */
  void step(Consumer<DeviceFile> action) {
    DeviceFile loaded = memory;
    if (loaded == null) {
      world.did(Transition.MISSED, party.name(), "");
      return;
    }
    try {
      action.accept(loaded);
    } catch (Crash crash) {
      goDown(world.chance.between(1_000, 60_000));
    }
  }

  /** One durable write. */
  void write(DeviceFile next, Runnable onDisk) {
    world.crashPoint(Fault.DEVICE_CRASH_BEFORE_WRITE, party.name(), 0.05);
    disk = next;
    memory = next;
    onDisk.run();
    world.crashPoint(Fault.DEVICE_CRASH_AFTER_WRITE, party.name(), 0.05);
  }

  /** First sending of a code; the file was written before. */
  void transmit(OutboxEntry entry) {
    world.history.transmitted(party.index(), entry.at(), entry.codeHash());
    world.did(Transition.CODE_SENT, party.name(), describe(entry));
    upload(entry);
    retryLater(entry, 0);
  }

  void receive(Message message) {
    if (message instanceof Message.Sealed sealed) {
      step(file -> answers.take(file, sealed));
    } else if (message instanceof Message.Challenge challenge) {
      step(file -> rekeys.take(file, challenge));
    } else if (message instanceof Message.Reply reply) {
      step(file -> rekeys.take(file, reply));
    }
  }

  /** Asks for everything that is open, as after an outage. */
  void reconnect() {
    step(
        file -> {
          List.copyOf(file.outbox().values()).forEach(entry -> retry(entry, 0));
          rekeys.begin();
        });
  }

  /** Stops asking for what nobody answered in two days. */
  void giveUp() {
    step(
        file -> {
          for (OutboxEntry entry : List.copyOf(file.outbox().values())) {
            world.did(Transition.GAVE_UP, party.name(), describe(entry));
            world.billEnded(entry.codeHash());
            world.history.gaveUp(entry.codeHash());
            write(disk.withoutEntry(entry.at()), () -> {});
          }
        });
  }

  void goDown(long spanMillis) {
    memory = null;
    boots++;
    rekeys.forget();
    world.after(spanMillis, this::boot);
  }

  private void boot() {
    if (isUp()) {
      return;
    }
    memory = disk;
    world.did(Transition.DEVICE_BOOTED, party.name(), "");
    reconnect();
  }

  void goAway() {
    world.struck(Fault.DEVICE_AWAY, party.name());
    world.history.device(party.index()).longAway = true;
    goDown(Schedule.AWAY_MILLIS);
  }

  void copyFile() {
    oldCopy = disk;
  }

  /** Somebody puts the old copy back; harmless while no code was made since. */
  void restore() {
    DeviceFile copy = oldCopy;
    if (copy == null) {
      return;
    }
    world.struck(Fault.DEVICE_RESTORED, party.name());
    boolean acrossRekey = !copy.roots().equals(disk.roots());
    if (acrossRekey) {
      world.struck(Fault.RESTORED_ACROSS_REKEY, party.name());
    }
    if (copy.sequence().n() != disk.sequence().n() || acrossRekey) {
      world.history.device(party.index()).restored = true;
    }
    disk = copy;
    goDown(world.chance.between(1_000, 30_000));
  }

  /** A copy of the file, somewhere else, rekeys; this device hears nothing of it. */
  void cloneRekeys() {
    DeviceFile copy = oldCopy;
    if (copy == null || copy.aliases().isEmpty()) {
      return;
    }
    world.struck(Fault.CLONE_REKEYS, party.name());
    world.history.device(party.index()).restored = true;
    Device twin = new Device(world, network, bank, party, copy, clockSkewMillis, false);
    twin.memory = null; // what comes back is lost
    twin.rekeyBlindly(bank.challenge());
  }

  private void rekeyBlindly(byte[] challenge) {
    send(new Message.Request(rekeys.blind(disk, challenge)));
  }

  private void retryLater(OutboxEntry entry, int attempt) {
    int bootNow = boots;
    world.after(
        FIRST_RETRY_MILLIS << attempt,
        () -> {
          if (boots == bootNow) {
            step(file -> retry(entry, attempt + 1));
          }
        });
  }

  private void retry(OutboxEntry entry, int attempt) {
    OutboxEntry open = disk.outbox().get(entry.at());
    if (open == null || !open.codeHash().equals(entry.codeHash()) || attempt > MAX_ATTEMPTS) {
      return;
    }
    if (attempt % 2 == 0) {
      world.did(Transition.CODE_RESENT, party.name(), describe(entry));
      upload(entry);
    } else {
      world.did(Transition.POLLED, party.name(), describe(entry));
      send(new Message.Pickup(entry.pickup()));
    }
    retryLater(entry, attempt);
  }

  private void upload(OutboxEntry entry) {
    send(new Message.CodeText(entry.sealed().text()));
    if (world.planted(Plant.DEVICE_FORGETS_OUTBOX)) {
      disk = disk.withoutEntry(entry.at());
      memory = disk;
    }
  }

  /** Puts a message on the link to the bank. */
  void send(Message message) {
    network.carry(party.name() + ">bank", message, arrived -> bank.receive(this, arrived));
  }

  static String describe(OutboxEntry entry) {
    return "n=" + entry.n() + " code=" + Slots.brief(entry.codeHash()) + " " + entry.purpose();
  }
}
