package org.tallystick.party;

import jakarta.ejb.EJB;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tallystick.party.TransitionOutcome.Incomplete;
import org.tallystick.party.TransitionOutcome.Moved;
import org.tallystick.party.TransitionOutcome.NotPermitted;

/**
 * A party submits what it has said, or withdraws its application. What was submitted is screened
 * and then waits for the staff: an application moves, and so does a registration that has lapsed;
 * an active party stays what it is while it is looked at anew.
 */
@Stateless
public class Submissions {
  @EJB Parties parties;
  @EJB Identifications identifications;
  @EJB Documents documents;
  @EJB Transitions transitions;
  @Inject ScreeningGate screening;
  @Inject Clock clock;

  /** Submits what the party has said last, if it is complete; once. */
  public TransitionOutcome submit(Party asking) {
    Party party = parties.byIdLocked(asking.id()).orElseThrow();
    if (!party.state().mayIdentify()) {
      return new NotPermitted(party.state(), RegistrationState.SCREENING);
    }
    Optional<IdentificationEdition> newest =
        identifications.newest(party).filter(kept -> kept.submittedAt().isEmpty());
    List<String> missing = missing(party, newest);
    if (newest.isEmpty() || !missing.isEmpty()) {
      return new Incomplete(missing);
    }
    newest.get().submit(OffsetDateTime.now(clock));
    if (party.state() == RegistrationState.APPLIED) {
      transitions.move(party, RegistrationState.SCREENING, Transitions.PARTY, "submitted");
    }
    if (screening.submitted(party)) {
      screened(party);
    }
    return new Moved(party.state());
  }

  /** The names of a party, whose row is locked, were screened: the staff may look. */
  public void screened(Party party) {
    if (party.state() != RegistrationState.ACTIVE) {
      transitions.move(party, RegistrationState.REVIEW, Transitions.SCREENING, "names screened");
    }
  }

  /** Takes an application back on which nobody has decided. */
  public TransitionOutcome withdraw(Party asking) {
    Party party = parties.byIdLocked(asking.id()).orElseThrow();
    if (!party.state().undecided()) {
      return new NotPermitted(party.state(), RegistrationState.CLOSED);
    }
    transitions.move(party, RegistrationState.CLOSED, Transitions.PARTY, "withdrawn");
    return new Moved(party.state());
  }

  private List<String> missing(Party party, Optional<IdentificationEdition> newest) {
    List<String> missing = new ArrayList<>();
    if (newest.isEmpty()) {
      missing.add("an identification that was not submitted before");
    } else {
      new IdentificationCheck(clock)
          .fault(party.kind(), identifications.opened(party, newest.get()).said())
          .ifPresent(missing::add);
    }
    if (documents.ofParty(party).stream().noneMatch(d -> d.kind().identifies(party.kind()))) {
      missing.add(
          party.kind() == PartyKind.PERSON
              ? "a document that identifies the person"
              : "a document of type REGISTRATION_EXTRACT");
    }
    return missing;
  }
}
