package org.tallystick.answer;

import org.tallystick.codec.MalformedInputException;

/** How a half ended. */
public enum Outcome {
  /** Decided and done. */
  APPROVED(1),
  /** Decided against. */
  DECLINED(2),
  /** Could not be decided; nothing moved. */
  ERROR(3),
  /** Its twin, or itself, came too late. */
  EXPIRED(4),
  /** Withdrawn by the payee before a decision. */
  CANCELLED(5);

  private final int value;

  Outcome(int value) {
    this.value = value;
  }

  /** Number on the wire. */
  public int value() {
    return value;
  }

  /** Outcome of a wire number. */
  public static Outcome of(long value) {
    for (Outcome outcome : values()) {
      if (outcome.value == value) {
        return outcome;
      }
    }
    throw new MalformedInputException("unknown outcome");
  }
}
