package org.tallystick.enrolment;

import jakarta.ejb.EJB;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.tallystick.device.DeviceRegister;
import org.tallystick.enrolment.ActivationOutcome.ApprovalNeeded;
import org.tallystick.enrolment.ActivationOutcome.Issued;
import org.tallystick.enrolment.ActivationOutcome.NotActive;
import org.tallystick.enrolment.ActivationOutcome.StillOpen;
import org.tallystick.keys.Bank;
import org.tallystick.keys.KeySets;
import org.tallystick.keys.KeyVault;
import org.tallystick.party.Agreements;
import org.tallystick.party.Parties;
import org.tallystick.party.Party;
import org.tallystick.staff.Actor;
import org.tallystick.staff.Role;

/**
 * Gives activations to parties: one at a time, and for a second device only with the word of an
 * approver, so that a stolen party token alone binds nothing to a party that has a device.
 */
@Stateless
public class Activations {
  private static final Duration ALLOWANCE_LIFE = Duration.ofDays(1);

  @PersistenceContext(unitName = "tallystick")
  EntityManager entities;

  @EJB Parties parties;
  @EJB Agreements agreements;
  @EJB KeySets keySets;
  @EJB Enrolments enrolments;
  @Inject Bank bank;
  @Inject KeyVault vault;
  @Inject Clock clock;
  @Inject SecureRandom random;

  /** Issues an activation to the party that asks. */
  public ActivationOutcome issue(Party asking) {
    OffsetDateTime now = OffsetDateTime.now(clock);
    Optional<Party> party = parties.byIdLocked(asking.id()).filter(p -> p.mayEnrol(now));
    if (party.isEmpty()) {
      return new NotActive();
    }
    EnrolmentRegister register = new EnrolmentRegister(entities);
    Optional<Enrolment> open = register.openOfParty(asking.id());
    if (open.isPresent() && !enrolments.expire(open.get().id())) {
      return new StillOpen();
    }
    boolean first = new DeviceRegister(entities).countEverActive(asking.id()) == 0;
    if (!first && !useAllowance(register, asking.id())) {
      return new ApprovalNeeded();
    }
    ActivationIssuer.Drawn drawn =
        new ActivationIssuer(bank, vault, clock, random)
            .draw(party.get(), agreements.offered(party.get()), keySets.current().version());
    entities.flush(); // what has expired makes room for what is new
    register.add(drawn.enrolment());
    return new Issued(drawn.text(), drawn.enrolment().expiresAt());
  }

  /**
   * An approver allows one activation more, within a day; a second word before the first is used
   * only renews it.
   *
   * @return until when, or empty where there is no such registration
   */
  public Optional<OffsetDateTime> allow(Actor actor, String registration) {
    actor.require(Role.APPROVER);
    Optional<Party> party =
        parties.byRegistration(actor, registration).map(Party::id).flatMap(parties::byIdLocked);
    if (party.isEmpty()) {
      return Optional.empty();
    }
    EnrolmentRegister register = new EnrolmentRegister(entities);
    OffsetDateTime now = OffsetDateTime.now(clock);
    OffsetDateTime until = now.plus(ALLOWANCE_LIFE);
    long id = party.get().id();
    register
        .unusedAllowance(id)
        .ifPresentOrElse(
            unused -> unused.renew(actor.name(), now, until),
            () -> register.add(new ActivationAllowance(id, actor.name(), now, until)));
    return Optional.of(until);
  }

  private boolean useAllowance(EnrolmentRegister register, long partyId) {
    OffsetDateTime now = OffsetDateTime.now(clock);
    return register.unusedAllowance(partyId).filter(unused -> unused.use(now)).isPresent();
  }
}
