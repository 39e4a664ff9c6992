package org.tallystick.enrolment;

/** Where one enrolment stands; the last three are final. */
public enum EnrolmentState {
  /** The party holds the activation, no device has answered. */
  OFFERED,
  /** A device has answered and has still to confirm. */
  BOUND,
  /** The device is active. */
  CONFIRMED,
  /** Two devices answered: neither gets it. */
  CANCELLED,
  /** Nobody came, or nobody confirmed, in time. */
  EXPIRED;

  /** Whether the exchange may still go on. */
  public boolean open() {
    return this == OFFERED || this == BOUND;
  }
}
