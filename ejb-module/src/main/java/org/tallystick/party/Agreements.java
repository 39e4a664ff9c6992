package org.tallystick.party;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.tallystick.page.Cursors;
import org.tallystick.page.Page;

/**
 * The versions of the agreement: which one is in force, which one a party is offered, and which one
 * waits for its signature.
 *
 * <p>Source: docs/PROTOCOL.md section 10.4.
 */
@Stateless
public class Agreements {
  private static final String LIST = "agreements";

  @PersistenceContext(unitName = "tallystick")
  EntityManager entities;

  @Inject Cursors cursors;
  @Inject Clock clock;

  /** The one that holds now. */
  public Agreement inForce() {
    return entities
        .createNamedQuery("Agreement.inForce", Agreement.class)
        .setParameter("now", OffsetDateTime.now(clock))
        .setMaxResults(1)
        .getResultStream()
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no agreement is in force"));
  }

  /** A version by its number. */
  public Optional<Agreement> byVersion(int version) {
    return Optional.ofNullable(entities.find(Agreement.class, version));
  }

  /** A page of all of them, newest first; {@code after} is the cursor of the page before. */
  public Page<Agreement> page(Optional<String> after, int limit) {
    int before = cursors.position(LIST, after).map(Integer::valueOf).orElse(Integer.MAX_VALUE);
    return cursors.page(
        LIST, newestFirst(before, limit + 1), limit, last -> Integer.toString(last.version()));
  }

  private List<Agreement> newestFirst(int before, int limit) {
    return entities
        .createNamedQuery("Agreement.newestFirst", Agreement.class)
        .setParameter("before", before)
        .setMaxResults(limit)
        .getResultList();
  }

  /** The newest one, in force or not yet. */
  public Agreement newest() {
    return newestFirst(Integer.MAX_VALUE, 1).get(0);
  }

  /**
   * The one that a new device of a party is bound under: the one in force, or, where another device
   * of the party has signed one that is to come, that one.
   */
  public Agreement offered(Party party) {
    Agreement inForce = inForce();
    return party.contractVersion() <= inForce.version()
        ? inForce
        : byVersion(party.contractVersion()).orElseThrow();
  }

  /** The newest one, where the party has not signed it. */
  public Optional<Agreement> waitingFor(Party party) {
    return Optional.of(newest()).filter(newest -> newest.version() > party.contractVersion());
  }

  /** The proposal that nobody has decided yet. */
  public Optional<AgreementProposal> open() {
    return entities
        .createNamedQuery("AgreementProposal.open", AgreementProposal.class)
        .getResultStream()
        .findFirst();
  }
}
