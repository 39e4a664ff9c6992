package org.tallystick.screening;

import jakarta.ejb.EJB;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.tallystick.keys.KeyVault;
import org.tallystick.party.Parties;
import org.tallystick.party.PartyKind;

/**
 * Keeps how common words are among the names under which parties were taken in. Only parties that
 * two people have found good count, so that nobody makes a word common by applying often.
 */
@Stateless
public class CustomerWords {
  /** Parties counted at most; of more, every second, third, … one. */
  private static final int MOST = 20_000;

  private static final int BATCH = 500;

  @PersistenceContext(unitName = "tallystick")
  EntityManager entities;

  @EJB Parties parties;
  @Inject KeyVault vault;
  @Inject Clock clock;

  /** What was counted for a generation, if it was. */
  public Optional<CustomerCorpus> of(long generation) {
    return Optional.ofNullable(entities.find(ScreeningCorpus.class, generation))
        .map(
            kept ->
                new CustomerCorpus(
                    kept.names(),
                    words(vault.personalKey().openText(kept.sealed(), context(generation)))));
  }

  /** The how manieth party is counted: 1 for each. */
  public long step() {
    long customers = entities.createNamedQuery("Party.customers", Long.class).getSingleResult();
    return Math.max(1, (customers + MOST - 1) / MOST);
  }

  /** Internal numbers of some parties that are counted, behind one of them, ascending. */
  public List<Long> some(long after, long step) {
    return entities
        .createNamedQuery("Party.customersAfter", Long.class)
        .setParameter("after", after)
        .setParameter("step", step)
        .setMaxResults(BATCH)
        .getResultList();
  }

  /** Under which names parties applied; those that are gone are left out. */
  public List<Query> names(List<Long> ids) {
    return ids.stream()
        .flatMap(id -> parties.byId(id).stream())
        .map(
            party ->
                new Query(
                    parties.name(party),
                    party.kind() == PartyKind.PERSON ? EntityKind.PERSON : EntityKind.ORGANISATION))
        .toList();
  }

  /**
   * Keeps what was counted for a generation, unless another node has done so before.
   *
   * @return what is kept
   */
  public CustomerCorpus keep(long generation, CustomerCorpus counted) {
    byte[] sealed = vault.personalKey().sealText(text(counted.words()), context(generation));
    entities
        .createNamedQuery("ScreeningCorpus.keep")
        .setParameter(1, generation)
        .setParameter(2, counted.names())
        .setParameter(3, counted.words().size())
        .setParameter(4, sealed)
        .setParameter(5, OffsetDateTime.now(clock))
        .executeUpdate();
    entities.createNamedQuery("ScreeningCorpus.forget").setParameter(1, generation).executeUpdate();
    return of(generation).orElseThrow();
  }

  /** A line for each word: the word, a blank, how many bear it. */
  private static String text(Map<String, Integer> words) {
    StringBuilder text = new StringBuilder();
    new TreeMap<>(words)
        .forEach((word, count) -> text.append(word).append(' ').append(count).append('\n'));
    return text.toString();
  }

  private static Map<String, Integer> words(String text) {
    Map<String, Integer> words = new HashMap<>();
    text.lines()
        .forEach(
            line -> {
              int blank = line.indexOf(' ');
              words.put(line.substring(0, blank), Integer.parseInt(line.substring(blank + 1)));
            });
    return words;
  }

  private static String context(long generation) {
    return "screening/corpus/" + generation;
  }
}
