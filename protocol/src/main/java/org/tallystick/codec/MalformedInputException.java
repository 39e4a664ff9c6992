package org.tallystick.codec;

/**
 * Input from outside does not have the one form that the protocol allows.
 *
 * <p>The message names the rule that was broken and where it helps a member key or a length; it
 * never holds input bytes, so it may be logged.
 */
public final class MalformedInputException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /** Makes the exception; {@code reason} must not quote the input. */
  public MalformedInputException(String reason) {
    super(reason);
  }
}
