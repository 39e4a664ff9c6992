package org.tallystick.pairing;

/** Where a slot stands. {@link #DECIDED}, {@link #EXPIRED} and {@link #CANCELLED} are final. */
public enum SlotState {
  /** One half is here and waits. */
  OPEN,
  /** Both halves are here; a decision is due. */
  PAIRED,
  /** Decided, one way or the other. */
  DECIDED,
  /** The twin did not come in time. */
  EXPIRED,
  /** Withdrawn by the payee before a decision. */
  CANCELLED
}
