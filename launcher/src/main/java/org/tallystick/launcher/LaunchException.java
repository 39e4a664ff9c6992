package org.tallystick.launcher;

/** Something on this machine stands in the way; the message tells a person what, and what to do. */
public final class LaunchException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With a sentence for a person. */
  public LaunchException(String message) {
    super(message);
  }

  /** With a sentence for a person and what lies behind it. */
  public LaunchException(String message, Throwable cause) {
    super(message, cause);
  }
}
