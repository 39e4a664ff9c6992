package org.tallystick.party;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tallystick.codec.Base64Url;

/**
 * Moves registrations: whoever has decided that a party moves, it moves here, in the decision's
 * transaction and with the party's row locked. The move leaves a line for the record and a message
 * for the party, and ends the proposal that was open.
 */
@Stateless
public class Transitions {
  /** The actor where the party itself acts. */
  public static final String PARTY = "party:itself";

  /** The actor where names were screened. */
  public static final String SCREENING = "system:screening";

  /** The actor where nothing came of an application. */
  public static final String HOUSEKEEPING = "system:housekeeping";

  /** The actor where an identification's time is over. */
  public static final String REVERIFICATION = "system:reverification";

  @PersistenceContext(unitName = "tallystick")
  EntityManager entities;

  @Inject Clock clock;
  @Inject TransitionWitness witness;
  @Inject RegistrationEvents events;

  /** Moves a party that may move there. */
  public void move(Party party, RegistrationState next, String actor, String reason) {
    keep(party, party.moveTo(next, actor, reason, now()), null);
  }

  /** Moves a party on the word of two people. */
  public void confirm(
      Party party, RegistrationState next, ApprovalProposal proposal, String actor, String reason) {
    keep(party, party.moveTo(next, actor, reason, now()), proposal.proposedBy());
  }

  /** Renews an active party's identification on the word of two people. */
  public void renew(Party party, ApprovalProposal proposal, String actor, String reason) {
    PartyTransition line = party.renew(actor, reason, now());
    line.proposedBy(proposal.proposedBy());
    entities.persist(line);
    proposal.end(now());
    tell(party, MessageKind.VERIFICATION_RENEWED, until(party));
  }

  /** A device of the party's signed the agreement: where it was approved, it is active now. */
  public void signedBy(Party party, byte[] deviceId) {
    if (party.state() == RegistrationState.APPROVED) {
      String device = "device:" + Base64Url.encode(deviceId);
      move(party, RegistrationState.ACTIVE, device, "the first device signed the agreement");
    }
  }

  /** The proposal on a party that nobody has confirmed yet. */
  public Optional<ApprovalProposal> openProposal(Party party) {
    return entities
        .createNamedQuery("ApprovalProposal.open", ApprovalProposal.class)
        .setParameter("party", party.id())
        .getResultStream()
        .findFirst();
  }

  /** Writes a message to the party, whose row is locked. */
  public void tell(Party party, MessageKind kind, Map<String, String> parameters) {
    PartyMessage message = new PartyMessage(party.id(), kind, parameters, now());
    entities.persist(message);
    events.told(party, message.at());
  }

  /** The parameters of a message on how long an identification holds. */
  static Map<String, String> until(Party party) {
    return Map.of("until", party.verifiedUntil().orElseThrow().toInstant().toString());
  }

  private void keep(Party party, PartyTransition line, @Nullable String proposedBy) {
    openProposal(party).ifPresent(proposal -> proposal.end(now()));
    if (proposedBy != null) {
      line.proposedBy(proposedBy);
    }
    entities.persist(line);
    witness.moved(party, line);
    events.moved(party, line.at());
    tell(party, MessageKind.REGISTRATION, Map.of("state", line.to().name()));
  }

  private OffsetDateTime now() {
    return OffsetDateTime.now(clock);
  }
}
