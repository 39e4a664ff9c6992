package org.tallystick.planting;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The properties after the earlier. */
final class LaterPropertiesTest extends PlantsTest {
  @TestFactory
  Stream<DynamicTest> plant_ruleTakenOut_isNoticedByEachOfItsTests() {
    return plants(LAST_OF_EARLIER + 1, Property.values().length);
  }
}
