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

  /** Shorter words are compared by their consonants alone. */
  private static final int SHORTEST = 3;

  /** Words up to here differ by one letter from many others. */
  private static final int SHORT = 4;

  private static final double SHORTNESS = 0.04;
  private static final double ONE_SLIP = 0.91;

  /** Of words with other vowels. */
  private static final double SAME_CONSONANTS = 0.88;

  static final WordLikeness NONE = new WordLikeness(Way.NONE, 0);

  private static final WordLikeness SAME = new WordLikeness(Way.SAME, 1);
  private static final WordLikeness ONE_SOUND = new WordLikeness(Way.SOUND, 0.97);

  private static final WordLikeness UNVOICED = new WordLikeness(Way.SOUND, 0.94);

  /** Of the consonants: 1, 2, 3 and more. */
  private static final double[] CONSONANTS = {0, 0.92, 0.95, 0.97, 0.98};

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
    if (shorter < SHORTEST) {
      boolean same = a.key().length() == shorter && a.key().equals(b.key());
      return same ? new WordLikeness(Way.SOUND, SAME_CONSONANTS - SHORTNESS) : NONE;
    }
    if (Math.abs(a.fold().length() - b.fold().length()) > 3) {
      return NONE;
    }
    double spelled = JaroWinkler.similarity(a.text(), b.text());
    double folded = JaroWinkler.similarity(a.fold(), b.fold()) - 0.02;
    double best = Math.max(spelled, folded);
    if (a.text().startsWith(b.text()) || b.text().startsWith(a.text())) {
      best -= ENDING;
    } else if (shorter > SHORT && oneSlip(a.text(), b.text())) {
      best = Math.max(best, ONE_SLIP);
    }
    if (a.key().length() > 2 && a.key().equals(b.key())) {
      best = Math.max(best, SAME_CONSONANTS);
    }
    best -= shorter > SHORT ? 0 : SHORTNESS;
    return best < LEAST ? NONE : new WordLikeness(Way.SPELLING, best);
  }

  /** One letter is another, is too many or is missing, or two neighbours changed places. */
  private static boolean oneSlip(String a, String b) {
    int from = 0;
    int common = Math.min(a.length(), b.length());
    while (from < common && a.charAt(from) == b.charAt(from)) {
      from++;
    }
    int behind = 0;
    while (behind < common - from
        && a.charAt(a.length() - 1 - behind) == b.charAt(b.length() - 1 - behind)) {
      behind++;
    }
    int leftA = a.length() - behind - from;
    int leftB = b.length() - behind - from;
    return (leftA <= 1 && leftB <= 1)
        || (leftA == 2
            && leftB == 2
            && a.charAt(from) == b.charAt(from + 1)
            && a.charAt(from + 1) == b.charAt(from));
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
