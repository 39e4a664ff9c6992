package org.tallystick.screening;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Names against target lists.
 *
 * <p>Immutable; any number of threads may use one.
 */
public final class Screener {
  /** A match is a hit from here on. */
  public static final double THRESHOLD = 0.83;

  /** Words of one name. */
  public static final int MAX_TERMS = 32;

  private static final double WEAK_ALIAS = 0.85;

  private static final double OTHER_KIND = 0.9;

  private final NameIndex index;

  private Screener(NameIndex index) {
    this.index = index;
  }

  /** Builds the index of all names of the lists. */
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
    Map<ListedEntity, Match> best = new IdentityHashMap<>();
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
      List<Word> name, EntityKind kind, double threshold, Map<ListedEntity, Match> best) {
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
