package org.tallystick.screening;

import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Counts the words of customers' names. What it has seen stays in memory until the count is {@link
 * #finish finished}; what then comes out are words that many bear, and no name.
 */
public final class CustomerCount {
  private final Map<String, Integer> words = new HashMap<>();
  private int names;

  /**
   * Counts a name; each of its words once. One that cannot be compared is left out.
   *
   * @param kind of its bearer: legal forms are no part of a company's name
   */
  public void add(String name, EntityKind kind) {
    List<Word> reading;
    try {
      reading = NameReader.read(name).get(0);
    } catch (UnreadableName e) {
      return;
    }
    Set<String> different = new HashSet<>();
    for (Word word : kind == EntityKind.PERSON ? reading : LegalForms.removed(reading)) {
      if (!word.initial()) {
        different.add(word.text());
      }
    }
    different.forEach(word -> words.merge(word, 1, Integer::sum));
    names++;
  }

  /**
   * What was counted: the words of {@link CustomerCorpus#LEAST_BEARERS} customers or more; {@link
   * CustomerCorpus#NONE} where there are fewer than {@link CustomerCorpus#LEAST_NAMES}.
   */
  public CustomerCorpus finish() {
    if (names < CustomerCorpus.LEAST_NAMES) {
      return CustomerCorpus.NONE;
    }
    return new CustomerCorpus(
        names,
        words.entrySet().stream()
            .filter(word -> word.getValue() >= CustomerCorpus.LEAST_BEARERS)
            .sorted(
                Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                    .thenComparing(Map.Entry.comparingByKey()))
            .limit(CustomerCorpus.MOST_WORDS)
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
  }
}
