package org.tallystick.device.state;

import org.tallystick.answer.Outcome;
import org.tallystick.codec.MalformedInputException;

/** How a half ended as this device knows it. */
public enum Ending {
  /** The bank says: decided and done. */
  APPROVED(1),
  /** The bank says: decided against. */
  DECLINED(2),
  /** The bank says: could not be decided; nothing moved. */
  ERROR(3),
  /** The bank says: too late. */
  EXPIRED(4),
  /** The bank says: withdrawn by the payee. */
  CANCELLED(5),
  /** The bank has not answered; only the bank knows. */
  UNKNOWN(6),
  /** The bank never took it and never will: another code took its number, or it is long over. */
  NOT_ACCEPTED(7);

  private final int value;

  Ending(int value) {
    this.value = value;
  }

  /** The ending that an answer states. */
  public static Ending of(Outcome outcome) {
    return of(outcome.value());
  }

  int value() {
    return value;
  }

  static Ending of(long value) {
    for (Ending ending : values()) {
      if (ending.value == value) {
        return ending;
      }
    }
    throw new MalformedInputException("unknown ending");
  }
}
