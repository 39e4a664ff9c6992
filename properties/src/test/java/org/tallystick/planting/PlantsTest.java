package org.tallystick.planting;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** Tests notice each rule that is taken out; in two classes, which run side by side. */
abstract class PlantsTest {
  static final int LAST_OF_EARLIER = 4;

  static Stream<DynamicTest> plants(int firstProperty, int lastProperty) {
    return Plants.ALL.stream()
        .filter(plant -> plant.property().number() >= firstProperty)
        .filter(plant -> plant.property().number() <= lastProperty)
        .map(
            plant ->
                DynamicTest.dynamicTest(
                    plant.property().number() + " " + plant.name(), () -> notice(plant)));
  }

  private static void notice(Plant plant) {
    TestRun.Result planted = PropertiesCommand.planted(plant);
    assertThat(plant.tests()).allMatch(planted::fails);
  }
}
