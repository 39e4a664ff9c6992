package org.tallystick.screening;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One reading of a query, each word with the listed words that it is like. */
final class QueryWords {
  /** Neighbouring words written together. */
  record Span(int from, int length, Word word) {}

  private final List<Word> words;
  private final List<Map<Integer, WordLikeness>> like;
  private final double[] weights;
  private final List<Span> spans = new ArrayList<>();

  QueryWords(List<Word> words, NameIndex index) {
    this.words = words;
    Map<Word, Map<Integer, WordLikeness>> once = new HashMap<>();
    like = words.stream().map(word -> once.computeIfAbsent(word, index.dictionary::like)).toList();
    weights = words.stream().mapToDouble(index.weights::of).toArray();
    for (int from = 0; from < words.size(); from++) {
      for (int length = 1; length <= NameIndex.SPAN && from + length <= words.size(); length++) {
        spans.add(new Span(from, length, NameIndex.joined(words.subList(from, from + length))));
      }
    }
  }

  int size() {
    return words.size();
  }

  List<Word> words() {
    return words;
  }

  Word word(int at) {
    return words.get(at);
  }

  Map<Integer, WordLikeness> like(int at) {
    return like.get(at);
  }

  double[] weights() {
    return weights;
  }

  double total() {
    return Arrays.stream(weights).sum();
  }

  List<Span> spans() {
    return spans;
  }
}
