package org.tallystick.party;

/** What became of a wish to move a registration to another state. */
public sealed interface TransitionOutcome {
  /** It stands there now. */
  record Moved(RegistrationState state) implements TransitionOutcome {}

  /** From where it stands, that state cannot follow. */
  record NotPermitted(RegistrationState from, RegistrationState to) implements TransitionOutcome {}

  /** A provider that takes part has a public name that people would take for this one's. */
  record NameConfusable() implements TransitionOutcome {}

  /** There is no such registration. */
  record Unknown() implements TransitionOutcome {}
}
