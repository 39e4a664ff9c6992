package org.tallystick.bench.screening;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Pattern;

/** Other ways to write Arabic, Persian, Slavic, Korean and Chinese names in Latin letters. */
final class Romanisation {
  private record Rule(Pattern from, String to) {
    static Rule of(String from, String to) {
      return new Rule(Pattern.compile(from), to);
    }
  }

  private static final Map<String, List<String>> GROUPS = groups();
  private static final Pattern ARABIC =
      Pattern.compile(
          "\\b(al|abd|abdul|abu|bin|ibn|muhammad|mohammad|ahmad|ali|hassan|hasan)\\b.*");
  private static final Pattern SLAVIC =
      Pattern.compile(".*([oe]vich|[oe]vna|ovskiy|ovsky|[oe]v|[oe]va|chuk|enko)\\b.*");

  private static final List<Rule> ARABIC_RULES =
      List.of(
          Rule.of("\\bal-", "el-"),
          Rule.of("\\bal-", "al "),
          Rule.of("'", ""),
          Rule.of("q", "k"),
          Rule.of("sh", "ch"),
          Rule.of("dh", "d"),
          Rule.of("aw(?![aeiou])", "ou"),
          Rule.of("ay", "ai"),
          Rule.of("iyy", "i"),
          Rule.of("ah\\b", "a"),
          Rule.of("(?<=[b-df-hj-np-tv-z])i(?=[b-df-hj-np-tv-z]\\b)", "ee"),
          Rule.of("(?<=[b-df-hj-np-tv-z])u(?=[b-df-hj-np-tv-z])", "ou"));
  private static final List<Rule> SLAVIC_RULES =
      List.of(
          Rule.of("iy\\b", "y"),
          Rule.of("(?<=[b-df-hj-np-tv-z])y\\b", "iy"),
          Rule.of("y(?=[aou])", "i"),
          Rule.of("(?<=[aou])ye", "e"),
          Rule.of("ks", "x"),
          Rule.of("kh", "h"),
          Rule.of("shch", "sch"),
          Rule.of("(?<=[aeo])y\\b", "i"),
          Rule.of("ov\\b", "off"),
          Rule.of("\\bv", "w"),
          Rule.of("ts", "tz"));

  private Romanisation() {}

  private static Map<String, List<String>> groups() {
    Map<String, List<String>> groups = new HashMap<>();
    for (String line : Plain.lines("romanisation.txt")) {
      List<String> ways = List.of(line.split(" "));
      ways.forEach(way -> groups.putIfAbsent(way, ways));
    }
    return groups;
  }

  static Optional<String> change(BaseName base, Knowledge knowledge, Random random) {
    if (!base.isPerson()) {
      return Optional.empty();
    }
    List<String> words = new ArrayList<>(base.words());
    List<Integer> known = new ArrayList<>();
    for (int i = 0; i < words.size(); i++) {
      if (GROUPS.containsKey(words.get(i).toLowerCase(Locale.ROOT)) && fits(base, words.get(i))) {
        known.add(i);
      }
    }
    Collections.shuffle(known, random);
    int changes = Math.min(known.size(), 1 + random.nextInt(2));
    for (int place : known.subList(0, changes)) {
      words.set(place, other(words.get(place), random));
    }
    String changed = Plain.join(words);
    return changes == 0 || random.nextInt(3) == 0
        ? byRule(base, changed, changes, random)
        : Optional.of(changed);
  }

  /** Korean and Chinese syllables are names of their own elsewhere. */
  private static boolean fits(BaseName base, String word) {
    return word.length() > 4
        || isArabic(base)
        || base.isOf("Korea", "China", "Taiwan", "Hong Kong");
  }

  private static String other(String word, Random random) {
    String plain = word.toLowerCase(Locale.ROOT);
    List<String> others = new ArrayList<>(GROUPS.getOrDefault(plain, List.of()));
    others.remove(plain);
    String other = others.get(random.nextInt(others.size()));
    return other.substring(0, 1).toUpperCase(Locale.ROOT) + other.substring(1);
  }

  private static Optional<String> byRule(BaseName base, String name, int changes, Random random) {
    List<Rule> rules = new ArrayList<>();
    if (isSlavic(base)) {
      rules.addAll(SLAVIC_RULES);
    } else if (isArabic(base)) {
      rules.addAll(ARABIC_RULES);
    }
    Collections.shuffle(rules, random);
    String small = name.toLowerCase(Locale.ROOT);
    for (Rule rule : rules) {
      String changed = rule.from.matcher(small).replaceFirst(rule.to);
      if (!changed.equals(small)) {
        return Optional.of(titles(changed));
      }
    }
    return changes > 0 ? Optional.of(name) : Optional.empty();
  }

  private static String titles(String name) {
    StringBuilder titles = new StringBuilder(name);
    for (int i = 0; i < titles.length(); i++) {
      if (i == 0 || titles.charAt(i - 1) == ' ' || titles.charAt(i - 1) == '-') {
        titles.setCharAt(i, Character.toUpperCase(titles.charAt(i)));
      }
    }
    return titles.toString();
  }

  static boolean isSlavic(BaseName base) {
    List<String> telling = base.family().isEmpty() ? base.words() : base.family();
    return base.isPerson()
        && SLAVIC.matcher(Plain.join(telling).toLowerCase(Locale.ROOT)).matches()
        && !base.isOf("Colombia", "Mexico", "Cuba", "Venezuela");
  }

  private static boolean isArabic(BaseName base) {
    return base.isPerson() && ARABIC.matcher(base.text().toLowerCase(Locale.ROOT)).find();
  }
}
