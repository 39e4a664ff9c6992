package org.tallystick.screening;

import jakarta.ejb.EJB;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.tallystick.screening.RetirementOutcome.Going;
import org.tallystick.screening.RetirementOutcome.SecondPersonNeeded;
import org.tallystick.screening.RetirementOutcome.State;
import org.tallystick.screening.RetirementOutcome.Stays;
import org.tallystick.screening.RetirementOutcome.Unknown;
import org.tallystick.staff.Actor;
import org.tallystick.staff.Role;

/**
 * Takes lists of the bank's own out of force. It takes two people, the second of them an approver;
 * a list that is published or required stays.
 */
@Stateless
public class Retirements {
  @PersistenceContext(unitName = "tallystick")
  EntityManager entities;

  @EJB Editions editions;
  @Inject RequiredLists required;
  @Inject Clock clock;

  /** What is proposed on an edition in force, and not over. */
  public Optional<ProposedRetirement> open(ScreeningEdition edition) {
    return Optional.ofNullable(entities.find(ScreeningRetirementProposal.class, edition.id()))
        .filter(proposal -> !proposal.isExpired(OffsetDateTime.now(clock)))
        .map(
            proposal ->
                new ProposedRetirement(
                    edition.list(),
                    proposal.proposedBy(),
                    proposal.reason(),
                    proposal.proposedAt(),
                    proposal.expiresAt()));
  }

  /**
   * Proposes to take a list out of force, or approves what another person has proposed, which does
   * it. Another edition of the list voids the proposal.
   */
  public RetirementOutcome retire(Actor actor, String list, String reason) {
    actor.requireConsortium();
    actor.require(Role.ADMINISTRATOR, Role.APPROVER);
    Optional<ScreeningEdition> edition = editions.currentLocked(list);
    if (edition.isEmpty()) {
      return new Unknown();
    }
    if (!ListName.own(list)) {
      return new Stays("it is a published list, and none of the bank's own");
    }
    if (required.names().contains(list)) {
      return new Stays("the operator requires it");
    }
    OffsetDateTime now = OffsetDateTime.now(clock);
    ScreeningRetirementProposal proposal =
        entities.find(ScreeningRetirementProposal.class, edition.get().id());
    if (proposal == null) {
      proposal = new ScreeningRetirementProposal(edition.get().id(), actor.name(), reason, now);
      entities.persist(proposal);
      return new Going(list, State.PROPOSED, actor.name());
    }
    if (proposal.isExpired(now)) {
      proposal.again(actor.name(), reason, now);
      return new Going(list, State.PROPOSED, actor.name());
    }
    if (proposal.proposedBy().equals(actor.name()) || !actor.roles().contains(Role.APPROVER)) {
      return new SecondPersonNeeded(proposal.proposedBy());
    }
    String proposedBy = proposal.proposedBy();
    editions.retire(edition.get(), proposal, actor.name());
    return new Going(list, State.RETIRED, proposedBy);
  }
}
