package org.tallystick.bench.screening;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.tallystick.screening.ListedEntity;
import org.tallystick.screening.ListedName;
import org.tallystick.screening.TargetList;

/** What the lists tell about words: how many entries bear them, and so how much they say. */
final class Knowledge {
  /** A name of fewer bits fits many people, so that nobody could call two bearers the same. */
  static final double IDENTIFYING_BITS = 16;

  private static final int RARE = 3;
  private static final int INFORMATIVE = 15;
  private static final int FREQUENT = 60;

  /** Words that belong to the next one. */
  private static final Set<String> PARTICLES =
      Set.of(
          "al", "el", "ul", "ud", "ad", "ar", "as", "az", "an", "abd", "bin", "ben", "ibn", "abu",
          "umm", "de", "del", "la", "las", "los", "y", "e", "da", "do", "dos", "van", "von", "der",
          "den", "di", "of", "the", "and", "for");

  /** What says of which kind a company is. */
  private static final Set<String> FORMS =
      Set.of(
          "ltd",
          "ltda",
          "sa",
          "co",
          "inc",
          "llc",
          "corp",
          "company",
          "limited",
          "cia",
          "gmbh",
          "group",
          "ooo",
          "corporation",
          "fze",
          "fzco",
          "pjs",
          "pjsc",
          "sarl",
          "sal",
          "plc",
          "llp",
          "tov",
          "ao",
          "oao",
          "zao",
          "cv",
          "rl",
          "srl",
          "pte",
          "offshore",
          "holding",
          "holdings");

  private final Map<String, Integer> bearers = new HashMap<>();
  private final Set<String> keys = new HashSet<>();
  private final Set<String> common = Corpus.commonWords();
  private final int entities;

  Knowledge(List<TargetList> lists) {
    int count = 0;
    for (TargetList list : lists) {
      count += list.entities().size();
      for (ListedEntity entity : list.entities()) {
        Set<String> words = new HashSet<>();
        for (ListedName name : entity.names()) {
          words.addAll(Plain.words(name.text()));
          keys.add(Plain.key(name.text()));
        }
        words.forEach(word -> bearers.merge(word, 1, Integer::sum));
      }
    }
    entities = count;
  }

  /** Whether a name is a listed one, word for word in any order. */
  boolean isListed(String name) {
    return keys.contains(Plain.key(name));
  }

  static boolean isParticle(String word) {
    return PARTICLES.contains(word) || word.length() < 2;
  }

  /** Whether a word is a company's legal form. */
  static boolean isForm(String word) {
    return FORMS.contains(word.toLowerCase(Locale.ROOT).replace(".", ""));
  }

  private int bearers(String word) {
    return bearers.getOrDefault(word, 1);
  }

  /** Whether the words could mean one entry: enough bits, and not of common words alone. */
  boolean identifies(Collection<String> words) {
    List<String> plain = content(words);
    double bits =
        plain.stream()
            .mapToDouble(word -> Math.log((double) entities / bearers(word)) / Math.log(2))
            .sum();
    return bits >= IDENTIFYING_BITS
        && (plain.size() >= 3 || plain.stream().anyMatch(word -> !common.contains(word)));
  }

  /**
   * Whether words are enough where others were left out: one rare one beside another, or two
   * informative ones; legal forms and words of very many entries do not count.
   */
  boolean stillIdentifies(Collection<String> words) {
    List<String> plain =
        content(words).stream()
            .filter(word -> !isForm(word) && (bearers(word) <= FREQUENT || common.contains(word)))
            .toList();
    return plain.size() >= 2
        && identifies(words)
        && (plain.stream().anyMatch(word -> isUncommon(word, RARE))
            || plain.stream().filter(word -> isUncommon(word, INFORMATIVE)).count() >= 2);
  }

  /** Whether a word is borne by few entries and by nobody in the corpora. */
  boolean isInformative(String word) {
    return isUncommon(word, INFORMATIVE);
  }

  private boolean isUncommon(String word, int most) {
    return word.length() >= 4 && bearers(word) <= most && !common.contains(word);
  }

  private static List<String> content(Collection<String> words) {
    return words.stream()
        .flatMap(word -> Plain.words(word).stream())
        .filter(word -> !isParticle(word))
        .distinct()
        .toList();
  }
}
