package org.tallystick.screening;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The two term dictionaries of the target lists: all words, and the pairs of letters that they are
 * made of. Finds the listed words that a word may be meant for.
 */
final class WordIndex {
  private static final int[] NONE = {};

  /** a..z, 0..9 and the edge of a word. */
  private static final int LETTERS = 37;

  /** Share of letter pairs, by weight, that two words have in common at least. */
  private static final double COMMON_PAIRS = 0.4;

  /** Shorter words are not looked for by spelling. */
  private static final int SHORTEST = 3;

  private final List<Word> words = new ArrayList<>();
  private final Map<Word, Integer> ids = new HashMap<>();
  private final Map<String, int[]> byKey = new HashMap<>();
  private final Map<String, int[]> bySound = new HashMap<>();
  private final Map<String, int[]> byLetters = new HashMap<>();
  private int[][] withPair = {};
  private float[] pairWeights = {};
  private float[] allWeights = {};

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
    bySound.merge(word.voiceless(), new int[] {id}, WordIndex::joined);
    byLetters.merge(letters(word), new int[] {id}, WordIndex::joined);
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
    for (Word word : words) {
      for (int pair : pairs(word.text())) {
        counts[pair]++;
      }
    }
    withPair = new int[counts.length][];
    pairWeights = new float[counts.length];
    for (int pair = 0; pair < counts.length; pair++) {
      withPair[pair] = new int[counts[pair]];
      pairWeights[pair] = (float) Math.log((words.size() + 1.0) / (counts[pair] + 0.5));
    }
    allWeights = new float[words.size()];
    for (int id = words.size() - 1; id >= 0; id--) {
      for (int pair : pairs(words.get(id).text())) {
        withPair[pair][--counts[pair]] = id;
        allWeights[id] += pairWeights[pair];
      }
    }
  }

  /** The different letter pairs of a word with its edges. */
  private static int[] pairs(String text) {
    int[] pairs = new int[text.length() + 1];
    int before = 0;
    for (int at = 0; at <= text.length(); at++) {
      int letter = at < text.length() ? letter(text.charAt(at)) : 0;
      pairs[at] = before * LETTERS + letter;
      before = letter;
    }
    return Arrays.stream(pairs).sorted().distinct().toArray();
  }

  private static int letter(char letter) {
    return letter >= 'a' ? letter - 'a' + 1 : letter - '0' + 27;
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
    keepSounds(like, word);
    keep(like, word, byLetters.getOrDefault(letters(word), NONE));
    if (!word.consonantal() && word.text().length() >= SHORTEST) {
      addSpelledLike(like, word);
    }
    return new Likes(like);
  }

  private void addSpelledLike(List<Likes.Like> like, Word word) {
    float[] common = new float[words.size()];
    int[] seen = new int[words.size()];
    int count = 0;
    float all = 0;
    for (int pair : pairs(word.text())) {
      float weight = pairWeights[pair];
      all += weight;
      for (int id : withPair[pair]) {
        if (common[id] == 0) {
          seen[count++] = id;
        }
        common[id] += weight;
      }
    }
    for (int at = 0; at < count; at++) {
      int id = seen[at];
      if (common[id] >= COMMON_PAIRS * Math.max(all, allWeights[id])) {
        keep(like, word, id);
      }
    }
  }

  /** Listed words that sound like a word. */
  Likes soundLike(Word word) {
    List<Likes.Like> like = new ArrayList<>();
    keepSounds(like, word);
    return new Likes(like);
  }

  private void keepSounds(List<Likes.Like> like, Word word) {
    keep(like, word, byKey.getOrDefault(word.key(), NONE));
    keep(like, word, bySound.getOrDefault(word.voiceless(), NONE));
  }

  /** The letters in order: the same for words whose letters only changed places. */
  private static String letters(Word word) {
    char[] letters = word.text().toCharArray();
    Arrays.sort(letters);
    return new String(letters);
  }

  private void keep(List<Likes.Like> like, Word word, int[] candidates) {
    for (int id : candidates) {
      keep(like, word, id);
    }
  }

  private void keep(List<Likes.Like> like, Word word, int id) {
    WordLikeness likeness = WordLikeness.of(word, words.get(id));
    if (likeness.similarity() > 0) {
      like.add(new Likes.Like(id, likeness));
    }
  }
}
