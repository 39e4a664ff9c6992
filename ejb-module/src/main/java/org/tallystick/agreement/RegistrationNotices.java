package org.tallystick.agreement;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.EnumSet;
import java.util.Set;
import org.tallystick.notice.AgreementToSign;
import org.tallystick.notice.NoticeDue;
import org.tallystick.notice.NoticeSubject;
import org.tallystick.notice.RegistrationMoved;
import org.tallystick.party.Agreements;
import org.tallystick.party.Party;
import org.tallystick.party.PartyTransition;
import org.tallystick.party.RegistrationState;
import org.tallystick.party.TransitionWitness;

/**
 * Makes due what a party's devices hear of its registration; and, where it comes back, of the
 * agreement that was published meanwhile.
 *
 * <p>Source: docs/PROTOCOL.md section 11, kinds 5 and 6.
 */
@ApplicationScoped
public class RegistrationNotices implements TransitionWitness {
  /** What a party leaves before it has a device, or by its first one. */
  private static final Set<RegistrationState> BEFORE_DEVICES =
      EnumSet.of(
          RegistrationState.APPLIED, RegistrationState.SCREENING, RegistrationState.APPROVED);

  @PersistenceContext(unitName = "tallystick")
  EntityManager entities;

  @EJB Agreements agreements;

  @Override
  public void moved(Party party, PartyTransition line) {
    if (BEFORE_DEVICES.contains(line.from()) || !party.wasActive()) {
      return;
    }
    tell(
        party,
        new RegistrationMoved(
            RegistrationMoved.Standing.valueOf(line.to().name()),
            line.at().toInstant().toEpochMilli()),
        line);
    if (line.to() == RegistrationState.ACTIVE) {
      agreements
          .waitingFor(party)
          .ifPresent(waiting -> tell(party, new AgreementToSign(waiting.terms()), line));
    }
  }

  private void tell(Party party, NoticeSubject subject, PartyTransition line) {
    entities.persist(NoticeDue.forAll(party.id(), subject, line.at()));
  }
}
