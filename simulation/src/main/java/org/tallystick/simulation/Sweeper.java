package org.tallystick.simulation;

import java.util.ArrayList;
import java.util.List;
import org.tallystick.code.Role;
import org.tallystick.simulation.BankStore.Parked;
import org.tallystick.simulation.BankStore.Slot;
import org.tallystick.simulation.BankStore.SlotState;

/** P5: ends halves whose twin did not come. */
final class Sweeper {
  private static final long STALE_MILLIS = 20_000;

  private final World world;
  private final BankStore store;
  private final Pairing pairing;
  private final List<Slot> seen = new ArrayList<>();

  Sweeper(World world, BankStore store, Pairing pairing) {
    this.world = world;
    this.store = store;
    this.pairing = pairing;
  }

  /** Ends what has run out, in the current transaction; returns whether anything did. */
  boolean sweep() {
    if (world.planted(Plant.EXPIRY_RACES_DECISION)) {
      return sweepStale();
    }
    List<Slot> due = due(world.now());
    due.forEach(pairing::expire);
    return !due.isEmpty();
  }

  private List<Slot> due(long at) {
    return store.slots.all().stream()
        .filter(slot -> slot.state() == SlotState.WAITING && notAfter(slot) < at)
        .toList();
  }

  /** When the first of the halves in a slot runs out. */
  static long notAfter(Slot slot) {
    long earliest = Long.MAX_VALUE;
    for (Role role : Role.values()) {
      Parked parked = slot.half(role);
      if (parked != null) {
        earliest = Math.min(earliest, parked.half().signed().notAfterMillis());
      }
    }
    return earliest;
  }

  private boolean sweepStale() {
    List<Slot> due = List.copyOf(seen);
    seen.clear();
    due.forEach(pairing::expire);
    seen.addAll(due(world.now() + STALE_MILLIS));
    return !due.isEmpty();
  }
}
