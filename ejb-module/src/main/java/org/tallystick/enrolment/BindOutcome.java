package org.tallystick.enrolment;

/** What became of a device's first message. */
public sealed interface BindOutcome {
  /** The answer, the same bytes for the same message. */
  record Answered(byte[] message2) implements BindOutcome {
    @Override
    public String toString() {
      return "Answered[...]";
    }
  }

  /**
   * Nothing was used up.
   *
   * @param cause for the log alone; strangers hear one coarse word
   */
  record Refused(String cause) implements BindOutcome {}

  /** A second device came with the right code: both are out. */
  record Doubled() implements BindOutcome {}
}
