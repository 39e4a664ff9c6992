package org.tallystick.party;

import jakarta.ws.rs.core.Response;
import org.tallystick.party.TransitionOutcome.ApproverNeeded;
import org.tallystick.party.TransitionOutcome.Incomplete;
import org.tallystick.party.TransitionOutcome.Moved;
import org.tallystick.party.TransitionOutcome.NameConfusable;
import org.tallystick.party.TransitionOutcome.NotPermitted;
import org.tallystick.party.TransitionOutcome.Obstructed;
import org.tallystick.party.TransitionOutcome.Proposed;
import org.tallystick.party.TransitionOutcome.SecondPersonNeeded;
import org.tallystick.problem.Problem;

/** What a client hears of a wish to move a registration. */
final class TransitionAnswer {
  private TransitionAnswer() {}

  static Response of(TransitionOutcome outcome) {
    if (outcome instanceof Moved || outcome instanceof Proposed) {
      return Response.ok(outcome).build();
    }
    if (outcome instanceof Incomplete incomplete) {
      return Problem.IDENTIFICATION_INCOMPLETE.response(
          "missing: " + String.join("; ", incomplete.missing()));
    }
    if (outcome instanceof Obstructed obstructed) {
      return switch (obstructed.obstacle()) {
        case OPEN_HITS -> Problem.SCREENING_OPEN.response();
        case NO_LIST ->
            Problem.SCREENING_NOT_POSSIBLE.response(
                "no target list is loaded: nobody can be screened or approved");
        case LIST_MISSING ->
            Problem.SCREENING_NOT_POSSIBLE.response(
                "a target list that the bank requires is not loaded: nobody can be approved; GET"
                    + " /screening says which");
        case LIST_STALE ->
            Problem.SCREENING_NOT_POSSIBLE.response(
                "a target list that the bank requires is too old: nobody can be approved until it"
                    + " is given to the bank again, changed or not; GET /screening says which");
        case NOT_SCREENED ->
            Problem.SCREENING_NOT_POSSIBLE.response(
                "a list or what the party says has changed, and it was not screened since: that is"
                    + " done within seconds if the engine is ready, see /screening");
      };
    }
    if (outcome instanceof ApproverNeeded needed) {
      return Problem.approverNeeded(needed.proposedBy());
    }
    return problem(outcome).response();
  }

  private static Problem problem(TransitionOutcome refusal) {
    if (refusal instanceof NameConfusable) {
      return Problem.NAME_CONFUSABLE;
    }
    if (refusal instanceof SecondPersonNeeded) {
      return Problem.SECOND_PERSON_NEEDED;
    }
    return refusal instanceof NotPermitted ? Problem.STATE_NOT_PERMITTED : Problem.NOT_FOUND;
  }
}
