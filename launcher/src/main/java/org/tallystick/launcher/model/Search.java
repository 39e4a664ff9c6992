package org.tallystick.launcher.model;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What one search of a model's states came to, read from what Spin's verifier prints.
 *
 * @param states different ones, all stored
 * @param transitions between them
 * @param depth of the longest path
 * @param megabytes of memory
 * @param whole whether nothing was cut short: no bound was reached, no error ended it
 * @param violation the first property that did not hold, if any
 * @param unreached statements that no path reaches
 */
record Search(
    long states,
    long transitions,
    long depth,
    double megabytes,
    boolean whole,
    Optional<String> violation,
    List<String> unreached) {

  private static final Pattern STATES = Pattern.compile("(?m)^ *(\\d+) states, stored");
  private static final Pattern TRANSITIONS = Pattern.compile("(?m)^ *(\\d+) transitions ");
  private static final Pattern DEPTH = Pattern.compile("depth reached (\\d+), errors: \\d+");
  private static final Pattern MEMORY =
      Pattern.compile("(?m)^ *(\\d+\\.\\d+)\\s+total actual memory usage");
  private static final Pattern VIOLATION =
      Pattern.compile("(?m)^pan:1: (.*?)(?: \\(at depth \\d+\\))?$");
  private static final Pattern UNREACHED =
      Pattern.compile("(?m)^\\t\\S+\\.pml:\\d+, state \\d+, \"(.*)\"$");
  private static final List<String> CUT_SHORT =
      List.of(
          "max search depth too small",
          "Search not completed",
          "out of memory",
          "MEMLIM",
          "interrupted",
          "Bit statespace",
          "hash-compact");

  /** Reads a report; one that lacks its figures is of a search that was cut short. */
  static Search read(String report) {
    long states = number(STATES, report);
    return new Search(
        states,
        number(TRANSITIONS, report),
        number(DEPTH, report),
        first(MEMORY, report).map(Double::parseDouble).orElse(0.0),
        states > 0
            && first(DEPTH, report).isPresent()
            && CUT_SHORT.stream().noneMatch(report::contains),
        first(VIOLATION, report),
        UNREACHED.matcher(report).results().map(line -> line.group(1)).toList());
  }

  private static long number(Pattern pattern, String report) {
    return first(pattern, report).map(Long::parseLong).orElse(0L);
  }

  private static Optional<String> first(Pattern pattern, String report) {
    Matcher found = pattern.matcher(report);
    return found.find() ? Optional.of(found.group(1)) : Optional.empty();
  }

  /** Why a model that must hold does not, or empty. */
  Optional<String> failure(Model model) {
    if (violation.isPresent()) {
      return violation;
    }
    if (!whole) {
      return Optional.of("the search was cut short");
    }
    List<String> forgotten =
        unreached.stream().filter(text -> !model.unreached().contains(text)).toList();
    return forgotten.isEmpty()
        ? Optional.empty()
        : Optional.of(String.format(Locale.ROOT, "never reached: %s", forgotten));
  }
}
