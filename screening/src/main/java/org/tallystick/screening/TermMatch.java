package org.tallystick.screening;

/**
 * One line of a match's explanation.
 *
 * @param queried words of the query, as they were compared (Latin small letters); empty where a
 *     listed word met none
 * @param listed words of the listed name; empty where a word of the query met none
 * @param way how they met
 * @param weight share of the pair in all of both names, 0..1
 * @param similarity 0..1
 */
public record TermMatch(String queried, String listed, Way way, double weight, double similarity) {
  /** How two terms met. */
  public enum Way {
    SAME,
    /** Spelled alike: a typing error, another transliteration. */
    SPELLING,
    /** Of one sound, by the phonetic key. */
    SOUND,
    INITIAL,
    /** Words that one side writes together and the other apart. */
    JOINED,
    /** Met none. */
    NONE
  }
}
