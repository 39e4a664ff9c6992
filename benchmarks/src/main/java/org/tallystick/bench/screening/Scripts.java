package org.tallystick.bench.screening;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.tallystick.screening.ListedName;
import org.tallystick.screening.NameKind;

/**
 * The name in another script: as the UN writes it, or by tables and letter rules written by hand,
 * which share nothing with any transliterator of a library.
 */
final class Scripts {
  private static final Scripts ALL = new Scripts();
  private static final Set<String> ARABIC_PARTICLES =
      Set.of("عبد", "بن", "ابن", "أبو", "ابو", "آل");

  /** "Servant of": the name of God follows, with its article. */
  private static final Set<String> SERVANT = Set.of("abd", "abdul", "abdal", "abdel", "'abd");

  private static final Set<String> LATIN_PARTICLES =
      Set.of("al", "el", "abd", "abdul", "abdel", "bin", "ben", "ibn", "abu", "ul");

  private final Map<String, String> cyrillic = table("cyrillic");
  private final Map<String, String> arabic = table("arabic");
  private final Map<String, String> hangul = table("hangul");
  private final Map<String, String> han = table("han");
  private final Map<String, String> cyrillicLetters =
      letters(
          "shch щ sch щ zh ж kh х ts ц ch ч sh ш yu ю iu ю ya я ia ия ye е yo ё a а b б v в g г d д"
              + " e е z з i и j дж k к l л m м n н o о p п r р s с t т u у f ф h г x кс w в q к c к"
              + " y й ' ь");
  private final Map<String, String> greekLetters =
      letters(
          "shch στς zh ζ kh χ ts τσ ch τσ sh σ yu γιου ya για ye γε th θ b μπ v β g γκ"
              + " d ντ e ε z ζ i ι j τζ k κ l λ m μ n ν o ο p π r ρ s σ t τ u ου f φ h χ x ξ w β q"
              + " κ c κ y ι a α");

  /** Latin ways to write it, each with what it stands for. */
  private static Map<String, String> table(String script) {
    Map<String, String> table = new LinkedHashMap<>();
    for (String line : Plain.lines("scripts/" + script + ".txt")) {
      String[] parts = line.split(" ", -1);
      for (int i = 1; i < parts.length; i++) {
        table.putIfAbsent(parts[i], parts[0]);
      }
    }
    return table;
  }

  private static Map<String, String> letters(String pairs) {
    Map<String, String> letters = new LinkedHashMap<>();
    String[] parts = pairs.split(" ", -1);
    for (int i = 0; i < parts.length; i += 2) {
      letters.put(parts[i], parts[i + 1]);
    }
    return letters;
  }

  static Optional<String> change(BaseName base, Knowledge knowledge, Random random) {
    if (!base.isPerson()) {
      return Optional.empty();
    }
    List<Optional<String>> forms = new ArrayList<>();
    forms.add(original(base));
    forms.add(ALL.inArabic(base));
    if (Romanisation.isSlavic(base)) {
      String name = Plain.join(base.words());
      forms.add(Optional.of(random.nextInt(8) == 0 ? ALL.greek(name) : ALL.cyrillic(name)));
    }
    if (base.isOf("Korea")) {
      forms.add(syllables(base, ALL.hangul));
    }
    if (base.isOf("China", "Taiwan", "Hong Kong")) {
      forms.add(syllables(base, ALL.han));
    }
    List<String> found = new ArrayList<>();
    forms.forEach(form -> form.ifPresent(found::add));
    Collections.shuffle(found, random);
    return found.stream().findFirst();
  }

  /** The name in its own script from the list, where it has as many words. */
  private static Optional<String> original(BaseName base) {
    if (!base.text().equals(base.entity().names().get(0).text())) {
      return Optional.empty();
    }
    long latin =
        Plain.words(base.text()).stream().filter(word -> !LATIN_PARTICLES.contains(word)).count();
    return base.entity().names().stream()
        .filter(name -> name.kind() != NameKind.WEAK_ALIAS && !isLatin(name))
        .map(ListedName::text)
        .filter(
            text ->
                Plain.words(text).stream().filter(word -> !ARABIC_PARTICLES.contains(word)).count()
                    == latin)
        .findFirst();
  }

