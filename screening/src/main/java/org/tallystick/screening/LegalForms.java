package org.tallystick.screening;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Legal forms of companies: they say what a company is, never which. Words of legal forms are left
 * out of names of organisations before anything is compared, so "CORP" never matches by itself.
 *
 * <p>Held as they are compared, in Latin letters and written together: "S.A. de C.V." is {@code
 * sadecv}.
 */
final class LegalForms {
  private static final Set<String> FORMS = read();

  /** Long enough to be known in spite of a slip. */
  private static final int LONG = 7;

  private static final double SLIP = 0.95;
  private static final List<String> LONG_FORMS =
      FORMS.stream()
          .filter(form -> form.length() >= LONG)
          .filter(form -> form.length() < 13)
          .sorted()
          .toList();

  /** Words of the longest form. */
  private static final int WORDS = 7;

  /** Shorter ones are words of names too; they count at either end alone. */
  private static final int INNER_LENGTH = 3;

  private LegalForms() {}

  /** The name without its legal forms; empty where it is nothing else. */
  static List<Word> removed(List<Word> name) {
    boolean[] form = new boolean[name.size()];
    for (int from = 0; from < name.size(); from++) {
      int length = formAt(name, from);
      for (int at = from; at < from + length; at++) {
        form[at] = true;
      }
      from += Math.max(0, length - 1);
    }
    boolean[] gone = form.clone();
    int first = 0;
    while (first < name.size() && form[first] && !Weights.article(name.get(first))) {
      first++;
    }
    int last = name.size() - 1;
    while (last >= 0 && form[last]) {
      last--;
    }
    for (int at = first; at <= last; at++) {
      gone[at] = form[at] && name.get(at).text().length() >= INNER_LENGTH;
    }
    return java.util.stream.IntStream.range(0, name.size())
        .filter(at -> !gone[at])
        .mapToObj(name::get)
        .toList();
  }

  /** The legal form that a name of nothing else begins with. */
  static List<Word> first(List<Word> name) {
    return name.subList(0, formAt(name, 0));
  }

  /** How many words from there on are a legal form; the longest one. */
  private static int formAt(List<Word> name, int from) {
    StringBuilder together = new StringBuilder();
    int found = 0;
    boolean letters = true;
    for (int length = 1; length <= WORDS && from + length <= name.size(); length++) {
      String word = name.get(from + length - 1).text();
      together.append(word);
      letters &= word.length() == 1;
      boolean spelled = length == 1 || letters || together.length() > INNER_LENGTH;
      if (spelled && FORMS.contains(together.toString())) {
        found = length;
      }
      if (length == 1 && mistyped(word)) {
        found = 1;
      }
    }
    return found;
  }

  private static boolean mistyped(String word) {
    return word.length() >= LONG
        && LONG_FORMS.stream().anyMatch(form -> JaroWinkler.similarity(form, word) >= SLIP);
  }

  private static Set<String> read() {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(LegalForms.class.getResourceAsStream("legal-forms.txt")),
                StandardCharsets.UTF_8))) {
      return lines
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.replace(" ", ""))
          .filter(line -> !line.isEmpty())
          .collect(Collectors.toUnmodifiableSet());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
