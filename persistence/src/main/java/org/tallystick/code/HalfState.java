package org.tallystick.code;

/** Where an opened half stands. */
public enum HalfState {
  /** It waits for its twin. */
  WAITING,
  /** Its twin is there. */
  PAIRED,
  /** It ended alone; its answer is to be made. */
  REFUSED,
  /** Its final answer is stored. */
  ANSWERED
}
