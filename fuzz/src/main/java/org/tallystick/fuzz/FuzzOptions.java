package org.tallystick.fuzz;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What to fuzz, and for how long.
 *
 * @param targets in the order they run
 * @param seconds of fuzzing in all, shared out among the targets
 * @param root of this build
 * @param parallel how many at a time
 */
record FuzzOptions(List<Target> targets, int seconds, Path root, int parallel) {
  private static final int SECONDS = 120;
  private static final int PLANT_SECONDS = 20;
  private static final int MAX_PARALLEL = 2;

  /**
   * Reads {@code [TARGET …] [--seconds N] [--plant BUG] [--root DIR]}.
   *
   * @throws IllegalArgumentException for anything else
   */
  static FuzzOptions of(String... arguments) {
    List<Target> targets = new ArrayList<>();
    Path root = Path.of("");
    int seconds = 0;
    for (int i = 0; i < arguments.length; i++) {
      switch (arguments[i]) {
        case "--seconds" -> seconds = positive(value(arguments, ++i));
        case "--root" -> root = Path.of(value(arguments, ++i));
        case "--plant" -> targets.add(Targets.named(PlantedTargets.PREFIX + value(arguments, ++i)));
        default -> targets.add(Targets.named(arguments[i]));
      }
    }
    boolean planted = targets.stream().anyMatch(PlantedTargets.ALL::contains);
    List<Target> all = targets.isEmpty() ? Targets.ALL : List.copyOf(targets);
    int usual = planted ? PLANT_SECONDS : SECONDS;
    int parallel = Math.min(MAX_PARALLEL, Runtime.getRuntime().availableProcessors());
    return new FuzzOptions(all, seconds == 0 ? usual : seconds, root, parallel);
  }

  /** Whole seconds of one target; their sum is {@link #seconds}, but each has one at least. */
  int secondsOf(int index) {
    int count = targets.size();
    return Math.max(1, seconds * (index + 1) / count - seconds * index / count);
  }

  /** For seeds, corpora and what was found. */
  Path folder() {
    return root.toAbsolutePath().resolve(Path.of("fuzz", "target", "fuzz"));
  }

  private static String value(String[] arguments, int at) {
    if (at == arguments.length) {
      throw new IllegalArgumentException(arguments[at - 1] + " needs a value");
    }
    return arguments[at];
  }

  private static int positive(String text) {
    int number = Integer.parseInt(text);
    if (number < 1) {
      throw new IllegalArgumentException("at least one second");
    }
    return number;
  }
}
