package org.tallystick.bench.screening;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;

/** Forms with the same words, fewer of them, or their first letters. */
final class Arrangements {
  private Arrangements() {}

  /** Other capitals and other punctuation only. */
  static Optional<String> exact(BaseName base, Knowledge knowledge, Random random) {
    String text =
        random.nextBoolean() ? base.text() : base.text().replace(",", "").replace(".", "");
    return Optional.of(
        switch (random.nextInt(3)) {
          case 0 -> text;
          case 1 -> text.toLowerCase(Locale.ROOT);
          default -> text.toUpperCase(Locale.ROOT);
        });
  }

  /** Given names first, or a family name last that stood first; an organisation's words turned. */
  static Optional<String> order(BaseName base, Knowledge knowledge, Random random) {
    if (!base.family().isEmpty()) {
      List<String> family = new ArrayList<>(base.family());
      if (family.size() == 2 && plain(family) && random.nextInt(4) == 0) {
        Collections.swap(family, 0, 1);
      }
      return Optional.of(Plain.join(base.given()) + " " + Plain.join(family));
    }
    List<String> words = new ArrayList<>(base.words());
    if (words.size() < 2 || words.size() > 5 || !plain(words)) {
      return Optional.empty();
    }
    Collections.rotate(words, base.isPerson() || random.nextBoolean() ? 1 : -1);
    return Optional.of(Plain.join(words));
  }

  private static boolean plain(List<String> words) {
    return words.stream()
        .flatMap(word -> Plain.words(word).stream())
        .noneMatch(Knowledge::isParticle);
  }

  /** Some or all given names as initials; what stays whole must say who is meant. */
  static Optional<String> initials(BaseName base, Knowledge knowledge, Random random) {
    List<String> given = base.given();
    if (base.family().isEmpty() || !plain(given)) {
      return Optional.empty();
    }
    boolean all = given.size() == 1 || random.nextBoolean();
    List<String> whole = new ArrayList<>(base.family());
    if (!all) {
      whole.add(given.get(0));
    }
    List<String> uncommon =
        whole.stream()
            .flatMap(word -> Plain.words(word).stream())
            .filter(knowledge::isInformative)
            .toList();
    if (all ? uncommon.isEmpty() : !knowledge.identifies(whole)) {
      return Optional.empty();
    }
    String dot = random.nextInt(4) == 0 ? "" : ".";
    String letters =
        given.subList(all ? 0 : 1, given.size()).stream()
            .map(name -> name.replaceAll("^[^\\p{L}]+", "").substring(0, 1) + dot)
            .map(letter -> letter.toUpperCase(Locale.ROOT))
            .collect(Collectors.joining(" "));
    String first = all ? letters : given.get(0) + " " + letters;
    String family = Plain.join(base.family());
    return Optional.of(random.nextInt(4) == 0 ? family + ", " + first : first + " " + family);
  }

  /**
   * One or, of a long name, two parts left out: never an organisation's first word, never the first
   * family name, and what stays must say who is meant.
   */
  static Optional<String> missing(BaseName base, Knowledge knowledge, Random random) {
    List<String> words = new ArrayList<>(base.words());
    int out = words.size() > 5 && random.nextBoolean() ? 2 : 1;
    for (; out > 0; out--) {
      int first = base.isPerson() ? 0 : 1;
      if (words.size() <= first + 1) {
        return Optional.empty();
      }
      int at = first + random.nextInt(words.size() - first);
      String left = words.remove(at);
      if (Plain.words(left).stream().allMatch(Knowledge::isParticle) || Knowledge.isForm(left)) {
        return Optional.empty();
      }
      while (at > 0 && Knowledge.isParticle(words.get(at - 1).toLowerCase(Locale.ROOT))) {
        at--;
        words.remove(at);
      }
    }
    return keepsFamily(base, words, knowledge) && knowledge.stillIdentifies(words)
        ? Optional.of(Plain.join(words))
        : Optional.empty();
  }

  /** A given name and an uncommon family name; where the list does not tell, two uncommon words. */
  private static boolean keepsFamily(BaseName base, List<String> words, Knowledge knowledge) {
    if (!base.isPerson()) {
      return true;
    }
    if (words.get(0).matches(".*(vich|vna)")
        || (!base.family().isEmpty() && !words.contains(base.family().get(0)))) {
      return false;
    }
    List<String> uncommon =
        words.stream()
            .filter(word -> base.family().isEmpty() || base.family().contains(word))
            .flatMap(word -> Plain.words(word).stream())
            .filter(knowledge::isInformative)
            .toList();
    return uncommon.size() >= (base.family().isEmpty() ? 2 : 1)
        && (base.family().isEmpty() || words.stream().anyMatch(base.given()::contains));
  }
}
