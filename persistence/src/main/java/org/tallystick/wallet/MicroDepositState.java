package org.tallystick.wallet;

/** Where a micro-deposit stands; all but {@link #ORDERED} and {@link #SENT} are final. */
public enum MicroDepositState {
  /** To be paid out by the back office. */
  ORDERED,
  /** Paid out: the party is to name the amounts. */
  SENT,
  /** The party named them. */
  CONFIRMED,
  /** The party named others three times. */
  FAILED,
  /** The party did not name them in time. */
  EXPIRED,
  /** The party took the account out of its wallet. */
  CANCELLED;

  /** Whether something is still to come. */
  public boolean isOpen() {
    return this == ORDERED || this == SENT;
  }
}
