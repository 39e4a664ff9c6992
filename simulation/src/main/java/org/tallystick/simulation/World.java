package org.tallystick.simulation;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.HashSet;
import java.util.PriorityQueue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Simulated time, the events still to come, and the dice of one schedule. */
final class World {
  /** Start of simulated time. */
  static final long EPOCH = 1_760_000_000_000L;

  private static final int MAX_EVENTS = 100_000;

  private record Event(long time, long order, Runnable action) {}

  final Chance chance;
  final Trace trace;
  final History history = new History();
  private final Counts counts;
  private final @Nullable Plant plant;
  private final PriorityQueue<Event> events =
      new PriorityQueue<>(Comparator.comparingLong(Event::time).thenComparingLong(Event::order));
  private final Set<String> openBills = new HashSet<>();
  private long now = EPOCH;
  private long order;
  private boolean healed;

  World(long seed, @Nullable Plant plant, Counts counts, Trace trace) {
    this.chance = new Chance(seed);
    this.plant = plant;
    this.counts = counts;
    this.trace = trace;
  }

  long now() {
    return now;
  }

  /** The bank's clock. */
  Clock clock() {
    return new Clock() {
      @Override
      public ZoneId getZone() {
        return ZoneOffset.UTC;
      }

      @Override
      public Clock withZone(ZoneId zone) {
        return this;
      }

      @Override
      public Instant instant() {
        return Instant.ofEpochMilli(now);
      }
    };
  }

  void after(long delayMillis, Runnable action) {
    events.add(new Event(now + delayMillis, order++, action));
  }

  /** Lets everything happen that is due within the span. */
  void pass(long spanMillis) {
    long until = now + spanMillis;
    for (Event next = events.peek(); next != null && next.time() <= until; next = events.peek()) {
      if (order > MAX_EVENTS) {
        throw new IllegalStateException("the schedule does not come to rest");
      }
      events.remove();
      now = next.time();
      next.action().run();
    }
    now = until;
  }

  boolean planted(Plant candidate) {
    return plant == candidate;
  }

  /** No fault strikes from now on. */
  void heal() {
    healed = true;
  }

  boolean healed() {
    return healed;
  }

  boolean strikes(Fault fault, String who, double probability) {
    if (healed || !chance.happens(probability)) {
      return false;
    }
    struck(fault, who);
    return true;
  }

  /** A bill was made: its payee waits for the end. */
  void billOpened(String payeeCode) {
    openBills.add(payeeCode);
    counts.countOpenBills(openBills.size());
  }

  /** The payee of a bill heard how it ended, or waits no longer. */
  void billEnded(String payeeCode) {
    openBills.remove(payeeCode);
  }

  void struck(Fault fault, String who) {
    counts.count(fault);
    trace.add(now - EPOCH, "! " + fault.name(), who, "");
  }

  void crashPoint(Fault fault, String who, double probability) {
    if (strikes(fault, who, probability)) {
      throw new Crash(fault);
    }
  }

  void did(Transition transition, String who, String detail) {
    counts.count(transition);
    trace.add(now - EPOCH, transition.name(), who, detail);
  }
}
