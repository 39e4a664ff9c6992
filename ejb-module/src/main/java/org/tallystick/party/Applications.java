package org.tallystick.party;

import jakarta.ejb.EJB;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;

/**
 * Closes applications that nothing came of, and takes away what was said and handed in under them:
 * the bank has no use for it, and nobody fills its disk for long.
 */
@Stateless
public class Applications {
  /** How long an application may wait for its submission. */
  static final Duration LIFE = Duration.ofDays(30);

  @PersistenceContext(unitName = "tallystick")
  EntityManager entities;

  @EJB Parties parties;
  @EJB Transitions transitions;
  @EJB Identifications identifications;
  @EJB Documents documents;
  @Inject Clock clock;

  /** Internal numbers of parties that have not submitted in time, the oldest first. */
  public List<Long> abandoned(int limit) {
    List<?> found =
        entities
            .createNamedQuery("Party.abandoned")
            .setParameter(1, OffsetDateTime.now(clock).minus(LIFE))
            .setParameter(2, limit)
            .getResultList();
    return found.stream().map(id -> ((Number) id).longValue()).toList();
  }

  /** Closes one; false where it was submitted meanwhile, or closed by another round. */
  public boolean close(long partyId) {
    OffsetDateTime latest = OffsetDateTime.now(clock).minus(LIFE);
    Optional<Party> found =
        parties
            .byIdLocked(partyId)
            .filter(party -> party.state() == RegistrationState.APPLIED)
            .filter(party -> !party.registeredAt().isAfter(latest));
    found.ifPresent(
        party -> {
          documents.removeAll(party);
          identifications.forget(party);
          transitions.move(
              party,
              RegistrationState.CLOSED,
              Transitions.HOUSEKEEPING,
              "nothing was submitted in time");
        });
    return found.isPresent();
  }
}