  /** Whether a listed name is written in Latin letters. */
  static boolean isLatin(ListedName name) {
    return name.text()
        .codePoints()
        .filter(Character::isLetter)
        .allMatch(letter -> Character.UnicodeScript.of(letter) == Character.UnicodeScript.LATIN);
  }

  private Optional<String> inArabic(BaseName base) {
    List<String> words = new ArrayList<>();
    boolean servant = false;
    for (String word : base.words()) {
      String small = word.toLowerCase(Locale.ROOT);
      if (SERVANT.contains(small)) {
        servant = true;
        words.add("عبد");
        continue;
      }
      boolean article = servant || small.startsWith("al-");
      servant = false;
      String bare = small.startsWith("al-") ? small.substring(3) : small;
      String known = arabic.getOrDefault(bare, arabic.get(bare.replace("'", "")));
      if (known == null) {
        return Optional.empty();
      }
      words.add(article ? "ال" + known : known);
    }
    return words.size() < 2 || servant ? Optional.empty() : Optional.of(Plain.join(words));
  }

  String cyrillic(String name) {
    List<String> words = new ArrayList<>();
    for (String word : name.split(" ", -1)) {
      String small = word.toLowerCase(Locale.ROOT);
      String known = cyrillic.get(small);
      words.add(known != null ? known : capital(spelt(ending(small), cyrillicLetters)));
    }
    return Plain.join(words);
  }

  private static String ending(String word) {
    return word.replaceAll("iy?a$", "iya")
        .replaceAll("(sk|tsk)[iy]y?$", "$1иy")
        .replaceAll("(?<=[b-df-hj-np-tv-z])y$", "иy")
        .replaceAll("iy$", "иy")
        .replaceAll("(?<=[b-df-hj-np-tv-z])y(?=[b-df-hj-np-tv-z])", "ы")
        .replaceAll("l(?=chuk|kov|nik|tsev)", "l'");
  }

  private String greek(String name) {
    List<String> words = new ArrayList<>();
    for (String word : name.split(" ", -1)) {
      String spelt =
          spelt(
              word.toLowerCase(Locale.ROOT)
                  .replaceAll("v$", "f")
                  .replaceAll("(?<=[b-df-hj-np-tv-z])y(?=e)", "i"),
              greekLetters);
      words.add(capital(spelt.replaceAll("σ$", "ς")));
    }
    return Plain.join(words);
  }

  /** The longest rule first; what no rule knows stays. */
  private static String spelt(String word, Map<String, String> letters) {
    StringBuilder spelt = new StringBuilder();
    for (int i = 0; i < word.length(); ) {
      int length = Math.min(4, word.length() - i);
      while (length > 1 && !letters.containsKey(word.substring(i, i + length))) {
        length--;
      }
      String part = word.substring(i, i + length);
      spelt.append(letters.getOrDefault(part, part));
      i += length;
    }
    return spelt.toString();
  }

  private static String capital(String word) {
    return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
  }

  /** Family name and given name of one character a syllable, without a blank. */
  private static Optional<String> syllables(BaseName base, Map<String, String> table) {
    if (base.family().size() != 1) {
      return Optional.empty();
    }
    StringBuilder characters = new StringBuilder();
    List<String> words = new ArrayList<>(base.family());
    words.addAll(base.given());
    for (String word : words) {
      String small = word.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
      Optional<String> spelt = segments(small, table);
      if (spelt.isEmpty()) {
        return Optional.empty();
      }
      characters.append(spelt.get());
    }
    int count = characters.length();
    boolean family = table.containsKey(base.family().get(0).toLowerCase(Locale.ROOT));
    return family && count >= 2 && count <= 3
        ? Optional.of(characters.toString())
        : Optional.empty();
  }

  private static Optional<String> segments(String word, Map<String, String> table) {
    if (word.isEmpty()) {
      return Optional.of("");
    }
    for (int length = word.length(); length > 0; length--) {
      String known = table.get(word.substring(0, length));
      if (known != null) {
        Optional<String> rest = segments(word.substring(length), table);
        if (rest.isPresent()) {
          return rest.map(known::concat);
        }
      }
    }
    return Optional.empty();
  }
}
