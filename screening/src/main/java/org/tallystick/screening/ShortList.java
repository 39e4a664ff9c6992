package org.tallystick.screening;

import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The listed names worth a closer look: those whose words that are like words of the query weigh
 * enough.
 */
final class ShortList {
  /** Names that are looked at closely at most: the best by weight of common words. */
  static final int LENGTH = 128;

  private static final double LEAST_SHARE = 0.55;

  private final NameIndex index;
  private final double[] scores;
  private final int[] seen;
  private int count;

  private ShortList(NameIndex index) {
    this.index = index;
    scores = new double[index.size()];
    seen = new int[index.size()];
  }

  /** Numbers of names. */
  static Set<Integer> of(QueryWords query, NameIndex index) {
    ShortList words = new ShortList(index);
    words.scoreWords(query);
    Set<Integer> best = new LinkedHashSet<>(words.best(query.total(), LENGTH));
    ShortList spans = new ShortList(index);
    spans.scoreSpans(query);
    spans.addScoresOf(words);
    best.addAll(spans.best(0, LENGTH / 2));
    return best;
  }

  private void scoreWords(QueryWords query) {
    int[] last = new int[index.size()];
    for (QueryWords.Span word : query.single()) {
      int turn = word.from() + 1;
      double weight = query.weights()[word.from()];
      for (Likes.Like like : word.like().closestFirst()) {
        double score = Math.min(weight, index.weight(like.id())) * like.likeness().similarity();
        for (int name : index.withWord(like.id())) {
          if (last[name] != turn) {
            last[name] = turn;
            add(name, score);
          }
        }
      }
    }
  }

  private void scoreSpans(QueryWords query) {
    for (QueryWords.Span span : query.single()) {
      for (int name : span.names()) {
        add(name, query.weight(span));
      }
    }
    for (QueryWords.Span span : query.joined()) {
      for (int name : span.names()) {
        add(name, query.weight(span));
      }
      for (Likes.Like like : span.like().closestFirst()) {
        for (int name : index.withWord(like.id())) {
          add(name, query.weight(span));
        }
      }
    }
  }

  private void addScoresOf(ShortList other) {
    for (int at = 0; at < count; at++) {
      scores[seen[at]] += other.scores[seen[at]];
    }
  }

  private void add(int name, double score) {
    if (scores[name] == 0) {
      seen[count++] = name;
    }
    scores[name] += score;
  }

  private List<Integer> best(double queryTotal, int length) {
    return Arrays.stream(seen, 0, count)
        .filter(name -> scores[name] >= LEAST_SHARE * Math.min(queryTotal, index.total(name)))
        .boxed()
        .sorted(
            Comparator.comparingDouble((Integer name) -> -scores[name])
                .thenComparingInt(name -> name))
        .limit(length)
        .toList();
  }
}
