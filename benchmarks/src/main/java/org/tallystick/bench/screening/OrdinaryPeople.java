package org.tallystick.bench.screening;

import java.util.List;
import java.util.Locale;
import java.util.Random;

/** Names of people who are on no list, in the forms that their cultures write. */
final class OrdinaryPeople {
  private static final double AS_LAST_FIRST = 0.05;
  private static final double IN_OWN_SCRIPT = 0.1;

  private final List<Corpus> cultures = Corpus.people();
  private final Scripts scripts = new Scripts();

  String draw(Random random) {
    Corpus culture = cultures.get(random.nextInt(cultures.size()));
    return switch (culture.name()) {
      case "russian" -> russian(culture, random);
      case "arabic" -> arabic(culture, random);
      case "spanish", "portuguese" -> iberian(culture, random);
      case "chinese", "korean" -> eastern(culture, random);
      default -> western(culture, random);
    };
  }

  private String western(Corpus culture, Random random) {
    String given = given(culture, random);
    String family = culture.of("family").draw(random);
    double form = random.nextDouble();
    if (form < 0.15) {
      given += " " + given(culture, random);
    } else if (form < 0.22) {
      given += " " + given(culture, random).charAt(0) + ".";
    } else if (form < 0.25) {
      family += "-" + culture.of("family").draw(random);
    }
    return random.nextDouble() < AS_LAST_FIRST
        ? family.toUpperCase(Locale.ROOT) + ", " + given
        : given + " " + family;
  }

  private static String iberian(Corpus culture, Random random) {
    Ranked given = culture.of("given");
    Ranked family = culture.of("family");
    String name = given.draw(random);
    if (random.nextDouble() < 0.35) {
      name += " " + given.draw(random);
    }
    name += " " + family.draw(random);
    return random.nextDouble() < 0.65 ? name + " " + family.draw(random) : name;
  }

  private static String given(Corpus culture, Random random) {
    return culture
        .of(culture.has("women") && random.nextBoolean() ? "women" : "given")
        .draw(random);
  }

  private String russian(Corpus culture, Random random) {
    boolean woman = random.nextBoolean();
    String given = culture.of(woman ? "women" : "given").draw(random);
    String patronymic = culture.of("patronymic").draw(random);
    String family = culture.of("family").draw(random);
    if (woman) {
      patronymic = patronymic.replaceAll("ich$", "na");
      family = family.replaceAll("([eo]v|in)$", "$1a").replaceAll("skiy$", "skaya");
    }
    double form = random.nextDouble();
    String name;
    if (form < 0.5) {
      name = given + " " + family;
    } else if (form < 0.85) {
      name = given + " " + patronymic + " " + family;
    } else {
      name = family + " " + given + " " + patronymic;
    }
    return random.nextDouble() < IN_OWN_SCRIPT ? scripts.cyrillic(name) : name;
  }

  private static String arabic(Corpus culture, Random random) {
    String given = given(culture, random);
    String father = culture.of("given").draw(random);
    String family = culture.of("family").draw(random);
    double form = random.nextDouble();
    if (form < 0.45) {
      return given + " " + family;
    }
    if (form < 0.75) {
      return given + " " + father + " " + family;
    }
    return form < 0.85 ? given + " bin " + father + " Al " + family : given + " Al-" + family;
  }

  private static String eastern(Corpus culture, Random random) {
    String given = culture.of("given").draw(random);
    String family = culture.of("family").draw(random);
    return random.nextBoolean() ? family + " " + given : given + " " + family;
  }
}
