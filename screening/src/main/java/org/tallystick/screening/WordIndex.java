package org.tallystick.screening;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The two term dictionaries of the target lists: all words, and the pairs of letters that their
 * sounds are made of. Finds the listed words that a word may be meant for.
 */
final class WordIndex {
  private static final int[] NONE = {};

  /** a..z, 0..9 and the edge of a word. */
  private static final int LETTERS = 37;

  /** Share of letter pairs, by weight, that two words have in common at least. */
  private static final double COMMON_PAIRS = 0.3;

  private final List<Word> words = new ArrayList<>();
  private final Map<Word, Integer> ids = new HashMap<>();
  private final Map<String, int[]> byKey = new HashMap<>();
  private final List<String> folds = new ArrayList<>();
  private final Map<String, int[]> byFold = new HashMap<>();
  private int[][] withPair = {};
  private double[] pairWeights = {};
  private double[] foldWeights = {};

  /** Its number; gives it one where it has none. Only before {@link #close}. */
  int add(Word word) {
    Integer known = ids.get(word);
    if (known != null) {
      return known;
    }
    int id = words.size();
    words.add(word);
    ids.put(word, id);
    byKey.merge(word.key(), new int[] {id}, WordIndex::joined);
    if (!word.consonantal()) {
      if (!byFold.containsKey(word.fold())) {
        folds.add(word.fold());
      }
      byFold.merge(word.fold(), new int[] {id}, WordIndex::joined);
    }
    return id;
  }

  private static int[] joined(int[] a, int[] b) {
    int[] both = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, both, a.length, b.length);
    return both;
  }

  /** Counts the letter pairs. */
  void close() {
    int[] counts = new int[LETTERS * LETTERS];
    for (String fold : folds) {
      for (int pair : pairs(fold)) {
        counts[pair]++;
      }
    }
    withPair = new int[counts.length][];
    pairWeights = new double[counts.length];
    for (int pair = 0; pair < counts.length; pair++) {
      withPair[pair] = new int[counts[pair]];
      pairWeights[pair] = Math.log((folds.size() + 1.0) / (counts[pair] + 0.5));
    }
    foldWeights = new double[folds.size()];
    for (int fold = folds.size() - 1; fold >= 0; fold--) {
      for (int pair : pairs(folds.get(fold))) {
        withPair[pair][--counts[pair]] = fold;
        foldWeights[fold] += pairWeights[pair];
      }
    }
  }

  /** The different letter pairs of a sound with its edges. */
  private static int[] pairs(String fold) {
    int[] pairs = new int[fold.length() + 1];
    int before = 0;
    for (int at = 0; at <= fold.length(); at++) {
      int letter = at < fold.length() ? letter(fold.charAt(at)) : 0;
      pairs[at] = before * LETTERS + letter;
      before = letter;
    }
    return Arrays.stream(pairs).sorted().distinct().toArray();
  }

  private static int letter(char sound) {
    return sound >= 'a' ? sound - 'a' + 1 : sound - '0' + 27;
  }

  int size() {
    return words.size();
  }

  Word word(int id) {
    return words.get(id);
  }

  /** Listed words that are like a word, with how like they are. */
  Map<Integer, WordLikeness> like(Word word) {
    Map<Integer, WordLikeness> like = new HashMap<>();
    keep(like, word, byKey.getOrDefault(word.key(), NONE));
    if (word.consonantal() || word.text().length() < 3) {
      keep(like, word, byFold.getOrDefault(word.fold(), NONE));
      return like;
    }
    double[] common = new double[folds.size()];
    int[] seen = new int[folds.size()];
    int count = 0;
    double all = 0;
    for (int pair : pairs(word.fold())) {
      double weight = pairWeights[pair];
      all += weight;
      for (int fold : withPair[pair]) {
        if (common[fold] == 0) {
          seen[count++] = fold;
        }
        common[fold] += weight;
      }
    }
    for (int at = 0; at < count; at++) {
      int fold = seen[at];
      if (common[fold] * 2 >= COMMON_PAIRS * 2 * Math.max(all, foldWeights[fold])) {
        keep(like, word, byFold.getOrDefault(folds.get(fold), NONE));
      }
    }
    return like;
  }

  private void keep(Map<Integer, WordLikeness> like, Word word, int[] candidates) {
    for (int id : candidates) {
      WordLikeness likeness = WordLikeness.of(word, words.get(id));
      if (likeness.similarity() > 0) {
        like.put(id, likeness);
      }
    }
  }
}
