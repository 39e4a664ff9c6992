package org.tallystick.enrolment;

/** What became of a device's confirmation. */
public sealed interface ConfirmOutcome {
  /** The device is active; also where it had confirmed before. */
  record Confirmed() implements ConfirmOutcome {}

  /**
   * Nothing was used up.
   *
   * @param cause for the log alone
   */
  record Refused(String cause) implements ConfirmOutcome {}
}
