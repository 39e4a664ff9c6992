package org.tallystick.picture;

/** The bytes are no PNG file; the message says why in words that a stranger may read. */
public final class NotPngException extends Exception {
  private static final long serialVersionUID = 1;

  NotPngException(String message) {
    super(message);
  }
}
