package org.tallystick.screening;

import java.util.Map;

/**
 * How often words occur in the names of the bank's own customers: a word that many of them bear
 * tells little.
 *
 * @param names how many names were counted
 * @param words in how many of them a word occurs; words in Latin small letters
 */
public record CustomerCorpus(int names, Map<String, Integer> words) {
  /** Fewer customers than these say nothing about how common a word is. */
  public static final int LEAST_NAMES = 1_000;

  /**
   * So many customers bear a word that is kept: it tells of none of them, and a few who agree with
   * each other make no word common.
   */
  public static final int LEAST_BEARERS = 10;

  /** The words that are kept at most, the commonest. */
  public static final int MOST_WORDS = 50_000;

  /** Where nothing is known of the customers: words weigh by the target lists alone. */
  public static final CustomerCorpus NONE = new CustomerCorpus(0, Map.of());

  /** Copies the table. */
  public CustomerCorpus {
    words = Map.copyOf(words);
  }
}
