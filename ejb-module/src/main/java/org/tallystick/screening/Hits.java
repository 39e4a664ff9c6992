package org.tallystick.screening;

import jakarta.ejb.EJB;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.TypedQuery;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.function.LongPredicate;
import org.tallystick.codec.Base64Url;
import org.tallystick.codec.MalformedInputException;
import org.tallystick.page.Cursors;
import org.tallystick.page.Page;
import org.tallystick.party.KycAccess;
import org.tallystick.party.Parties;
import org.tallystick.party.Party;
import org.tallystick.party.RegistrationState;
import org.tallystick.party.Transitions;
import org.tallystick.screening.DecisionOutcome.Changed;
import org.tallystick.screening.DecisionOutcome.Decided;
import org.tallystick.screening.DecisionOutcome.Gone;
import org.tallystick.screening.DecisionOutcome.Unknown;
import org.tallystick.staff.Actor;
import org.tallystick.staff.Role;

/**
 * What the staff does with hits. A clerk decides; that a party is who is listed takes an approver
 * to confirm, which suspends an active party, and to take back.
 */
@Stateless
public class Hits {
  @PersistenceContext(unitName = "tallystick")
  EntityManager entities;

  @EJB Parties parties;
  @EJB Transitions transitions;
  @EJB Screenings screenings;
  @Inject Cursors cursors;
  @Inject Clock clock;

  /**
   * Hits of the last screening in a state, oldest first, without names.
   *
   * @param after the cursor of the page before
   */
  public HitPage page(Actor actor, HitState state, Optional<String> after, int limit) {
    actor.require(Role.CLERK, Role.APPROVER, Role.AUDITOR);
    Long institution = actor.institution();
    String list = "screening-hits/" + state + (institution == null ? "" : "/" + institution);
    long start =
        cursors
            .position(list, after)
            .flatMap(position -> byPublicId(actor, position))
            .map(ScreeningHit::id)
            .orElse(0L);
    TypedQuery<ScreeningHit> query =
        institution == null
            ? entities.createNamedQuery("ScreeningHit.inState", ScreeningHit.class)
            : entities
                .createNamedQuery("ScreeningHit.inStateOfInstitution", ScreeningHit.class)
                .setParameter("institution", institution);
    List<HitSummary> found =
        query
            .setParameter("state", state)
            .setParameter("after", start)
            .setMaxResults(limit + 1)
            .getResultStream()
            .map(hit -> HitSummary.of(party(hit), hit))
            .toList();
    Page<HitSummary> page = cursors.page(list, found, limit, HitSummary::hit);
    return new HitPage(page.items(), page.next());
  }

  /** All of a hit; that names were opened is recorded. */
  public Optional<OpenedHit> open(Actor actor, String hit) {
    actor.require(Role.CLERK, Role.APPROVER);
    return byPublicId(actor, hit)
        .map(
            found -> {
              Party party = party(found);
              entities.persist(
                  new KycAccess(party, actor.name(), KycAccess.What.NAME, null, now()));
              return new OpenedHit(
                  HitSummary.of(party, found),
                  screenings.opened(party, found),
                  entities
                      .createNamedQuery("ScreeningDecision.ofHit", ScreeningDecision.class)
                      .setParameter("hit", found.id())
                      .getResultStream()
                      .map(line -> screenings.opened(party, found, line))
                      .toList(),
                  found.version());
            });
  }

  /**
   * Decides; saying the same again changes nothing.
   *
   * @param expected whether this may be decided on the hit as it is, by its version
   * @throws org.tallystick.staff.NotPermittedException if a clerk takes back that a party is listed
   */
  public DecisionOutcome decide(
      Actor actor, String hit, HitState decision, String note, LongPredicate expected) {
    actor.require(Role.CLERK, Role.APPROVER);
    Optional<ScreeningHit> visible = byPublicId(actor, hit);
    if (visible.isEmpty()) {
      return new Unknown();
    }
    ScreeningHit found = visible.get();
    Party party = parties.byIdLocked(found.partyId()).orElseThrow();
    entities.refresh(found);
    if (!expected.test(found.version())) {
      return new Changed();
    }
    if (!found.present() || decision == HitState.OPEN) {
      return new Gone();
    }
    if (found.state() == HitState.TRUE_MATCH && decision == HitState.FALSE_POSITIVE) {
      actor.require(Role.APPROVER);
    }
    boolean suspends =
        decision == HitState.TRUE_MATCH
            && actor.roles().contains(Role.APPROVER)
            && party.state() == RegistrationState.ACTIVE;
    if (found.state() != decision || suspends) {
      entities.persist(screenings.line(party, found, decision, actor.name(), note));
    }
    if (suspends) {
      transitions.move(
          party, RegistrationState.SUSPENDED, actor.name(), "a listed name was confirmed");
    }
    return new Decided(decision, party.state());
  }

  private Optional<ScreeningHit> byPublicId(Actor actor, String hit) {
    byte[] value;
    try {
      value = Base64Url.decode(hit);
    } catch (MalformedInputException e) {
      return Optional.empty();
    }
    Optional<ScreeningHit> found =
        entities
            .createNamedQuery("ScreeningHit.byPublicId", ScreeningHit.class)
            .setParameter("value", value)
            .getResultStream()
            .findFirst();
    return parties.ifSeen(actor, found, ScreeningHit::partyId);
  }

  private Party party(ScreeningHit hit) {
    return parties.byId(hit.partyId()).orElseThrow();
  }

  private OffsetDateTime now() {
    return OffsetDateTime.now(clock);
  }
}
