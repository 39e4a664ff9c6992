package org.tallystick.screening;

import org.tallystick.party.RegistrationState;

/** What became of a decision on a hit. */
public sealed interface DecisionOutcome {
  /**
   * It is decided.
   *
   * @param state of the hit
   * @param registration where the party's registration stands now
   */
  record Decided(HitState state, RegistrationState registration) implements DecisionOutcome {}

  /** The hit has changed since it was read. */
  record Changed() implements DecisionOutcome {}

  /** The last screening did not find it: nothing is to be decided. */
  record Gone() implements DecisionOutcome {}

  /** No such hit, or not for this actor. */
  record Unknown() implements DecisionOutcome {}
}
