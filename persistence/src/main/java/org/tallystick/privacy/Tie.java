package org.tallystick.privacy;

/** What keeps a party from being erased: something is still to be done with it. */
public enum Tie {
  /** An account is not empty. */
  BALANCE,
  /** Money is held. */
  HOLD,
  /** A payee may still complete or charge, or the party may. */
  AUTHORITY,
  /** A bill, or a number for one, waits. */
  BILL,
  /** A half waits for its twin. */
  HALF,
  /** A micro-deposit is under way. */
  MICRO_DEPOSIT
}
