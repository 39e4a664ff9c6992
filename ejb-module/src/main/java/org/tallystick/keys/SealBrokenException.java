package org.tallystick.keys;

/** Sealed bytes from the database do not open under their key and context: someone changed them. */
public final class SealBrokenException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  SealBrokenException(String context) {
    super("the seal does not open: " + context);
  }
}
