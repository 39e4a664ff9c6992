package org.tallystick.json;

/** A request body is longer than the resource takes. */
public final class BodyTooLargeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  BodyTooLargeException(int limitBytes) {
    super("a body of more than " + limitBytes + " bytes");
  }
}
