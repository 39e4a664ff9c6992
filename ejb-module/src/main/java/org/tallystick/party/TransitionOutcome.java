package org.tallystick.party;

import java.util.List;

/** What became of a wish to move a registration to another state. */
public sealed interface TransitionOutcome {
  /** It stands there now. */
  record Moved(RegistrationState state) implements TransitionOutcome {}

  /** Approval was proposed, by whom; another person has to confirm it. */
  record Proposed(RegistrationState state, String proposedBy) implements TransitionOutcome {}

  /** From where it stands, that state cannot follow. */
  record NotPermitted(RegistrationState from, RegistrationState to) implements TransitionOutcome {}

  /** What another has proposed, by name, an approver has to confirm. */
  record ApproverNeeded(String proposedBy) implements TransitionOutcome {}

  /** Whoever proposed cannot confirm. */
  record SecondPersonNeeded() implements TransitionOutcome {}

  /** Screening stands against it. */
  record Obstructed(ScreeningGate.Obstacle obstacle) implements TransitionOutcome {}

  /**
   * Something is missing that has to be submitted.
   *
   * @param missing what, in words
   */
  record Incomplete(List<String> missing) implements TransitionOutcome {
    /** Copies the list. */
    public Incomplete {
      missing = List.copyOf(missing);
    }
  }

  /** A provider that takes part has a public name that people would take for this one's. */
  record NameConfusable() implements TransitionOutcome {}

  /** There is no such registration. */
  record Unknown() implements TransitionOutcome {}
}
