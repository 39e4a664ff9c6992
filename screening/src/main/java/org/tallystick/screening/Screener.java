package org.tallystick.screening;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Names against target lists.
 *
 * <p>Immutable; any number of threads may use one.
 */
public final class Screener {
  /** A match is a hit from here on. */
  public static final double THRESHOLD = 0.8;

  /** Words of one name. */
  public static final int MAX_TERMS = 32;

  private final List<TargetList> lists;

  private Screener(List<TargetList> lists) {
    this.lists = List.copyOf(lists);
  }

  /** Builds the index of all names of the lists. */
  public static Screener of(List<TargetList> lists, CustomerCorpus customers) {
    return new Screener(lists);
  }

  /** The entries that the name may mean. */
  public Screening screen(Query query) {
    if (query.name().length() > Query.MAX_LENGTH) {
      return new Screening.Impossible(Obstacle.TOO_LONG);
    }
    String wanted = sorted(query.name());
    if (wanted.isEmpty()) {
      return new Screening.Impossible(Obstacle.NOTHING_TO_COMPARE);
    }
    Map<String, Match> hits = new TreeMap<>();
    for (TargetList list : lists) {
      for (ListedEntity entity : list.entities()) {
        for (ListedName name : entity.names()) {
          if (sorted(name.text()).equals(wanted)) {
            TermMatch all = new TermMatch(wanted, wanted, TermMatch.Way.SAME, 1, 1);
            hits.putIfAbsent(
                list.name() + entity.id(),
                new Match(list.name(), entity, name, 1, List.of(all)));
          }
        }
      }
    }
    List<Match> found = new ArrayList<>(hits.values());
    found.sort(Comparator.comparingDouble(Match::score).reversed());
    return new Screening.Done(found);
  }

  private static String sorted(String name) {
    List<String> words =
        new ArrayList<>(List.of(name.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+")));
    words.removeIf(String::isEmpty);
    words.sort(Comparator.naturalOrder());
    return String.join(" ", words);
  }
}
