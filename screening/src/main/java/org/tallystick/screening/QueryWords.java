package org.tallystick.screening;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One reading of a query, its words with the listed words that they are like. */
final class QueryWords {
  /**
   * A word, or neighbouring words written together.
   *
   * @param like listed words that it is like
   * @param names those where neighbouring words, written together, may sound like it; ascending
   */
  record Span(int from, int length, Word word, Likes like, int[] names) {}

  private final List<Word> words;
  private final double[] weights;
  private final List<Span> single = new ArrayList<>();
  private final List<Span> joined = new ArrayList<>();

  QueryWords(List<Word> words, NameIndex index) {
    this.words = words;
    Map<Word, Likes> once = new HashMap<>();
    for (int from = 0; from < words.size(); from++) {
      Word alone = words.get(from);
      Likes like = once.computeIfAbsent(alone, index.dictionary::like);
      single.add(new Span(from, 1, alone, like, index.withSpan(alone)));
      for (int length = 2; length <= NameIndex.span(words, from); length++) {
        for (Word word : NameIndex.together(words.subList(from, from + length))) {
          joined.add(
              new Span(from, length, word, index.dictionary.soundLike(word), index.withSpan(word)));
        }
      }
    }
    weights = words.stream().mapToDouble(index.weights::of).toArray();
  }

  int size() {
    return words.size();
  }

  List<Word> words() {
    return words;
  }

  /** Each word for itself, in order. */
  List<Span> single() {
    return single;
  }

  /** Neighbouring words written together. */
  List<Span> joined() {
    return joined;
  }

  double[] weights() {
    return weights;
  }

  /** Of all its words. */
  double weight(Span span) {
    double weight = 0;
    for (int at = span.from(); at < span.from() + span.length(); at++) {
      weight += weights[at];
    }
    return weight;
  }

  double total() {
    return Arrays.stream(weights).sum();
  }
}
