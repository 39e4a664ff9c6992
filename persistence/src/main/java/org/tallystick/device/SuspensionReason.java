package org.tallystick.device;

/** Why a device is suspended. */
public enum SuspensionReason {
  /** Too many wrong PINs in a row. */
  WRONG_PINS("wrong PINs"),
  /** A code that only this device's secrets could make broke the protocol. */
  COMPROMISED("a code broke the protocol"),
  /** Two histories of one device: a copy is about. */
  FORK("two histories of one device"),
  /** Somebody of the staff said so. */
  STAFF("by the staff"),
  /** Two rekeys from one epoch, or too many without need: a copy may be about. */
  REKEY("rekeys that contradict each other, or too many"),
  /** Its owner said so, on another device. */
  OWNER("by its owner");

  private final String words;

  SuspensionReason(String words) {
    this.words = words;
  }

  /** The reason as it is written into records. */
  public String words() {
    return words;
  }

  /**
   * Whether the device may come back. Where its secrets may be in other hands it needs a new
   * enrolment.
   */
  public boolean mayBeLifted() {
    return this == WRONG_PINS || this == STAFF || this == OWNER;
  }
}
