package org.tallystick.bench.screening;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Two words written as one, or one as two. */
final class Joins {
  private static final Set<String> FIRST =
      Set.of(
          "al", "el", "abu", "bin", "ben", "abd", "de", "la", "del", "san", "santa", "mac", "mc");
  private static final Pattern SPLIT =
      Pattern.compile(
          "(aero|agro|petro|micro|euro|tele|auto|electro|multi|super|abdul(?!la)|abdel|abu|mac)([a-z]{4,})");
  private static final int LONGEST_JOINED = 8;

  private Joins() {}

  static Optional<String> change(BaseName base, Knowledge knowledge, Random random) {
    List<String> words = base.words();
    List<String> forms = new ArrayList<>();
    for (int i = 0; i < words.size(); i++) {
      hyphen(words, i).ifPresent(forms::add);
      split(words, i).ifPresent(forms::add);
      if (i + 1 < words.size() && mayJoin(base, i)) {
        forms.add(replaced(words, i, 2, joined(words.get(i), words.get(i + 1))));
      }
    }
    Collections.shuffle(forms, random);
    return forms.stream().findFirst();
  }

  /** A particle and its word; two syllables of a Korean name; two words of an organisation. */
  private static boolean mayJoin(BaseName base, int at) {
    String first = base.words().get(at);
    String second = base.words().get(at + 1);
    if (!letters(first) || !letters(second) || second.length() < 2) {
      return false;
    }
    if (base.isPerson()) {
      return (at + 1 != base.given().size() && FIRST.contains(first.toLowerCase(Locale.ROOT)))
          || (base.isOf("Korea") && base.given().size() == 2 && at == 0);
    }
    return first.length() >= 3
        && first.length() <= LONGEST_JOINED
        && second.length() >= 3
        && second.length() <= LONGEST_JOINED
        && !Knowledge.isForm(first)
        && !Knowledge.isForm(second)
        && !Knowledge.isParticle(first.toLowerCase(Locale.ROOT))
        && !Knowledge.isParticle(second.toLowerCase(Locale.ROOT));
  }

  private static Optional<String> hyphen(List<String> words, int at) {
    String word = words.get(at);
    int hyphen = word.indexOf('-');
    if (hyphen < 1 || hyphen == word.length() - 1) {
      return Optional.empty();
    }
    String first = word.substring(0, hyphen);
    String second = word.substring(hyphen + 1);
    boolean join = (first.length() + second.length() + at) % 2 == 0;
    return Optional.of(replaced(words, at, 1, join ? joined(first, second) : first + " " + second));
  }

  private static Optional<String> split(List<String> words, int at) {
    Matcher matcher = SPLIT.matcher(words.get(at).toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      return Optional.empty();
    }
    int cut = matcher.end(1);
    String second = words.get(at).substring(cut);
    return Optional.of(
        replaced(
            words,
            at,
            1,
            words.get(at).substring(0, cut)
                + " "
                + second.substring(0, 1).toUpperCase(Locale.ROOT)
                + second.substring(1)));
  }

  private static String joined(String first, String second) {
    return first + second.toLowerCase(Locale.ROOT);
  }

  private static boolean letters(String word) {
    return word.chars().allMatch(Character::isLetter);
  }

  private static String replaced(List<String> words, int at, int count, String by) {
    List<String> replaced = new ArrayList<>(words.subList(0, at));
    replaced.add(by);
    replaced.addAll(words.subList(at + count, words.size()));
    return Plain.join(replaced);
  }
}
