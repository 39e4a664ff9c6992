package org.tallystick.code;

import org.tallystick.codec.MalformedInputException;

/** What a half is for. */
public enum Purpose {
  /** Payment of a bill. */
  PURCHASE(1),
  /** The payee withdraws its half. */
  CANCEL(2),
  /** The payee ends a hold: what moves now is what it says. */
  COMPLETE(3),
  /** The payee takes a further charge. */
  CHARGE(4);

  private final int value;

  Purpose(int value) {
    this.value = value;
  }

  /** Number on the wire. */
  public int value() {
    return value;
  }

  /** Whether it is a later step of a purchase whose limits left an authority behind. */
  public boolean isLaterStep() {
    return this == COMPLETE || this == CHARGE;
  }

  /** Purpose of a wire number. */
  public static Purpose of(long value) {
    for (Purpose purpose : values()) {
      if (purpose.value == value) {
        return purpose;
      }
    }
    throw new MalformedInputException("unknown purpose");
  }
}
