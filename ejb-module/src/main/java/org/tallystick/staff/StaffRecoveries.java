package org.tallystick.staff;

import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;
import org.tallystick.staff.StaffAccounts.Outcome;
import org.tallystick.staff.StaffChange.What;

/**
 * Four eyes over an account whose owner cannot sign in any more: an administrator proposes, another
 * administrator or an approver confirms within a day by the same request; neither of them is the
 * one it is about.
 */
final class StaffRecoveries {
  static final Duration PROPOSAL_LENGTH = Duration.ofHours(24);

  private final EntityManager entities;
  private final OffsetDateTime now;

  StaffRecoveries(EntityManager entities, OffsetDateTime now) {
    this.entities = entities;
    this.now = now;
  }

  /**
   * What two people have come to.
   *
   * @param outcome how far it is
   * @param proposedBy by whom it was proposed, where the caller is to do it now
   */
  record Word(Outcome outcome, @Nullable String proposedBy) {}

  /** Writes a proposal down, or takes the one there is. */
  Word word(Actor actor, StaffUser account, StaffRecovery.Kind kind, String reason) {
    if (account.name().equals(actor.name())) {
      return new Word(Outcome.OWN_ACCOUNT, null);
    }
    if (account.state() == StaffState.CLOSED) {
      return new Word(Outcome.STATE_NOT_PERMITTED, null);
    }
    StaffRecovery proposal = open(account, kind);
    if (proposal == null) {
      actor.require(Role.ADMINISTRATOR);
      actor.requireConsortium();
      entities.persist(
          new StaffRecovery(account.id(), kind, actor.name(), reason, now.plus(PROPOSAL_LENGTH)));
      What what = kind == StaffRecovery.Kind.KEYS ? What.RECOVERY_PROPOSED : What.RESET_PROPOSED;
      entities.persist(new StaffChange(account.id(), what, "", actor.name(), reason, now));
      return new Word(Outcome.PROPOSED, null);
    }
    if (proposal.proposedBy().equals(actor.name())) {
      return new Word(Outcome.SECOND_PERSON_NEEDED, null);
    }
    entities.remove(proposal);
    return new Word(Outcome.DONE, proposal.proposedBy());
  }

  private @Nullable StaffRecovery open(StaffUser account, StaffRecovery.Kind kind) {
    StaffRecovery proposal =
        entities.find(StaffRecovery.class, new StaffRecovery.Key(account.id(), kind));
    if (proposal != null && !now.isBefore(proposal.expiresAt())) {
      entities.remove(proposal);
      entities.flush();
      return null;
    }
    return proposal;
  }
}
