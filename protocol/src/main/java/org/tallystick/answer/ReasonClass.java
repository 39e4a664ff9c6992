package org.tallystick.answer;

import org.tallystick.codec.MalformedInputException;

/** The coarse reason that a party hears. */
public enum ReasonClass {
  /** No reason needed. */
  NONE(0),
  /** The own half was refused. */
  OWN_HALF_REFUSED(1),
  /** The halves do not match. */
  HALVES_DO_NOT_MATCH(2),
  /** Not honoured by who decides. */
  NOT_HONOURED(3),
  /** Came too late. */
  TOO_LATE(4),
  /** The payee withdrew. */
  CANCELLED_BY_PAYEE(5),
  /** The own device is suspended. */
  DEVICE_SUSPENDED(6),
  /** The own device must rekey first. */
  REKEY_FIRST(7),
  /** The own device is blocked for now after wrong PINs. */
  BLOCKED(8),
  /** Above the own device's limit. */
  ABOVE_LIMIT(9),
  /** The own party must agree to the version of the agreement that is in force. */
  AGREE_FIRST(10);

  private final int value;

  ReasonClass(int value) {
    this.value = value;
  }

  /** Number on the wire. */
  public int value() {
    return value;
  }

  /** Reason of a wire number. */
  public static ReasonClass of(long value) {
    for (ReasonClass reason : values()) {
      if (reason.value == value) {
        return reason;
      }
    }
    throw new MalformedInputException("unknown reason");
  }
}
