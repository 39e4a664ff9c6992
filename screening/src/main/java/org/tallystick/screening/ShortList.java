package org.tallystick.screening;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * The listed names worth a closer look: those whose words that are like words of the query weigh
 * enough.
 */
final class ShortList {
  /** Names that are looked at closely at most: the best by weight of common words. */
  static final int LENGTH = 128;

  private static final double LEAST_SHARE = 0.45;

  private final NameIndex index;
  private final double[] scores;
  private final int[] seen;
  private int count;

  private ShortList(NameIndex index) {
    this.index = index;
    scores = new double[index.size()];
    seen = new int[index.size()];
  }

  /** Numbers of names, the best first. */
  static List<Integer> of(QueryWords query, NameIndex index) {
    ShortList list = new ShortList(index);
    list.scoreWords(query);
    list.scoreSpans(query);
    return list.best(query.total());
  }

  private void scoreWords(QueryWords query) {
    int[] last = new int[index.size()];
    for (int at = 0; at < query.size(); at++) {
      int turn = at + 1;
      double weight = query.weights()[at];
      List<Map.Entry<Integer, WordLikeness>> like =
          query.like(at).entrySet().stream()
              .sorted(Comparator.comparingDouble(entry -> -entry.getValue().similarity()))
              .toList();
      for (Map.Entry<Integer, WordLikeness> entry : like) {
        double listed = index.weights.of(index.dictionary.word(entry.getKey()));
        double score = Math.min(weight, listed) * entry.getValue().similarity();
        for (int name : index.withWord(entry.getKey())) {
          if (last[name] != turn) {
            last[name] = turn;
            add(name, score);
          }
        }
      }
    }
  }

  private void scoreSpans(QueryWords query) {
    for (QueryWords.Span span : query.spans()) {
      double weight = 0;
      for (int at = span.from(); at < span.from() + span.length(); at++) {
        weight += query.weights()[at];
      }
      for (int name : index.withSpan(span.word())) {
        add(name, weight);
      }
      if (span.length() > 1) {
        for (int id : index.dictionary.like(span.word()).keySet()) {
          for (int name : index.withWord(id)) {
            add(name, weight);
          }
        }
      }
    }
  }

  private void add(int name, double score) {
    if (scores[name] == 0) {
      seen[count++] = name;
    }
    scores[name] += score;
  }

  private List<Integer> best(double queryTotal) {
    return Arrays.stream(seen, 0, count)
        .filter(name -> scores[name] >= LEAST_SHARE * Math.min(queryTotal, index.total(name)))
        .boxed()
        .sorted(Comparator.comparingDouble((Integer name) -> -scores[name]).thenComparingInt(name -> name))
        .limit(LENGTH)
        .toList();
  }
}
