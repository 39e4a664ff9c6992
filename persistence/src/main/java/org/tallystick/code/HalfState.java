package org.tallystick.code;

/** Where an opened half stands. */
public enum HalfState {
  /** It waits for its twin. */
  WAITING,
  /** Its twin is there. */
  PAIRED,
  /** It needs no twin; its decision is due. */
  DUE,
  /** It ended alone; its answer is to be made. */
  REFUSED,
  /** Its final answer is stored. */
  ANSWERED;

  /** Whether its answer follows from itself alone. */
  public boolean needsNoTwin() {
    return this == REFUSED || this == DUE;
  }
}
