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
  private static final double COMMON_PAIRS = 0.45;

  /** Shorter words are not looked for by spelling. */
  private static final int SHORTEST = 3;

  private final List<Word> words = new ArrayList<>();
  private final Map<Word, Integer> ids = new HashMap<>();
  private final Map<String, int[]> byKey = new HashMap<>();
  private final List<String> sounds = new ArrayList<>();
  private final Map<String, int[]> byFold = new HashMap<>();
  private int[][] wordsOfFold = {};
  private int[][] withPair = {};
  private float[] pairWeights = {};
  private float[] foldWeights = {};

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
        sounds.add(word.fold());
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
    for (String fold : sounds) {
      for (int pair : pairs(fold)) {
        counts[pair]++;
      }
    }
    withPair = new int[counts.length][];
    pairWeights = new float[counts.length];
    for (int pair = 0; pair < counts.length; pair++) {
      withPair[pair] = new int[counts[pair]];
      pairWeights[pair] = (float) Math.log((sounds.size() + 1.0) / (counts[pair] + 0.5));
    }
    wordsOfFold = sounds.stream().map(byFold::get).toArray(int[][]::new);
    foldWeights = new float[sounds.size()];
    for (int fold = sounds.size() - 1; fold >= 0; fold--) {
      for (int pair : pairs(sounds.get(fold))) {
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

  /** Listed words that a word is like: by sound, by consonants or by spelling. */
  Likes like(Word word) {
    List<Likes.Like> like = new ArrayList<>();
    keep(like, word, byKey.getOrDefault(word.key(), NONE));
    if (!word.consonantal() && word.text().length() >= SHORTEST) {
      addSpelledLike(like, word);
    }
    return new Likes(like);
  }

  private void addSpelledLike(List<Likes.Like> like, Word word) {
    float[] common = new float[sounds.size()];
    int[] seen = new int[sounds.size()];
    int count = 0;
    float all = 0;
    for (int pair : pairs(word.fold())) {
      float weight = pairWeights[pair];
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
      if (common[fold] >= COMMON_PAIRS * Math.max(all, foldWeights[fold])) {
        keep(like, word, wordsOfFold[fold]);
      }
    }
  }

  /** Listed words that sound like a word. */
  Likes soundLike(Word word) {
    List<Likes.Like> like = new ArrayList<>();
    keep(like, word, byKey.getOrDefault(word.key(), NONE));
    return new Likes(like);
  }

  private void keep(List<Likes.Like> like, Word word, int[] candidates) {
    for (int id : candidates) {
      WordLikeness likeness = WordLikeness.of(word, words.get(id));
      if (likeness.similarity() > 0) {
        like.add(new Likes.Like(id, likeness));
      }
    }
  }
}
