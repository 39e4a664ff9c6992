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
  /** Where nothing is known of the customers: words weigh by the target lists alone. */
  public static final CustomerCorpus NONE = new CustomerCorpus(0, Map.of());

  /** Copies the table. */
  public CustomerCorpus {
    words = Map.copyOf(words);
  }
}
