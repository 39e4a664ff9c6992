package org.tallystick.keys;

/** The day key was destroyed: what was sealed under it is erased. */
public final class KeyGoneException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  KeyGoneException(int id) {
    super("day key " + id + " has been destroyed");
  }
}
