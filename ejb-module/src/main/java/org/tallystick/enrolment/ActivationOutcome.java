package org.tallystick.enrolment;

import java.time.OffsetDateTime;

/** What became of a party's wish for an activation. */
public sealed interface ActivationOutcome {
  /**
   * Here it is, for this once.
   *
   * @param activation 78 symbols; holds the activation code
   */
  record Issued(String activation, OffsetDateTime expiresAt) implements ActivationOutcome {
    @Override
    public String toString() {
      return "Issued[...]";
    }
  }

  /** The registration is not active. */
  record NotActive() implements ActivationOutcome {}

  /** An activation of the party lives still. */
  record StillOpen() implements ActivationOutcome {}

  /** The party has had a device before: an approver must allow another. */
  record ApprovalNeeded() implements ActivationOutcome {}
}
