package org.tallystick.bench.screening;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * What to measure.
 *
 * @param root of this build, beside which the lists are looked for
 * @param lists folder of the lists, if one is named
 * @param seed of the labelled set
 * @param side entries to make positives of
 * @param samples how many of each class, of misses and of false alarms are printed
 * @param plant a fault to put in
 */
record ScreeningOptions(
    Path root, Optional<Path> lists, long seed, Split.Side side, int samples, Plant plant) {
  static final long SEED = 20_261_122;

  /**
   * Reads {@code [--root DIR] [--lists DIR] [--seed N] [--set dev|held-out] [--samples N] [--plant
   * BUG]}.
   *
   * @throws IllegalArgumentException for anything else
   */
  static ScreeningOptions of(String... arguments) {
    ScreeningOptions options =
        new ScreeningOptions(
            Path.of(""), Optional.empty(), SEED, Split.Side.HELD_OUT, 0, Plant.NONE);
    for (int i = 0; i < arguments.length; i += 2) {
      if (i + 1 == arguments.length) {
        throw new IllegalArgumentException(arguments[i] + " needs a value");
      }
      options = options.with(arguments[i], arguments[i + 1]);
    }
    return options;
  }

  private ScreeningOptions with(String name, String value) {
    return switch (name) {
      case "--root" -> new ScreeningOptions(Path.of(value), lists, seed, side, samples, plant);
      case "--lists" ->
          new ScreeningOptions(root, Optional.of(Path.of(value)), seed, side, samples, plant);
      case "--seed" -> new ScreeningOptions(root, lists, number(name, value), side, samples, plant);
      case "--set" -> new ScreeningOptions(root, lists, seed, side(value), samples, plant);
      case "--samples" ->
          new ScreeningOptions(
              root, lists, seed, side, (int) Math.min(number(name, value), 100_000), plant);
      case "--plant" -> new ScreeningOptions(root, lists, seed, side, samples, plant(value));
      default -> throw new IllegalArgumentException("no such option: " + name);
    };
  }

  private static long number(String name, String value) {
    if (!value.matches("[0-9]{1,15}")) {
      throw new IllegalArgumentException(name + " needs a number");
    }
    return Long.parseLong(value);
  }

  private static Split.Side side(String value) {
    return switch (value) {
      case "dev" -> Split.Side.DEV;
      case "held-out" -> Split.Side.HELD_OUT;
      default -> throw new IllegalArgumentException("--set is dev or held-out");
    };
  }

  private static Plant plant(String value) {
    return Arrays.stream(Plant.values())
        .filter(plant -> plant != Plant.NONE && plant.label().equals(value))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "--plant is shuffled-labels, no-aliases or words-as-names"));
  }
}
