package org.tallystick.screening;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How much a word tells: 1 for one that neither the target lists nor the customers have, less the
 * more names have it. Spellings of one sound are counted as one word, so that the fourteen of
 * "Mohammed" are not taken for fourteen rare names.
 */
final class Weights {
  /** The Arabic article as it is said before the next sound: it comes and goes in transcription. */
  private static final Set<String> ARTICLES =
      Set.of(
          "al", "el", "ul", "il", "as", "ash", "ad", "ar", "an", "az", "at", "us", "ud", "ur", "ut",
          "uz");

  /** Words that join names. */
  private static final Set<String> PARTICLES =
      Set.of(
          "de", "del", "la", "los", "las", "da", "do", "dos", "di", "du", "le", "les", "van", "von",
          "der", "den", "y", "e", "i", "and", "of", "the", "et", "und", "for", "bin", "ibn", "ben",
          "bint");

  private static final double PARTICLE = 0.25;

  /**
   * Names of no list, as if they had been counted too: a short list's few words are no common ones.
   */
  private static final int UNLISTED = 5_000;

  private static final double ARTICLE = 0.03;
  static final double INITIAL = 0.1;

  private final Map<String, Integer> listedFolds;
  private final Map<String, Integer> listedKeys;
  private final Map<String, Double> customerFolds = new HashMap<>();
  private final double least;
  private final int counted;

  /**
   * @param entities words of all names of each entity
   */
  Weights(List<Set<Word>> entities, CustomerCorpus customers) {
    listedFolds = new HashMap<>();
    listedKeys = new HashMap<>();
    counted = entities.size() + UNLISTED;
    least = 0.5 / counted;
    for (Set<Word> words : entities) {
      Set<String> folds = new HashSet<>();
      Set<String> keys = new HashSet<>();
      for (Word word : words) {
        keys.add(word.key());
        if (!word.consonantal()) {
          folds.add(word.fold());
        }
      }
      folds.forEach(fold -> listedFolds.merge(fold, 1, Integer::sum));
      keys.forEach(key -> listedKeys.merge(key, 1, Integer::sum));
    }
    customers
        .words()
        .forEach(
            (word, count) ->
                customerFolds.merge(
                    Sound.fold(word), Math.max(0.0, count - 1) / customers.names(), Double::sum));
  }

  static boolean article(Word word) {
    return ARTICLES.contains(word.text());
  }

  /** 0..1. */
  double of(Word word) {
    if (word.initial()) {
      return INITIAL;
    }
    if (ARTICLES.contains(word.text())) {
      return ARTICLE;
    }
    int count =
        word.consonantal()
            ? listedKeys.getOrDefault(word.key(), 0)
            : listedFolds.getOrDefault(word.fold(), 0);
    double listed = (count + 0.5) / counted;
    double frequency = Math.max(listed, customerFolds.getOrDefault(word.fold(), 0.0));
    double weight = Math.min(1, Math.log(frequency) / Math.log(least));
    return PARTICLES.contains(word.text()) ? weight * PARTICLE : Math.max(0.02, weight);
  }
}
