package org.tallystick.privacy;

import jakarta.ejb.EJB;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.tallystick.party.Parties;
import org.tallystick.party.Party;
import org.tallystick.privacy.ErasureOutcome.NotProposer;
import org.tallystick.privacy.ErasureOutcome.NothingProposed;
import org.tallystick.privacy.ErasureOutcome.Unknown;
import org.tallystick.privacy.ErasureOutcome.Withdrawn;
import org.tallystick.staff.Actor;
import org.tallystick.staff.Role;

/** Proposals to erase a party: one at a time, taken back by who made it, over after 30 days. */
@Stateless
public class ErasureProposals {
  private static final int MOST = 100;

  @PersistenceContext(unitName = "tallystick")
  EntityManager entities;

  @EJB Parties parties;
  @Inject Clock clock;

  /** The proposal that another person may confirm now; the party's row is locked. */
  public Optional<ErasureProposal> open(Party party) {
    Optional<ErasureProposal> open =
        entities
            .createNamedQuery("ErasureProposal.open", ErasureProposal.class)
            .setParameter("party", party.id())
            .getResultStream()
            .findFirst();
    if (open.isPresent() && open.get().isExpired(now())) {
      open.get().expire();
      entities.flush(); // before the next one is there
      return Optional.empty();
    }
    return open;
  }

  /** Who has proposed takes it back; nobody else can, but need not confirm either. */
  public ErasureOutcome withdraw(Actor actor, String registration, String reason) {
    actor.require(Role.CLERK, Role.APPROVER);
    Optional<Party> found = parties.byRegistrationLocked(actor, registration);
    if (found.isEmpty()) {
      return new Unknown();
    }
    Optional<ErasureProposal> open = open(found.get());
    if (open.isEmpty()) {
      return new NothingProposed();
    }
    if (!open.get().proposedBy().equals(actor.name())) {
      return new NotProposer(open.get().proposedBy());
    }
    open.get().withdraw(reason, now());
    return new Withdrawn();
  }

  /** What was proposed about a party, newest first; empty where there is no such party. */
  public Optional<ErasureProposalList> list(Actor actor, String registration) {
    actor.require(Role.CLERK, Role.APPROVER, Role.AUDITOR);
    OffsetDateTime now = now();
    return parties
        .byRegistration(actor, registration)
        .map(
            party ->
                entities
                    .createNamedQuery("ErasureProposal.newestFirst", ErasureProposal.class)
                    .setParameter("party", party.id())
                    .setMaxResults(MOST)
                    .getResultStream()
                    .map(proposal -> ErasureProposalList.Line.of(proposal, now))
                    .toList())
        .map(ErasureProposalList::new);
  }

  private OffsetDateTime now() {
    return OffsetDateTime.now(clock);
  }
}
