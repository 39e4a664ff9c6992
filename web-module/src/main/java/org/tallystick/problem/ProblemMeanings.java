package org.tallystick.problem;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;

/** What each problem means and what a client does about it, in {@code problems.properties}. */
final class ProblemMeanings {
  private static final Properties MEANINGS = read();

  private ProblemMeanings() {}

  /**
   * The meaning of a problem.
   *
   * @throws IllegalStateException if the file lacks it
   */
  static String of(Problem problem) {
    String meaning = MEANINGS.getProperty(problem.slug());
    if (meaning == null) {
      throw new IllegalStateException("no meaning of " + problem);
    }
    return meaning;
  }

  /** The slugs that the file tells of. */
  static Set<String> slugs() {
    return new TreeSet<>(MEANINGS.stringPropertyNames());
  }

  private static Properties read() {
    try (InputStream file = ProblemMeanings.class.getResourceAsStream("/problems.properties")) {
      if (file == null) {
        throw new IllegalStateException("built without the meanings of problems");
      }
      try (Reader text = new InputStreamReader(file, StandardCharsets.UTF_8)) {
        Properties meanings = new Properties();
        meanings.load(text);
        return meanings;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
