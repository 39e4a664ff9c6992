package org.tallystick.simulation;

/** The end of an actor's current step: whatever was not durable is gone. */
final class Crash extends RuntimeException {
  private static final long serialVersionUID = 1L;

  Crash(Fault fault) {
    super(fault.name(), null, false, false);
  }
}
