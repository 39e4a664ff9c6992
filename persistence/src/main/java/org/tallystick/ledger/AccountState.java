package org.tallystick.ledger;

/** Whether an account takes postings. */
public enum AccountState {
  OPEN,
  CLOSED
}
