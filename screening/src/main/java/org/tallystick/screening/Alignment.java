package org.tallystick.screening;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.tallystick.screening.TermMatch.Way;

/**
 * Which words of a query met which of a listed name, in whatever order they stand: the best pair
 * first, each word once.
 */
final class Alignment {
  /** Words from one place of the query and words from one place of the listed name. */
  record Pair(
      int from,
      int length,
      int listedFrom,
      int listedLength,
      Way way,
      double weight,
      double similarity) {}

  private static final double INITIAL = 0.8;

  /** Closeness lost for each part of similarity that is missing. */
  private static final double STEEPNESS = 2.25;

  /** One common word is never a hit. */
  private static final double COMMON_WORD_ALONE = 0.8;

  private static final double NO_EVIDENCE = 0.4;
  private static final double FULL_EVIDENCE = 0.8;

  /** How much more closeness counts where there is no evidence. */
  private static final double DOUBT = 0.5;

  /** Share of a missing part that full evidence makes good; half of it, a quarter. */
  private static final double MISSING = 0.68;

  /** Words that weigh less meet last: not to be torn from the word that they belong to. */
  private static final double PARTICLE = 0.06;

  private static final double LEAST_JOINED = 0.9;
  private static final double JOINED_LATER = 0.02;

  private final QueryWords query;
  private final List<Word> listed;
  private final IndexedName name;
  private final List<Pair> pairs = new ArrayList<>();
  private final double[] queryWeights;
  private final double[] listedWeights;

  Alignment(QueryWords query, NameIndex index, int number) {
    this.query = query;
    this.name = index.name(number);
    this.listed = name.words();
    this.queryWeights = query.weights();
    this.listedWeights = Arrays.stream(name.ids()).mapToDouble(index::weight).toArray();
    choose(candidates(number));
  }

  private List<Pair> candidates(int number) {
    List<Pair> candidates = new ArrayList<>();
    for (QueryWords.Span span : query.single()) {
      addSingle(candidates, span);
      addSpans(candidates, span, number);
    }
    for (QueryWords.Span span : query.joined()) {
      for (int j = 0; j < listed.size(); j++) {
        WordLikeness likeness = span.like().get(name.ids()[j]);
        if (likeness != null) {
          addJoined(candidates, span, j, 1, likeness);
        }
      }
      addSpans(candidates, span, number);
    }
    return candidates;
  }

  private void addSingle(List<Pair> candidates, QueryWords.Span span) {
    Word word = span.word();
    for (int j = 0; j < listed.size(); j++) {
      WordLikeness likeness = span.like().get(name.ids()[j]);
      if (likeness != null) {
        candidates.add(pair(span.from(), 1, j, 1, likeness));
      } else if ((word.initial() || listed.get(j).initial())
          && word.text().charAt(0) == listed.get(j).text().charAt(0)) {
        candidates.add(pair(span.from(), 1, j, 1, new WordLikeness(Way.INITIAL, INITIAL)));
      }
    }
  }

  /** Listed words that are written apart. */
  private void addSpans(List<Pair> candidates, QueryWords.Span span, int number) {
    if (Arrays.binarySearch(span.names(), number) < 0) {
      return;
    }
    for (int j = 0; j < listed.size(); j++) {
      for (int length = 2; length <= NameIndex.span(listed, j); length++) {
        if (length != span.length()) {
          for (Word word : NameIndex.together(listed.subList(j, j + length))) {
            if (NameIndex.mayBeOne(word, span.word())) {
              addJoined(candidates, span, j, length, WordLikeness.of(span.word(), word));
            }
          }
        }
      }
    }
  }

  private void addJoined(
      List<Pair> candidates, QueryWords.Span span, int j, int length, WordLikeness likeness) {
    if (likeness.similarity() >= LEAST_JOINED) {
      candidates.add(
          pair(
              span.from(),
              span.length(),
              j,
              length,
              new WordLikeness(Way.JOINED, likeness.similarity())));
    }
  }

  private Pair pair(int from, int length, int listedFrom, int listedLength, WordLikeness likeness) {
    double mine = 0;
    for (int at = from; at < from + length; at++) {
      mine += queryWeights[at];
    }
    double theirs = 0;
    for (int at = listedFrom; at < listedFrom + listedLength; at++) {
      theirs += listedWeights[at];
    }
    return new Pair(
        from,
        length,
        listedFrom,
        listedLength,
        likeness.way(),
        Math.min(mine, theirs),
        likeness.similarity());
  }

  /** Words that meet one by one go before the same words written together. */
  private static double precedence(Pair pair) {
    if (pair.weight() < PARTICLE) {
      return 0;
    }
    return pair.similarity() - (pair.way() == Way.JOINED ? JOINED_LATER : 0);
  }

