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
import org.jspecify.annotations.Nullable;
import org.tallystick.page.Cursors;
import org.tallystick.page.Page;
import org.tallystick.party.KycAccess.What;
import org.tallystick.staff.Actor;
import org.tallystick.staff.Role;

/**
 * What the staff sees of parties. Whoever opens personal data leaves a line that nobody can change;
 * auditors read those lines and never the data.
 */
@Stateless
public class Dossiers {
  @PersistenceContext(unitName = "tallystick")
  EntityManager entities;

  @EJB Parties parties;
  @EJB Identifications identifications;
  @EJB Documents documents;
  @EJB Transitions transitions;
  @EJB PartyKeys keys;
  @Inject Cursors cursors;
  @Inject Clock clock;

  /** All of a party; that it was opened is recorded. */
  public Optional<Dossier> open(Actor actor, String registration) {
    actor.require(Role.CLERK, Role.APPROVER);
    Optional<Party> found = parties.byRegistration(actor, registration);
    found.ifPresent(party -> record(actor, party, What.DOSSIER, null));
    return found.map(
        party ->
            new Dossier(
                Applicant.of(party, keys.of(party)),
                party.verifiedUntil().orElse(null),
                identifications.submitted(party).orElse(null),
                documents.ofParty(party),
                transitions.openProposal(party).orElse(null)));
  }

  /** One document; that it was opened is recorded. */
  public Optional<OpenedDocument> openDocument(
      Actor actor, String registration, String documentId) {
    actor.require(Role.CLERK, Role.APPROVER);
    Optional<Party> party = parties.byRegistration(actor, registration);
    Optional<OpenedDocument> opened = party.flatMap(found -> documents.open(found, documentId));
    opened.ifPresent(
        document ->
            record(actor, party.orElseThrow(), What.DOCUMENT, document.document().publicId()));
    return opened;
  }

  /** Who moved the registration when and why, the oldest first. */
  public Optional<List<PartyTransition>> transitions(Actor actor, String registration) {
    actor.require(Role.CLERK, Role.APPROVER, Role.AUDITOR);
    return parties
        .byRegistration(actor, registration)
        .map(
            party ->
                entities
                    .createNamedQuery("PartyTransition.ofParty", PartyTransition.class)
                    .setParameter("party", party.id())
                    .getResultList());
  }

  /**
   * Who opened personal data of the party, the oldest first.
   *
   * @param after the cursor of the page before
   */
  public Optional<Page<KycAccess>> accesses(
      Actor actor, String registration, Optional<String> after, int limit) {
    actor.require(Role.AUDITOR);
    return parties
        .byRegistration(actor, registration)
        .map(
            party ->
                cursors.page(
                    "accesses/" + registration,
                    after,
                    limit,
                    entities
                        .createNamedQuery("KycAccess.ofParty", KycAccess.class)
                        .setParameter("party", party.id())));
  }

  private void record(Actor actor, Party party, What what, byte @Nullable [] document) {
    OffsetDateTime now = OffsetDateTime.now(clock);
    entities.persist(new KycAccess(party, actor.name(), what, document, now));
  }
}
