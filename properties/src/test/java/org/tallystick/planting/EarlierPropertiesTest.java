package org.tallystick.planting;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Properties 1 to 4. */
final class EarlierPropertiesTest extends PlantsTest {
  @TestFactory
  Stream<DynamicTest> plant_ruleTakenOut_isNoticedByEachOfItsTests() {
    return plants(1, LAST_OF_EARLIER);
  }
}
