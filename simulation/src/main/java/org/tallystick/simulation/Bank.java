package org.tallystick.simulation;

import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.tallystick.simulation.BankStore.FinalRow;
import org.tallystick.simulation.BankStore.Item;

/**
 * The bank: takes codes to disk, works its queue one transaction at a time, sweeps, and hands out
 * stored answers. Everything that it knows is in its store; a crash takes the rest.
 */
final class Bank {
  static final String NAME = "bank";
  private static final long SWEEP_MILLIS = 20_000;

  final BankStore store = new BankStore();
  private final World world;
  private final Network network;
  private final FinalAnswers answers;
  private final OpeningStage opening;
  private final DecidingStage deciding;
  private final Sweeper sweeper;
  private final RequestDesk requests;
  private List<Runnable> backup = List.of();
  private final TreeMap<Integer, Device> online = new TreeMap<>();
  private boolean up = true;
  private boolean pumping;

  Bank(World world, Network network) {
    this.world = world;
    this.network = network;
    this.answers = new FinalAnswers(world, store);
    Pairing pairing = new Pairing(world, store, answers);
    this.opening = new OpeningStage(world, store, answers, pairing);
    this.deciding = new DecidingStage(world, store, answers, pairing);
    this.sweeper = new Sweeper(world, store, pairing);
    this.requests = new RequestDesk(world, store);
    world.after(SWEEP_MILLIS, this::sweep);
  }

  void enrol(Device device, BankStore.DeviceRow row) {
    store.devices.put(row.party().index(), row);
    store.commit();
    online.put(row.party().index(), device);
  }

  void receive(Device from, Message message) {
    if (!up) {
      world.did(Transition.MISSED, NAME, "");
      return;
    }
    if (message instanceof Message.CodeText code) {
      step(() -> ingress(code.text()));
    } else if (message instanceof Message.Pickup pickup) {
      pickup(from, pickup.token());
    } else if (message instanceof Message.ChallengeAsked) {
      byte[] made = requests.challenge();
      reply(from, new Message.Challenge(made, store.recoveryEpoch()));
    } else if (message instanceof Message.Request request) {
      step(() -> request(from, request.text()));
    }
  }

  /** Somebody sends again what he overheard, and learns nothing of the replies. */
  void receiveFromStranger(Message message) {
    if (!up) {
      return;
    }
    world.struck(Fault.STRANGER_REPEATS, NAME);
    if (message instanceof Message.CodeText code) {
      step(() -> ingress(code.text()));
    } else if (message instanceof Message.Request request) {
      step(() -> request(null, request.text()));
    }
  }

  /** As whoever asks by himself would get it. */
  byte[] challenge() {
    return requests.challenge();
  }

  private void reply(Device to, Message message) {
    network.carry("bank>" + to.party.name(), message, to::receive);
  }

  private void request(@Nullable Device from, String text) {
    RequestDesk.Ready ready = requests.handle(text);
    if (ready == null) {
      return;
    }
    world.crashPoint(Fault.BANK_CRASH_BEFORE_REKEY_COMMIT, NAME, 0.06);
    store.commit();
    world.crashPoint(Fault.BANK_CRASH_BEFORE_REPLY, NAME, 0.06);
    if (ready.kept()) {
      world.history.served(ready.requestHash(), ready.sealed());
    }
    if (from != null) {
      reply(from, new Message.Reply(ready.requestHash(), ready.sealed()));
    }
  }

  void backUp() {
    world.did(Transition.BANK_BACKED_UP, NAME, "");
    backup = store.backup();
    world.history.mark();
  }

  /** The store goes back to the backup: all commits since are lost. */
  void restore() {
    world.struck(Fault.BANK_RESTORED, NAME);
    store.restore(backup);
    world.history.bankRestored();
    store
        .devices
        .all()
        .forEach(
            row ->
                world.history.device(row.party().index()).newestAfterRestore =
                    row.sequencer().newest().number());
    pump();
  }

