package org.tallystick.screening;

/** What became of a wish to take a list out of force. */
public sealed interface RetirementOutcome {
  /**
   * It goes on.
   *
   * @param list which
   * @param state how far it is
   * @param proposedBy who wanted it first
   */
  record Going(String list, State state, String proposedBy) implements RetirementOutcome {}

  /** No list of this name is in force. */
  record Unknown() implements RetirementOutcome {}

  /**
   * The list stays.
   *
   * @param reason in words
   */
  record Stays(String reason) implements RetirementOutcome {}

  /**
   * Who proposed cannot approve, and neither can who is no approver.
   *
   * @param proposedBy who proposed
   */
  record SecondPersonNeeded(String proposedBy) implements RetirementOutcome {}

  /** How far it is. */
  enum State {
    /** An approver who is another person has still to say so. */
    PROPOSED,
    /** The list is out of force, and everybody is screened again. */
    RETIRED
  }
}
