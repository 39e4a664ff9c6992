package org.tallystick.agreement;

import jakarta.ejb.EJB;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Optional;
import org.tallystick.crypto.Sha256;
import org.tallystick.party.Agreement;
import org.tallystick.party.AgreementProposal;
import org.tallystick.party.Agreements;
import org.tallystick.staff.Actor;
import org.tallystick.staff.Role;
import org.tallystick.stage.StageFaultException;
import org.tallystick.webhook.Event;
import org.tallystick.webhook.EventOutbox;
import org.tallystick.webhook.EventType;

/**
 * New versions of the agreement need two people: one approver proposes, another one confirms. One
 * at a time is open or waits to be in force, so a party has at most one to read.
 */
@Stateless
public class Publishing {
  private static final long LOCK = 0x61677265656d656eL;

  @PersistenceContext(unitName = "tallystick")
  EntityManager entities;

  @EJB Agreements agreements;
  @Inject NoticePeriod period;
  @Inject EventOutbox outbox;
  @Inject Clock clock;

  /** Proposes the next version. */
  public PublishingOutcome propose(Actor actor, String text, OffsetDateTime effectiveAt) {
    actor.require(Role.APPROVER);
    actor.requireConsortium();
    oneAtATime();
    OffsetDateTime now = OffsetDateTime.now(clock);
    Agreement newest = agreements.newest();
    byte[] hash = Sha256.of(text.getBytes(StandardCharsets.UTF_8));
    if (!AgreementText.isGood(text) || newest.hasHash(hash)) {
      return new PublishingOutcome.TextNotValid();
    }
    if (agreements.open().isPresent() || !newest.inForceAt(now)) {
      return new PublishingOutcome.AnotherWaits();
    }
    if (NoticePeriod.isTooFar(now, effectiveAt)) {
      return new PublishingOutcome.TooFarAhead();
    }
    if (!period.isKept(now, effectiveAt)) {
      return new PublishingOutcome.NoticeTooShort();
    }
    AgreementProposal proposal =
        new AgreementProposal(newest.version() + 1, text, hash, effectiveAt, actor.name(), now);
    entities.persist(proposal);
    return new PublishingOutcome.Proposed(proposal);
  }

  /** The open proposal, for those who decide and those who look after. */
  public Optional<AgreementProposal> open(Actor actor) {
    actor.require(Role.APPROVER, Role.AUDITOR);
    actor.requireConsortium();
    return agreements.open();
  }

  /**
   * Confirms the open proposal; parties are told from now on.
   *
   * @param version that the actor has seen
   */
  public PublishingOutcome confirm(Actor actor, int version) {
    actor.require(Role.APPROVER);
    actor.requireConsortium();
    Optional<AgreementProposal> open = locked(version);
    if (open.isEmpty()) {
      return new PublishingOutcome.Unknown();
    }
    AgreementProposal proposal = open.get();
    if (proposal.proposedBy().equals(actor.name())) {
      return new PublishingOutcome.SecondPersonNeeded();
    }
    OffsetDateTime now = OffsetDateTime.now(clock);
    if (!period.isKept(now, proposal.effectiveAt())) {
      return new PublishingOutcome.NoticeTooShort();
    }
    Agreement agreement = proposal.publish(actor.name(), now);
    entities.persist(agreement);
    entities.flush(); // the rounds refer to it
    try {
      new AgreementRows(entities.unwrap(Connection.class)).begin(agreement.version());
    } catch (SQLException e) {
      throw new StageFaultException(e);
    }
    outbox.tellAll(
        new Event(
            EventType.AGREEMENT_PUBLISHED,
            now,
            Map.of("version", Integer.toString(agreement.version()))));
    return new PublishingOutcome.Published(agreement);
  }

  /** Withdraws the open proposal; one person is enough. */
  public PublishingOutcome withdraw(Actor actor, int version) {
    actor.require(Role.APPROVER);
    actor.requireConsortium();
    Optional<AgreementProposal> open = locked(version);
    open.ifPresent(proposal -> proposal.withdraw(actor.name(), OffsetDateTime.now(clock)));
    return open.isPresent() ? new PublishingOutcome.Withdrawn() : new PublishingOutcome.Unknown();
  }

  private Optional<AgreementProposal> locked(int version) {
    oneAtATime();
    return agreements.open().filter(proposal -> proposal.version() == version);
  }

  /** Who publishes waits for who is publishing. */
  private void oneAtATime() {
    entities
        .createNativeQuery("select pg_advisory_xact_lock(?1)")
        .setParameter(1, LOCK)
        .getSingleResult();
  }
}
