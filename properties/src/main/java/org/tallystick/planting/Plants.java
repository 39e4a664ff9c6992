package org.tallystick.planting;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** All plants, in the order of their properties. */
final class Plants {
  static final List<Plant> ALL =
      Stream.of(
              CodePlants.all(),
              DevicePlants.all(),
              BankPlants.all(),
              PairingPlants.all(),
              EpochPlants.all(),
              AccountPlants.all())
          .flatMap(List::stream)
          .sorted(Comparator.comparing(Plant::property))
          .toList();

  private Plants() {}

  /** Those of one property. */
  static List<Plant> of(Property property) {
    return ALL.stream().filter(plant -> plant.property() == property).toList();
  }

  /** The plant of a name. */
  static Plant named(String name) {
    return ALL.stream()
        .filter(plant -> plant.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new PlantingException("there is no plant " + name));
  }

  /** Test names of one module. */
  static List<TestName> tests(SourceModule module, String... names) {
    return Arrays.stream(names).map(name -> TestName.of(module, name)).toList();
  }
}
