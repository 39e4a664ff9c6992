package org.tallystick.bench.screening;

import java.util.List;
import java.util.Locale;
import java.util.Random;

/** Names of companies that are on no list. */
final class OrdinaryCompanies {
  private final Corpus words = Corpus.companies();
  private final List<Corpus> cultures = Corpus.people();

  String draw(Random random) {
    double form = random.nextDouble();
    if (form < 0.25) {
      return join(family(random), word("industry", random), word("form", random));
    }
    if (form < 0.45) {
      return join(
          word("adjective", random),
          word("noun", random),
          word("industry", random),
          word("form", random));
    }
    if (form < 0.6) {
      return join(coined(random), word("industry", random), word("form", random));
    }
    if (form < 0.7) {
      return join(
          word("place", random),
          word("noun", random),
          word("industry", random),
          word("form", random));
    }
    if (form < 0.8) {
      return join(family(random), "&", family(random), word("form", random));
    }
    if (form < 0.88) {
      return join(coined(random), word("form", random));
    }
    if (form < 0.94) {
      return join(word("shop", random), word("noun", random), word("place", random));
    }
    return join(letters(random), word("industry", random), word("form", random));
  }

  private String word(String part, Random random) {
    return words.of(part).draw(random);
  }

  private String family(Random random) {
    return cultures.get(random.nextInt(cultures.size())).of("family").draw(random);
  }

  private String coined(Random random) {
    String word = word("stem", random) + word("ending", random);
    return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
  }

  private static String letters(Random random) {
    StringBuilder letters = new StringBuilder();
    for (int left = 2 + random.nextInt(2); left > 0; left--) {
      letters.append((char) ('A' + random.nextInt(26)));
    }
    return letters.toString();
  }

  private static String join(String... parts) {
    return String.join(" ", parts);
  }
}