  private void choose(List<Pair> candidates) {
    candidates.sort(
        Comparator.comparingDouble((Pair pair) -> -precedence(pair))
            .thenComparingDouble(pair -> -pair.weight())
            .thenComparingDouble(this::moved)
            .thenComparingInt(Pair::from)
            .thenComparingInt(Pair::listedFrom)
            .thenComparingInt(Pair::length));
    boolean[] taken = new boolean[query.size()];
    boolean[] met = new boolean[listed.size()];
    for (Pair pair : candidates) {
      if (free(taken, pair.from(), pair.length())
          && free(met, pair.listedFrom(), pair.listedLength())) {
        Arrays.fill(taken, pair.from(), pair.from() + pair.length(), true);
        Arrays.fill(met, pair.listedFrom(), pair.listedFrom() + pair.listedLength(), true);
        pairs.add(pair);
      }
    }
    close = 0;
    mine = 0;
    theirs = 0;
    for (Pair pair : pairs) {
      close += pair.weight() * closeness(pair);
      mine += pair.weight();
      theirs += pair.weight();
    }
    for (int i = 0; i < taken.length; i++) {
      if (!taken[i]) {
        mine += queryWeights[i];
      }
    }
    for (int j = 0; j < met.length; j++) {
      if (!met[j]) {
        theirs += listedWeights[j];
      }
    }
  }

  private double close;
  private double mine;
  private double theirs;

  private static boolean free(boolean[] taken, int from, int length) {
    for (int at = from; at < from + length; at++) {
      if (taken[at]) {
        return false;
      }
    }
    return true;
  }

  /**
   * How far apart the two stand in their names; of words that occur twice, the nearer ones meet.
   */
  private double moved(Pair pair) {
    return Math.abs(
        (double) pair.from() / query.size() - (double) pair.listedFrom() / listed.size());
  }

  /**
   * 0..1: how close the words are that met, times how much of both names they are. What is missing
   * on one side alone weighs less the more evidence there is.
   */
  double score() {
    double met = pairs.stream().mapToDouble(Pair::weight).sum();
    if (met == 0) {
      return 0;
    }
    double low = Math.min(met / mine, met / theirs);
    double high = Math.max(met / mine, met / theirs);
    double evidence = evidence();
    double closeness = Math.pow(close / met, 1 + DOUBT * (1 - evidence));
    double alone = evidence == 0 && meets() == 1 ? COMMON_WORD_ALONE : 1;
    return closeness * high * (low + (1 - low) * MISSING * evidence * evidence) * alone;
  }

  /** Pairs that are more than particles and initials. */
  private long meets() {
    return pairs.stream().filter(pair -> pair.weight() > Weights.INITIAL).count();
  }

  /** 0..1. A word counts by the square of its weight: many common words are no rare one. */
  private double evidence() {
    double sum =
        pairs.stream().mapToDouble(pair -> closeness(pair) * pair.weight() * pair.weight()).sum();
    return Math.min(1, Math.max(0, (sum - NO_EVIDENCE) / (FULL_EVIDENCE - NO_EVIDENCE)));
  }

  private static double closeness(Pair pair) {
    return Math.max(0, 1 - (1 - pair.similarity()) * STEEPNESS);
  }

  List<TermMatch> explanation() {
    List<TermMatch> lines = new ArrayList<>();
    boolean[] taken = new boolean[query.size()];
    boolean[] met = new boolean[listed.size()];
    double all = mine + theirs - pairs.stream().mapToDouble(Pair::weight).sum();
    for (Pair pair : pairs) {
      Arrays.fill(taken, pair.from(), pair.from() + pair.length(), true);
      Arrays.fill(met, pair.listedFrom(), pair.listedFrom() + pair.listedLength(), true);
      lines.add(
          new TermMatch(
              text(query.words().subList(pair.from(), pair.from() + pair.length())),
              text(listed.subList(pair.listedFrom(), pair.listedFrom() + pair.listedLength())),
              pair.way(),
              pair.weight() / all,
              pair.similarity()));
    }
    lines.sort(Comparator.comparingDouble(line -> -line.weight()));
    for (int i = 0; i < taken.length; i++) {
      if (!taken[i]) {
        lines.add(
            new TermMatch(query.words().get(i).text(), "", Way.NONE, queryWeights[i] / all, 0));
      }
    }
    for (int j = 0; j < met.length; j++) {
      if (!met[j]) {
        lines.add(new TermMatch("", listed.get(j).text(), Way.NONE, listedWeights[j] / all, 0));
      }
    }
    return lines;
  }

  private static String text(List<Word> words) {
    return String.join(" ", words.stream().map(Word::text).toList());
  }
}
