package org.tallystick.fuzz;

import static org.tallystick.fuzz.Parser.bytes;

import java.util.List;
import java.util.function.Supplier;
import org.tallystick.fuzz.plant.PlantedParsers;

/** Bugs by which the fuzzer is known to find what it looks for. */
final class PlantedTargets {
  static final String PREFIX = "plant-";

  static final List<Target> ALL =
      List.of(
          plant("index", () -> bytes(input -> PlantedParsers.index(input))),
          plant("length", () -> bytes(input -> PlantedParsers.length(input))),
          plant("loop", () -> bytes(input -> PlantedParsers.loop(input))),
          plant("form", () -> bytes(PlantedParsers::form, value -> value)));

  private PlantedTargets() {}

  private static Target plant(String bug, Supplier<Parser> maker) {
    return new Target(PREFIX + bug, () -> maker.get().seeded("T\1\1\1\1"));
  }
}
