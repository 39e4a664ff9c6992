package org.tallystick.simulation;

import java.util.EnumMap;
import java.util.Map;

/** How often each fault was injected and each transition taken. */
public final class Counts {
  private final Map<Fault, Long> faults = new EnumMap<>(Fault.class);
  private final Map<Transition, Long> transitions = new EnumMap<>(Transition.class);

  private int mostOpenBills;
  private long threeOpenBills;

  /** So many bills, this one included, wait for their end at one moment. */
  void countOpenBills(int open) {
    mostOpenBills = Math.max(mostOpenBills, open);
    if (open >= 3) {
      threeOpenBills++;
    }
  }

  /** Most bills that were open at one moment of a schedule. */
  public int mostOpenBills() {
    return mostOpenBills;
  }

  /** How often a bill was made while at least two others were open. */
  public long threeOpenBills() {
    return threeOpenBills;
  }

  void count(Fault fault) {
    faults.merge(fault, 1L, Long::sum);
  }

  void count(Transition transition) {
    transitions.merge(transition, 1L, Long::sum);
  }

  /** Injections of a fault. */
  public long of(Fault fault) {
    return faults.getOrDefault(fault, 0L);
  }

  /** Times that a transition was taken. */
  public long of(Transition transition) {
    return transitions.getOrDefault(transition, 0L);
  }

  /** Faults that were never injected. */
  public int faultsZero() {
    return Fault.values().length - faults.size();
  }

  /** Transitions that were never taken. */
  public int transitionsZero() {
    return Transition.values().length - transitions.size();
  }
}
