package org.tallystick.privacy;

import jakarta.ejb.EJB;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.TypedQuery;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.tallystick.codec.Base64Url;
import org.tallystick.page.Cursors;
import org.tallystick.page.Page;
import org.tallystick.party.Parties;
import org.tallystick.party.Party;
import org.tallystick.privacy.ErasureOutcome.Going;
import org.tallystick.privacy.ErasureOutcome.NotEnded;
import org.tallystick.privacy.ErasureOutcome.SecondPersonNeeded;
import org.tallystick.privacy.ErasureOutcome.State;
import org.tallystick.privacy.ErasureOutcome.Tied;
import org.tallystick.privacy.ErasureOutcome.TooEarly;
import org.tallystick.privacy.ErasureOutcome.Unknown;
import org.tallystick.privacy.ErasurePage.Line;
import org.tallystick.privacy.ErasureRows.After;
import org.tallystick.privacy.ErasureRows.Due;
import org.tallystick.staff.Actor;
import org.tallystick.staff.Role;
import org.tallystick.stage.StageFaultException;

/**
 * What the staff does for erasure: it takes two people, and only who has left and need not be kept
 * any longer is erased.
 */
@Stateless
public class Erasures {
  @PersistenceContext(unitName = "tallystick")
  EntityManager entities;

  @EJB Parties parties;
  @EJB Eraser eraser;
  @EJB ErasureProposals proposals;
  @Inject RetentionPeriods periods;
  @Inject Cursors cursors;
  @Inject Clock clock;

  /**
   * Proposes to erase a party, or confirms what another person has proposed, which does it. A clerk
   * who says it again changes nothing.
   */
  public ErasureOutcome erase(Actor actor, String registration, String reason) {
    actor.require(Role.CLERK, Role.APPROVER);
    Optional<Party> found = parties.byRegistrationLocked(actor, registration);
    if (found.isEmpty()) {
      return new Unknown();
    }
    Party party = found.get();
    Optional<OffsetDateTime> over = periods.over(party);
    if (over.isEmpty()) {
      return new NotEnded();
    }
    if (now().isBefore(over.get())) {
      return new TooEarly(over.get());
    }
    Set<Tie> ties = eraser.ties(party);
    if (!ties.isEmpty()) {
      return new Tied(ties);
    }
    Optional<ErasureProposal> proposal = proposals.open(party);
    if (proposal.isEmpty()) {
      entities.persist(new ErasureProposal(party.id(), actor.name(), reason, now()));
      return new Going(State.PROPOSED, actor.name(), null);
    }
    return confirm(actor, party, proposal.get());
  }

  private ErasureOutcome confirm(Actor actor, Party party, ErasureProposal proposal) {
    boolean own = proposal.proposedBy().equals(actor.name());
    boolean approver = actor.roles().contains(Role.APPROVER);
    if (own && !approver) {
      return new Going(State.PROPOSED, proposal.proposedBy(), null);
    }
    if (own || !approver) {
      return new SecondPersonNeeded(proposal.proposedBy());
    }
    Erasure.Word word = new Erasure.Word(proposal.proposedBy(), actor.name(), proposal.reason());
    return new Going(State.ERASED, word.proposedBy(), eraser.erase(party, word));
  }

  /** Registrations that may be erased by now, the longest due first, without names. */
  public DuePage due(Actor actor, Optional<String> after, int limit) {
    actor.require(Role.CLERK, Role.APPROVER);
    String list = list("erasures/due", actor);
    After start =
        cursors
            .position(list, after)
            .flatMap(position -> parties.byRegistration(actor, position))
            .flatMap(party -> party.endedAt().map(ended -> new After(ended, party.id())))
            .orElse(new After(OffsetDateTime.ofInstant(Instant.EPOCH, ZoneOffset.UTC), 0));
    List<Due> found;
    try {
      found =
          new ErasureRows(entities.unwrap(Connection.class))
              .due(
                  periods.endOfActive(now()),
                  periods.endOfOthers(now()),
                  start,
                  actor.institution(),
                  limit + 1);
    } catch (SQLException e) {
      throw new StageFaultException(e);
    }
    Page<DuePage.Line> page =
        cursors
            .page(list, found, limit, due -> Base64Url.encode(due.registration()))
            .map(DuePage.Line::of);
    return new DuePage(page.items(), page.next());
  }

  /** Who was erased on whose word, newest first. */
  public ErasurePage page(Actor actor, Optional<String> after, int limit) {
    actor.require(Role.AUDITOR);
    String list = list("erasures", actor);
    Long institution = actor.institution();
    TypedQuery<Erasure> query =
        institution == null
            ? entities.createNamedQuery("Erasure.before", Erasure.class)
            : entities
                .createNamedQuery("Erasure.beforeOfInstitution", Erasure.class)
                .setParameter("institution", institution);
    List<Erasure> found =
        query
            .setParameter(
                "before", cursors.position(list, after).map(Long::valueOf).orElse(Long.MAX_VALUE))
            .setMaxResults(limit + 1)
            .getResultList();
    Page<Line> page =
        cursors.page(list, found, limit, erasure -> Long.toString(erasure.id())).map(Line::of);
    return new ErasurePage(page.items(), page.next());
  }

  /** Each institution has its own. */
  private static String list(String name, Actor actor) {
    return actor.institution() == null ? name : name + "/" + actor.institution();
  }

  private OffsetDateTime now() {
    return OffsetDateTime.now(clock);
  }
}
