package org.tallystick.screening;

import jakarta.ejb.EJB;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.tallystick.party.Identifications;
import org.tallystick.party.Parties;
import org.tallystick.party.Party;
import org.tallystick.party.RegistrationState;
import org.tallystick.party.Submissions;

/** One step of a round of screening, in one transaction. */
@Stateless
public class ScreeningStage {
  @PersistenceContext(unitName = "tallystick")
  EntityManager entities;

  @EJB Screenings screenings;
  @EJB Parties parties;
  @EJB Identifications identifications;
  @EJB Submissions submissions;
  @EJB Editions editions;
  @Inject EngineHolder holder;

  /** Whether this node can screen against the lists in force. */
  public boolean ready() {
    return holder.of(editions.target()).isPresent();
  }

  /** Internal numbers of parties to be screened, those first that wait for it. */
  public List<Long> due(int limit) {
    List<?> found =
        entities
            .createNamedQuery("ScreeningRun.due")
            .setParameter(1, editions.target().generation())
            .setParameter(2, limit)
            .getResultList();
    return found.stream().map(id -> ((Number) id).longValue()).toList();
  }

  /**
   * Screens a party, if it still is to be and nobody else is at it.
   *
   * @return how many new hits there are, of a registration that is in use; empty where nothing was
   *     done
   */
  public OptionalInt look(long partyId) {
    ScreeningTarget target = editions.target();
    Optional<Engine> engine = holder.of(target);
    if (engine.isEmpty() || !locked(partyId, target)) {
      return OptionalInt.empty();
    }
    Party party = parties.byId(partyId).orElseThrow();
    if (party.state() == RegistrationState.REFUSED || party.state() == RegistrationState.CLOSED) {
      screenings.run(party).end();
      return OptionalInt.of(0);
    }
    int opened = screenings.screen(party, engine.get());
    if (waits(party)) {
      submissions.screened(party);
      return OptionalInt.of(0);
    }
    return OptionalInt.of(party.state() == RegistrationState.REVIEW ? 0 : opened);
  }

  private boolean locked(long partyId, ScreeningTarget target) {
    return !entities
        .createNamedQuery("ScreeningRun.lockDue")
        .setParameter(1, partyId)
        .setParameter(2, target.generation())
        .getResultList()
        .isEmpty();
  }

  /** Whether the party has submitted something that goes to review once it is screened. */
  private boolean waits(Party party) {
    return party.state() == RegistrationState.SCREENING
        || (party.state() == RegistrationState.LAPSED
            && identifications
                .submitted(party)
                .filter(said -> said.approvedAt() == null)
                .isPresent());
  }
}
