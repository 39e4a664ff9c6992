package org.tallystick.enrolment;

import jakarta.ejb.EJB;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.tallystick.agreement.PartyAgreements;
import org.tallystick.device.Device;
import org.tallystick.device.DeviceRegister;
import org.tallystick.keys.Bank;
import org.tallystick.keys.KeyVault;
import org.tallystick.party.Parties;
import org.tallystick.party.Party;
import org.tallystick.party.PartyKeys;
import org.tallystick.party.Transitions;

/**
 * Leads devices through the enrolment exchange; whatever changes an enrolment holds its row's lock.
 *
 * <p>Source: docs/PROTOCOL.md section 3.
 */
@Stateless
public class Enrolments {
  private static final Logger LOG = System.getLogger(Enrolments.class.getName());
  private static final int ID_LENGTH = 16;

  @PersistenceContext(unitName = "tallystick")
  EntityManager entities;

  @EJB Parties parties;
  @EJB PartyKeys keys;
  @EJB PartyAgreements agreements;
  @EJB Transitions transitions;
  @Inject Bank bank;
  @Inject KeyVault vault;
  @Inject Clock clock;
  @Inject SecureRandom random;

  /** E1: the offer, as long as the exchange is open. */
  public Optional<byte[]> offer(byte[] id) {
    if (id.length != ID_LENGTH) {
      return Optional.empty();
    }
    OffsetDateTime now = OffsetDateTime.now(clock);
    return register().find(id).filter(found -> found.openAt(now)).map(Enrolment::offer);
  }

  /** E4: answers a device's first message. */
  public BindOutcome bind(byte[] id, byte[] message1) {
    OffsetDateTime now = OffsetDateTime.now(clock);
    Optional<Enrolment> found =
        seen(id, known -> known.openAt(now) || known.answerTo(message1).isPresent())
            .flatMap(known -> locked(id));
    Optional<Party> party = found.map(Enrolment::partyId).flatMap(parties::byId);
    if (found.isEmpty() || party.isEmpty()) {
      return new BindOutcome.Refused("unknown");
    }
    byte[] bindingValue = parties.accountBindingValue(party.get());
    BindOutcome outcome =
        exchange().bind(found.get(), party.get(), keys.of(party.get()), bindingValue, message1);
    if (outcome instanceof BindOutcome.Doubled) {
      LOG.log(
          Level.WARNING,
          "a second device answered with one activation: enrolment cancelled, device {0} revoked",
          found.get().deviceIndex().orElse(0L));
    } else if (outcome instanceof BindOutcome.Refused refused) {
      LOG.log(Level.DEBUG, "enrolment not bound: {0}", refused.cause());
    }
    return outcome;
  }

  /** E5: the device confirms; the first of a party that was approved makes it active. */
  public ConfirmOutcome confirm(byte[] id, byte[] mac) {
    Optional<Enrolment> seen = seen(id, known -> known.confirmedBy(mac));
    // the party before the enrolment, as where activations are issued
    Optional<Party> party = seen.map(Enrolment::partyId).flatMap(parties::byIdLocked);
    Optional<Enrolment> found = party.isPresent() ? locked(id) : Optional.empty();
    if (found.isEmpty() || party.isEmpty()) {
      return new ConfirmOutcome.Refused("unknown");
    }
    EnrolmentState before = found.get().state();
    ConfirmOutcome outcome = exchange().confirm(found.get(), party.get(), mac);
    if (outcome instanceof ConfirmOutcome.Refused refused) {
      LOG.log(Level.DEBUG, "enrolment not confirmed: {0}", refused.cause());
    } else if (before != EnrolmentState.CONFIRMED) {
      found
          .get()
          .deviceIndex()
          .flatMap(new DeviceRegister(entities)::lock)
          .ifPresent(device -> signed(party.get(), device, Offer.decode(found.get().offer())));
    }
    return outcome;
  }

  /** The device's binding says that its party has agreed. */
  private void signed(Party party, Device device, Offer offer) {
    agreements.bound(party, device, offer.contractVersion(), offer.contractHash());
    transitions.signedBy(party, device.deviceId());
  }

  /** Ids of enrolments whose time is over and whose secrets are still there. */
  public List<byte[]> overdue(int limit) {
    return register().overdue(OffsetDateTime.now(clock), limit);
  }

  /** Ends one whose time is over; false where it is not, or has ended already. */
  public boolean expire(byte[] id) {
    return locked(id).filter(found -> exchange().expire(found)).isPresent();
  }

  /**
   * One that a message may be for, not locked yet: a message for none takes as long, and no longer,
   * whether there once was an enrolment of that name or not.
   */
  private Optional<Enrolment> seen(byte[] id, Predicate<Enrolment> mayBe) {
    return id.length == ID_LENGTH ? register().find(id).filter(mayBe) : Optional.empty();
  }

  private Optional<Enrolment> locked(byte[] id) {
    return id.length == ID_LENGTH ? register().lock(id) : Optional.empty();
  }

  private EnrolmentRegister register() {
    return new EnrolmentRegister(entities);
  }

  private EnrolmentExchange exchange() {
    return new EnrolmentExchange(bank, vault, new DeviceRegister(entities), clock, random);
  }
}