  /** 202 once the code is on disk. */
  private void ingress(String text) {
    world.crashPoint(Fault.BANK_CRASH_BEFORE_INGRESS, NAME, 0.01);
    enqueue(new Item(store.nextId(), text, world.now(), ""));
    store.commit();
    world.did(Transition.ACCEPTED, NAME, "");
    pump();
  }

  private void enqueue(Item item) {
    store.queue.put(item.id(), item);
  }

  private void pickup(Device from, String token) {
    String codeHash = store.pickups.get(token);
    FinalRow row = codeHash == null ? null : store.finals.get(codeHash);
    if (row == null) {
      world.did(Transition.PICKUP_PENDING, NAME, "for " + from.party);
      return;
    }
    world.did(Transition.PICKUP_FINAL, NAME, "for " + from.party);
    serve(from, token, row);
  }

  private void serve(Device to, String token, FinalRow row) {
    byte[] sealed = answers.served(row);
    world.history.served(row.codeHash(), sealed);
    reply(to, new Message.Sealed(token, sealed));
  }

  /** One step; a crash rolls back and ends it. */
  private void step(Runnable action) {
    try {
      action.run();
    } catch (Crash crash) {
      store.rollback();
      up = false;
      world.after(world.chance.between(500, 20_000), this::boot);
    }
  }

  private void boot() {
    up = true;
    world.did(Transition.BANK_BOOTED, NAME, "");
    pump();
  }

  private void pump() {
    if (pumping || store.queue.all().isEmpty()) {
      return;
    }
    pumping = true;
    long wait = world.chance.between(5, 400);
    if (world.strikes(Fault.QUEUE_SLOW, NAME, 0.05)) {
      wait += world.chance.between(5_000, 60_000);
    }
    world.after(
        wait,
        () -> {
          pumping = false;
          if (up) {
            step(this::work);
            pump();
          }
        });
  }

  /** One message, in any order, in one transaction; then its acknowledgement. */
  private void work() {
    List<Item> waiting = List.copyOf(store.queue.all());
    if (waiting.isEmpty()) {
      return;
    }
    Item item = waiting.get(world.chance.below(waiting.size()));
    if (world.planted(Plant.BANK_ACKS_BEFORE_COMMIT)) {
      store.outsideTransaction(() -> store.queue.remove(item.id()));
    }
    @Nullable FinalRow known = handle(item);
    world.crashPoint(Fault.BANK_CRASH_BEFORE_COMMIT, NAME, 0.04);
    store.commit();
    world.crashPoint(Fault.BANK_CRASH_BEFORE_ACKNOWLEDGE, NAME, 0.04);
    if (!world.strikes(Fault.QUEUE_REDELIVERED, NAME, 0.03)) {
      store.queue.remove(item.id());
      store.commit();
    }
    world.crashPoint(Fault.BANK_CRASH_AFTER_ACKNOWLEDGE, NAME, 0.02);
    push(known);
  }

  private @Nullable FinalRow handle(Item item) {
    if (item.code() != null) {
      return opening.handle(item.code(), item.receivedAt());
    }
    deciding.decide(item.slot());
    return null;
  }

  /** Sends an answer to the device unasked, as a socket would. */
  private void push(@Nullable FinalRow row) {
    if (row == null) {
      return;
    }
    Device device = online.get(row.party().index());
    if (device != null) {
      serve(device, answers.token(row), row);
    }
  }

  private void sweep() {
    if (up) {
      step(
          () -> {
            if (sweeper.sweep()) {
              world.crashPoint(Fault.BANK_CRASH_BEFORE_COMMIT, NAME, 0.04);
              store.commit();
              world.crashPoint(Fault.BANK_CRASH_BEFORE_ACKNOWLEDGE, NAME, 0.04);
            }
          });
    }
    // in the long wait after healing nothing is due that a rare look would miss
    world.after(world.healed() ? 60 * SWEEP_MILLIS : SWEEP_MILLIS, this::sweep);
  }
}
