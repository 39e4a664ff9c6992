package org.tallystick.wallet;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.tallystick.keys.KeyVault;
import org.tallystick.page.Cursors;
import org.tallystick.page.Page;
import org.tallystick.staff.Actor;
import org.tallystick.staff.Role;
import org.tallystick.wallet.SearchPage.Search;

/**
 * Whose is this number? The staff may ask, must say why, and leaves a row, whether or not there is
 * an answer. Numbers are found by their keyed hash; none is opened.
 */
@Stateless
public class InstrumentSearches {
  /** How many are shown of one number. */
  static final int MAX_FOUND = 100;

  private static final String LIST = "instrument-searches";

  @PersistenceContext(unitName = "tallystick")
  EntityManager entities;

  @Inject KeyVault vault;
  @Inject Cursors cursors;
  @Inject Clock clock;

  /** Wallets that have or had a card. */
  public List<FoundInstrument> byPan(Actor actor, Pan pan, String reason) {
    actor.require(Role.CLERK);
    actor.requireConsortium();
    return search(
        actor, reason, "CARD", "Instrument.everywhereByPan", pan.searchHash(vault.searchKey()));
  }

  /** Wallets that have or had an account at another bank. */
  public List<FoundInstrument> byAccount(Actor actor, AccountNumber number, String reason) {
    actor.require(Role.CLERK);
    actor.requireConsortium();
    return search(
        actor,
        reason,
        number.form().name(),
        "Instrument.everywhereByExternalNumber",
        number.searchHash(vault.searchKey()));
  }

  private List<FoundInstrument> search(
      Actor actor, String reason, String form, String query, byte[] hash) {
    List<FoundInstrument> found =
        entities
            .createNamedQuery(query, Object[].class)
            .setParameter("hash", hash)
            .setMaxResults(MAX_FOUND)
            .getResultStream()
            .map(row -> FoundInstrument.of((Instrument) row[0], (byte[]) row[1]))
            .toList();
    entities.persist(
        new InstrumentSearch(
            actor.name(), reason, form, hash, found.size(), OffsetDateTime.now(clock)));
    return found;
  }

  /** Who searched and why, newest first; {@code after} is the cursor of the page before. */
  public SearchPage page(Actor actor, Optional<String> after, int limit) {
    actor.require(Role.AUDITOR);
    actor.requireConsortium();
    List<InstrumentSearch> found =
        entities
            .createNamedQuery("InstrumentSearch.before", InstrumentSearch.class)
            .setParameter(
                "before", cursors.position(LIST, after).map(Long::valueOf).orElse(Long.MAX_VALUE))
            .setMaxResults(limit + 1)
            .getResultList();
    Page<Search> page =
        cursors
            .page(LIST, found, limit, row -> Long.toString(row.id()))
            .map(
                row ->
                    new Search(
                        row.id(), row.actor(), row.reason(), row.form(), row.found(), row.at()));
    return new SearchPage(page.items(), page.next());
  }
}
