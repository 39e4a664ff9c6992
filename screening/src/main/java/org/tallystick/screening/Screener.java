package org.tallystick.screening;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;

/**
 * Names against target lists.
 *
 * <p>A query is taken apart into words in Latin letters. Two term dictionaries of the lists, words
 * and letter pairs, give the listed words that each of them may be meant for; what those weigh
 * gives a short list of names. There each word of the query meets at most one word of the listed
 * name, and the score is how close those are that met, by their weights, and how much of both names
 * they are.
 *
 * <p>Immutable; any number of threads may use one. The same lists, customers and query give the
 * same answer.
 *
 * <p>Source: the method of "Systems and methods for screening data instances based on a target text
 * of a target corpus": term dictionaries, weights by frequency, short list, term similarity.
 */
public final class Screener {
  /**
   * A match is a hit from here on. Chosen on the half of the labelled names that the engine was
   * tuned on ({@code tallystick bench screening --set dev}), for a bank that knows nothing of its
   * customers yet: there 0.75 % of ordinary names are hits, and 99.2 % of the forms of listed
   * names; with the customers' words 0.52 % and 99.1 %.
   */
  public static final double THRESHOLD = 0.84;

  /** Words of one name; the longest on the lists of 2026 has 24. */
  public static final int MAX_TERMS = 32;

  /** A weak alias is a hit where it is the same, and not with a slip. */
  private static final double WEAK_ALIAS = 0.85;

  /** A person has a company's name, or a company a ship's. */
  private static final double OTHER_KIND = 0.9;

  private final NameIndex index;

  private Screener(NameIndex index) {
    this.index = index;
  }

  /**
   * Builds the index of all names of the lists.
   *
   * @param customers how common words are among the bank's own customers, or {@link
   *     CustomerCorpus#NONE}
   */
  public static Screener of(List<TargetList> lists, CustomerCorpus customers) {
    return new Screener(new NameIndex(lists, customers));
  }

  /** Listed names that no query can find, for nothing in them can be compared. */
  public List<ListedName> leftOut() {
    return index.leftOut();
  }

  /** The entries that the name may mean. */
  public Screening screen(Query query) {
    return screen(query, THRESHOLD);
  }

  /** The entries whose score is at least this. */
  Screening screen(Query query, double threshold) {
    List<List<Word>> readings;
    try {
      readings = NameReader.read(query.name());
    } catch (UnreadableName e) {
      return new Screening.Impossible(e.obstacle());
    }
    IdentityHashMap<ListedEntity, Match> best = new IdentityHashMap<>();
    boolean onlyForm = false;
    for (List<Word> reading : readings) {
      List<Word> words = query.kind() == EntityKind.PERSON ? reading : LegalForms.removed(reading);
      onlyForm |= words.isEmpty();
      if (words.isEmpty()) {
        compare(reading, query.kind(), threshold, best);
        compare(LegalForms.first(reading), query.kind(), threshold, best);
      } else {
        compare(words, query.kind(), threshold, best);
      }
    }
    if (onlyForm && best.isEmpty()) {
      return new Screening.Impossible(Obstacle.LEGAL_FORM_ALONE);
    }
    List<Match> hits = new ArrayList<>(best.values());
    hits.sort(
        Comparator.comparingDouble((Match match) -> -match.score())
            .thenComparing(Match::list)
            .thenComparing(match -> match.entity().id()));
    return new Screening.Done(hits);
  }

  private void compare(
      List<Word> name,
      EntityKind kind,
      double threshold,
      IdentityHashMap<ListedEntity, Match> best) {
    QueryWords words = new QueryWords(name, index);
    for (int number : ShortList.of(words, index)) {
      IndexedName listed = index.name(number);
      if (!comparable(kind, listed.entity().kind())) {
        continue;
      }
      Alignment alignment = new Alignment(words, index, number);
      double score =
          alignment.score()
              * (listed.name().kind() == NameKind.WEAK_ALIAS ? WEAK_ALIAS : 1)
              * (other(kind, listed.entity().kind()) ? OTHER_KIND : 1);
      Match before = best.get(listed.entity());
      if (score >= threshold && (before == null || before.score() < score)) {
        best.put(
            listed.entity(),
            new Match(
                listed.list(), listed.entity(), listed.name(), score, alignment.explanation()));
      }
    }
  }

  private static boolean other(EntityKind asked, EntityKind listed) {
    return asked != EntityKind.UNKNOWN && listed != EntityKind.UNKNOWN && asked != listed;
  }

  /**
   * A person is no vessel and no aircraft; what else the customer or the list says may be wrong.
   */
  private static boolean comparable(EntityKind asked, EntityKind listed) {
    return asked != EntityKind.PERSON
        || (listed != EntityKind.VESSEL && listed != EntityKind.AIRCRAFT);
  }
}
