package org.tallystick.party;

import jakarta.ejb.EJB;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;

/**
 * Sees to it that identifications are renewed: reminds parties while there is time, and lets the
 * registration lapse when there is none left.
 */
@Stateless
public class Verifications {
  @PersistenceContext(unitName = "tallystick")
  EntityManager entities;

  @EJB Parties parties;
  @EJB Transitions transitions;
  @EJB Identifications identifications;
  @EJB Submissions submissions;
  @Inject Clock clock;

  /** Internal numbers of parties that something is due for, the longest due first. */
  public List<Long> due(int limit) {
    List<?> found =
        entities
            .createNamedQuery("Party.verificationDue")
            .setParameter(1, now())
            .setParameter(2, limit)
            .getResultList();
    return found.stream().map(id -> ((Number) id).longValue()).toList();
  }

  /** Does what is due for a party; false where nothing is, or another round has done it. */
  public boolean look(long partyId) {
    OffsetDateTime now = now();
    Optional<Party> found =
        parties
            .byIdLocked(partyId)
            .filter(party -> party.state() == RegistrationState.ACTIVE)
            .filter(
                party -> party.verificationDueAt().filter(due -> !due.isAfter(now)).isPresent());
    found.ifPresent(party -> act(party, now));
    return found.isPresent();
  }

  private void act(Party party, OffsetDateTime now) {
    OffsetDateTime until = party.verifiedUntil().orElse(now);
    if (now.isBefore(until)) {
      transitions.tell(party, MessageKind.VERIFICATION_DUE, Transitions.until(party));
      party.remindAt(VerificationPeriods.nextDue(until, now));
      return;
    }
    transitions.move(
        party,
        RegistrationState.LAPSED,
        Transitions.REVERIFICATION,
        "the identification was not renewed in time");
    if (identifications.pending(party)) {
      submissions.screened(party);
    }
  }

  private OffsetDateTime now() {
    return OffsetDateTime.now(clock);
  }
}
