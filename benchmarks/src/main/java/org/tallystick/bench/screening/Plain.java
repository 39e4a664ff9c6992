package org.tallystick.bench.screening;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;

/** Plain forms of names, and the resources written by hand. */
final class Plain {
  private Plain() {}

  /** Words in small letters without marks and apostrophes. */
  static List<String> words(String name) {
    String bare =
        Normalizer.normalize(name, Normalizer.Form.NFD)
            .replaceAll("[\\p{Mn}'’`]+", "")
            .toLowerCase(Locale.ROOT)
            .replace("ł", "l")
            .replace("ß", "ss")
            .replace("ı", "i");
    return Arrays.stream(bare.split("[^\\p{L}\\p{N}]+")).filter(word -> !word.isEmpty()).toList();
  }

  /** The same name has the same key, whatever the order of its words. */
  static String key(String name) {
    return words(name).stream().sorted().collect(Collectors.joining(" "));
  }

  /** Lines of a resource of this package's folder, without remarks. */
  static List<String> lines(String resource) {
    try (var stream = Plain.class.getResourceAsStream("/screening/" + resource)) {
      return new String(
              Objects.requireNonNull(stream, resource).readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** "ABD AL-HAKIM" as a person writes it: "Abd Al-Hakim". Small letters stay. */
  static String title(String word) {
    if (word.equals(word.toLowerCase(Locale.ROOT))) {
      return word;
    }
    StringBuilder title = new StringBuilder();
    boolean begin = true;
    for (int i = 0; i < word.length(); i++) {
      char c = word.charAt(i);
      title.append(begin ? Character.toUpperCase(c) : Character.toLowerCase(c));
      begin = !Character.isLetter(c) && (c != '\'' || i <= 1);
    }
    return title.toString();
  }

  /** Words with a blank between them. */
  static String join(List<String> words) {
    return String.join(" ", words);
  }
}
