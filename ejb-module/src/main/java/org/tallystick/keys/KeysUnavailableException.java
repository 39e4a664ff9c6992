package org.tallystick.keys;

/** What holds the keys does not answer; nothing was signed or sealed, and it may answer later. */
public final class KeysUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  KeysUnavailableException(String what) {
    super(what);
  }

  KeysUnavailableException(String what, Throwable cause) {
    super(what, cause);
  }
}
