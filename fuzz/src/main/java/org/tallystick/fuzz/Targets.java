package org.tallystick.fuzz;

import java.util.List;
import java.util.stream.Stream;

/** All targets. A new parser needs one line in one of the nine lists; a test tells who forgets. */
public final class Targets {
  /** Parsers of the project. */
  public static final List<Target> ALL =
      Stream.of(
              ProtocolTargets.ALL,
              SealedTargets.ALL,
              RequestTargets.ALL,
              EpochTargets.ALL,
              DeviceTargets.ALL,
              ServerTargets.ALL,
              ScreeningTargets.ALL,
              PartyTargets.ALL,
              SecurityKeyTargets.ALL)
          .flatMap(List::stream)
          .toList();

  private Targets() {}

  /** The target or planted bug of this name. */
  static Target named(String name) {
    return Stream.concat(ALL.stream(), PlantedTargets.ALL.stream())
        .filter(target -> target.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no such target: " + name));
  }
}
