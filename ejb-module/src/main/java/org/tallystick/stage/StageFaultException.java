package org.tallystick.stage;

/** A stage could not read or write: its transaction rolls back and its messages come again. */
public final class StageFaultException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Wraps what the database said. */
  public StageFaultException(Throwable cause) {
    super("a stage could not read or write", cause);
  }
}
