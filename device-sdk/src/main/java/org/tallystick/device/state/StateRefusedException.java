package org.tallystick.device.state;

/** A state file, its key or its lock is not as it must be; nothing was changed. */
public final class StateRefusedException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  /** What is wrong. */
  public enum Reason {
    /** Another process, or another object in this one, writes to the file. */
    LOCKED,
    /** The file was changed, is cut short, or belongs to another platform key. */
    TAMPERED,
    /** The file has a version that this software does not know. */
    UNKNOWN_VERSION,
    /** There is a state file but no platform key. */
    KEY_MISSING,
    /** The platform key has the wrong form or can be read by others. */
    KEY_UNSAFE,
    /** The file belongs to another bank. */
    OTHER_BANK,
    /** A write failed; whether it took effect is known only after opening again. */
    WRITE_FAILED
  }

  private final Reason reason;

  /**
   * @param reason what is wrong
   * @param message for people; without content of the file
   */
  public StateRefusedException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  /** What is wrong. */
  public Reason reason() {
    return reason;
  }
}
