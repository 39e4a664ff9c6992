package org.tallystick.party;

import jakarta.ejb.EJB;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongPredicate;
import java.util.stream.Stream;
import org.tallystick.party.Identification.Organisation;
import org.tallystick.party.Identification.Owner;
import org.tallystick.party.Identification.Person;
import org.tallystick.party.Identification.Representative;
import org.tallystick.party.IdentificationOutcome.Changed;
import org.tallystick.party.IdentificationOutcome.Kept;
import org.tallystick.party.IdentificationOutcome.NotPermitted;
import org.tallystick.party.IdentificationOutcome.NotValid;

/**
 * What parties say of themselves, kept sealed in editions: what was decided on stays for the
 * record, what was not gives way to the next edition, so that they are as many as decisions.
 */
@Stateless
public class Identifications {
  private static final long NOTHING_YET = -1;

  @PersistenceContext(unitName = "tallystick")
  EntityManager entities;

  @EJB Parties parties;
  @EJB Transitions transitions;
  @EJB PartyKeys keys;
  @Inject Clock clock;

  /**
   * Keeps what a party says, in place of what nobody has decided on yet.
   *
   * @param expected whether this may replace the edition that is kept, -1 where there is none yet
   */
  public IdentificationOutcome state(Party asking, Identification said, LongPredicate expected) {
    Party party = parties.byIdLocked(asking.id()).orElseThrow();
    Optional<IdentificationEdition> newest = newest(party);
    int edition = newest.map(IdentificationEdition::edition).orElse(0);
    if (!expected.test(edition == 0 ? NOTHING_YET : edition)) {
      return new Changed();
    }
    if (!party.state().mayIdentify()) {
      return new NotPermitted();
    }
    Optional<String> fault = new IdentificationCheck(clock).fault(party.kind(), said);
    if (fault.isPresent()) {
      return new NotValid(fault.get());
    }
    forget(party);
    // whoever proposed approval has not seen this
    transitions.openProposal(party).ifPresent(proposal -> proposal.end(now()));
    int next = edition + 1;
    byte[] sealed = keys.of(party).seal(IdentificationForm.encode(said), context(party, next));
    entities.persist(new IdentificationEdition(party.id(), next, sealed, now()));
    return new Kept(next);
  }

  /** What the party has said last, opened. */
  public Optional<OwnIdentification> own(Party party) {
    return newest(party).map(kept -> opened(party, kept));
  }

  /** What the party has submitted last, opened: what it has only drafted is its own business. */
  public Optional<OwnIdentification> submitted(Party party) {
    return editions(party)
        .filter(kept -> kept.submittedAt().isPresent())
        .findFirst()
        .map(kept -> opened(party, kept));
  }

  /**
   * The names to screen: what the party applied under and submitted last, what the public sees, and
   * the persons to whom it belongs and who act for it; each once.
   */
  public List<PartyName> names(Party party) {
    Set<PartyName> names = new LinkedHashSet<>();
    byte[] registration = party.identifiers().registration();
    String applied =
        keys.of(party).openText(party.identity().nameSealed(), SealContext.name(registration));
    names.add(new PartyName(applied, party.kind()));
    submitted(party).map(OwnIdentification::said).ifPresent(said -> addNames(said, names));
    party.identity().displayName().ifPresent(n -> names.add(new PartyName(n, party.kind())));
    return List.copyOf(names);
  }

  private static void addNames(Identification said, Set<PartyName> names) {
    if (said instanceof Person person) {
      String whole = person.given() + " " + person.family();
      names.add(new PartyName(whole, PartyKind.PERSON));
    } else if (said instanceof Organisation organisation) {
      names.add(new PartyName(organisation.name(), PartyKind.ORGANISATION));
      Stream.concat(
              organisation.owners().stream().map(Owner::name),
              organisation.representatives().stream().map(Representative::name))
          .forEach(name -> names.add(new PartyName(name, PartyKind.PERSON)));
    }
  }

  /** The newest edition, submitted or not. */
  public Optional<IdentificationEdition> newest(Party party) {
    return editions(party).findFirst();
  }

  /** At most one on which nobody has decided, and the one before it. */
  private Stream<IdentificationEdition> editions(Party party) {
    return entities
        .createNamedQuery("IdentificationEdition.newestFirst", IdentificationEdition.class)
        .setParameter("party", party.id())
        .setMaxResults(2)
        .getResultStream();
  }

  /** Whether something was submitted on which nobody has decided. */
  public boolean pending(Party party) {
    return newest(party).filter(IdentificationEdition::pending).isPresent();
  }

  /** Takes away what a party, whose row is locked, has said and nobody has decided on. */
  public void forget(Party party) {
    newest(party).filter(kept -> kept.approvedAt().isEmpty()).ifPresent(entities::remove);
  }

  /** Two people have found good what is kept. */
  public void approved(Party party) {
    newest(party).ifPresent(kept -> kept.approve(now()));
  }

  public OwnIdentification opened(Party party, IdentificationEdition kept) {
    byte[] plain = keys.of(party).open(kept.sealed(), context(party, kept.edition()));
    return new OwnIdentification(
        kept.edition(),
        IdentificationForm.decode(plain),
        kept.statedAt(),
        kept.submittedAt().orElse(null),
        kept.approvedAt().orElse(null));
  }

  private static String context(Party party, int edition) {
    return SealContext.identification(party.identifiers().registration(), edition);
  }

  private OffsetDateTime now() {
    return OffsetDateTime.now(clock);
  }
}
