package org.tallystick.screening;

import org.tallystick.screening.TermMatch.Way;

/**
 * How like two words are.
 *
 * @param way how they met
 * @param similarity 0..1
 */
record WordLikeness(Way way, double similarity) {
  /** Under it two words are not one. */
  static final double LEAST = 0.84;

  /** Taken off where one is the other with an ending: that is rather another name than a slip. */
  private static final double ENDING = 0.03;

  /** Of words with other vowels. */
  private static final double SAME_CONSONANTS = 0.88;

  static final WordLikeness NONE = new WordLikeness(Way.NONE, 0);

  private static final WordLikeness SAME = new WordLikeness(Way.SAME, 1);
  private static final WordLikeness ONE_SOUND = new WordLikeness(Way.SOUND, 0.97);

  private static final WordLikeness UNVOICED = new WordLikeness(Way.SOUND, 0.94);

  /** Of the consonants: 1, 2, 3 and more. */
  private static final double[] CONSONANTS = {0, 0.9, 0.95, 0.97, 0.98};

  static WordLikeness of(Word a, Word b) {
    if (a.text().equals(b.text())) {
      return SAME;
    }
    if (a.consonantal() || b.consonantal()) {
      return consonantal(a, b);
    }
    if (a.fold().equals(b.fold())) {
      return ONE_SOUND;
    }
    if (a.voiceless().equals(b.voiceless())) {
      return UNVOICED;
    }
    int shorter = Math.min(a.text().length(), b.text().length());
    if (shorter < 3) {
      return NONE;
    }
    if (Math.abs(a.fold().length() - b.fold().length()) > 3) {
      return NONE;
    }
    double spelled = JaroWinkler.similarity(a.text(), b.text());
    double folded = JaroWinkler.similarity(a.fold(), b.fold()) - 0.02;
    double best = Math.max(spelled, folded);
    if (a.text().startsWith(b.text()) || b.text().startsWith(a.text())) {
      best -= ENDING;
    }
    if (a.key().length() > 2 && a.key().equals(b.key()) && best < SAME_CONSONANTS) {
      return new WordLikeness(Way.SOUND, SAME_CONSONANTS);
    }
    return best < LEAST ? NONE : new WordLikeness(Way.SPELLING, best);
  }

  private static WordLikeness consonantal(Word a, Word b) {
    int length = a.key().length();
    if (length > 0 && a.key().equals(b.key())) {
      return new WordLikeness(Way.SOUND, CONSONANTS[Math.min(length, CONSONANTS.length - 1)]);
    }
    if (Math.min(length, b.key().length()) < 4) {
      return NONE;
    }
    double similarity = JaroWinkler.similarity(a.key(), b.key()) - 0.05;
    return similarity < LEAST ? NONE : new WordLikeness(Way.SOUND, similarity);
  }
}
