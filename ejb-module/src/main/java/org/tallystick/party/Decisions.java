package org.tallystick.party;

import jakarta.ejb.EJB;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.tallystick.ledger.DefaultCurrency;
import org.tallystick.ledger.Ledger;
import org.tallystick.party.TransitionOutcome.ApproverNeeded;
import org.tallystick.party.TransitionOutcome.Moved;
import org.tallystick.party.TransitionOutcome.NameConfusable;
import org.tallystick.party.TransitionOutcome.NotPermitted;
import org.tallystick.party.TransitionOutcome.Obstructed;
import org.tallystick.party.TransitionOutcome.Proposed;
import org.tallystick.party.TransitionOutcome.SecondPersonNeeded;
import org.tallystick.party.TransitionOutcome.Unknown;
import org.tallystick.staff.Actor;
import org.tallystick.staff.Role;

/**
 * What the staff decides on registrations. Approval takes two people: one proposes, an approver who
 * is another confirms. It opens the first deposit account and says how long the identification
 * holds; a party that has been active before is so again at once.
 */
@Stateless
public class Decisions {
  /** What an approver may move a registration to by hand; all else follows from something done. */
  private static final Set<RegistrationState> BY_HAND =
      EnumSet.of(
          RegistrationState.ACTIVE,
          RegistrationState.REFUSED,
          RegistrationState.LAPSED,
          RegistrationState.SUSPENDED,
          RegistrationState.CLOSED);

  @PersistenceContext(unitName = "tallystick")
  EntityManager entities;

  @EJB Parties parties;
  @EJB Transitions transitions;
  @EJB Ledger ledger;
  @EJB Identifications identifications;
  @Inject ScreeningGate screening;
  @Inject VerificationPeriods periods;
  @Inject DefaultCurrency defaultCurrency;
  @Inject Clock clock;

  /**
   * Proposes approval, or confirms what another person has proposed. Saying it again changes
   * nothing.
   */
  public TransitionOutcome approve(Actor actor, String registration, String reason) {
    actor.require(Role.CLERK, Role.APPROVER);
    Optional<Party> found = parties.byRegistrationLocked(actor, registration);
    if (found.isEmpty()) {
      return new Unknown();
    }
    Party party = found.get();
    if (!awaitsApproval(party)) {
      return party.state().mayEnrol()
          ? new Moved(party.state())
          : new NotPermitted(party.state(), RegistrationState.APPROVED);
    }
    Optional<TransitionOutcome> obstacle = obstacle(party);
    if (obstacle.isPresent()) {
      return obstacle.get();
    }
    Optional<ApprovalProposal> proposal = transitions.openProposal(party);
    return proposal.isEmpty()
        ? propose(party, actor, reason)
        : confirm(party, proposal.get(), actor, reason);
  }

  /** Moves a registration to any state that may follow and that an approver decides on alone. */
  public TransitionOutcome move(
      Actor actor, String registration, RegistrationState next, String reason) {
    actor.require(Role.APPROVER);
    Optional<Party> found = parties.byRegistrationLocked(actor, registration);
    if (found.isEmpty()) {
      return new Unknown();
    }
    Party party = found.get();
    boolean withoutSignature = next == RegistrationState.ACTIVE && !party.wasActive();
    if (!BY_HAND.contains(next) || !party.state().permits(next) || withoutSignature) {
      return new NotPermitted(party.state(), next);
    }
    if (next == RegistrationState.ACTIVE) {
      Optional<TransitionOutcome> obstacle = obstacle(party);
      if (obstacle.isPresent()) {
        return obstacle.get();
      }
      if (party.state() == RegistrationState.LAPSED) {
        periods.begin(party, now());
      }
    }
    transitions.move(party, next, actor.name(), reason);
    return new Moved(next);
  }

  private TransitionOutcome propose(Party party, Actor actor, String reason) {
    entities.persist(new ApprovalProposal(party.id(), actor.name(), reason, now()));
    return new Proposed(party.state(), actor.name());
  }

  private TransitionOutcome confirm(
      Party party, ApprovalProposal proposal, Actor actor, String reason) {
    if (!actor.roles().contains(Role.APPROVER)) {
      return proposal.proposedBy().equals(actor.name())
          ? new Proposed(party.state(), actor.name())
          : new ApproverNeeded(proposal.proposedBy());
    }
    if (proposal.proposedBy().equals(actor.name())) {
      return new SecondPersonNeeded();
    }
    periods.begin(party, now());
    identifications.approved(party);
    if (party.state() == RegistrationState.ACTIVE) {
      transitions.renew(party, proposal, actor.name(), reason);
      return new Moved(party.state());
    }
    transitions.confirm(party, RegistrationState.APPROVED, proposal, actor.name(), reason);
    ledger.openDeposit(party.id(), defaultCurrency.code());
    if (party.wasActive()) {
      transitions.move(party, RegistrationState.ACTIVE, actor.name(), reason);
    }
    return new Moved(party.state());
  }

  /** A new party, one that comes back, or an active one that has said anew who it is. */
  private boolean awaitsApproval(Party party) {
    return party.state() == RegistrationState.REVIEW
        || (party.state() == RegistrationState.ACTIVE && identifications.pending(party));
  }

  private Optional<TransitionOutcome> obstacle(Party party) {
    PublicNames names = new PublicNames(entities);
    if (party.identity().publicName().filter(name -> names.isAnothers(name, party)).isPresent()) {
      return Optional.of(new NameConfusable());
    }
    return screening.obstacle(party.id()).map(Obstructed::new);
  }

  private OffsetDateTime now() {
    return OffsetDateTime.now(clock);
  }
}
