package org.tallystick.request;

import org.tallystick.codec.MalformedInputException;

/**
 * How a request ended. Only who made it learns this; anybody else sees bytes that say nothing.
 *
 * <p>Source: docs/PROTOCOL.md section R.
 */
public enum RequestStatus {
  /** Done; the result is there. */
  DONE(0),
  /** The challenge is not the bank's or too old: make a new request with the one that came. */
  CHALLENGE_TOO_OLD(1),
  /** Not permitted as things stand. */
  NOT_PERMITTED(2),
  /** Unknown or gone. */
  UNKNOWN(3),
  /** A limit is reached. */
  LIMIT_REACHED(4),
  /** The proof under the old PIN is wrong. */
  WRONG_PIN(5),
  /** PINs are not looked at for now. */
  BLOCKED(6),
  /** Kind unknown, or arguments of the wrong shape. */
  ARGUMENTS_REFUSED(7);

  private final int value;

  RequestStatus(int value) {
    this.value = value;
  }

  /** Number on the wire. */
  public int value() {
    return value;
  }

  /** Status of a wire number. */
  public static RequestStatus of(long value) {
    for (RequestStatus status : values()) {
      if (status.value == value) {
        return status;
      }
    }
    throw new MalformedInputException("unknown status");
  }
}
