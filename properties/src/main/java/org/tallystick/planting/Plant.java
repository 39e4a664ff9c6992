package org.tallystick.planting;

import java.util.List;

/**
 * A rule taken out of the source, and the tests that must then fail: each of them, at least once.
 *
 * @param name by which it is chosen
 * @param property that rests on the rule
 * @param module of the source
 * @param className top-level class that is changed
 * @param oldText the rule; stands exactly once in the source
 * @param newText what stands there without the rule
 * @param tests that notice
 */
record Plant(
    String name,
    Property property,
    SourceModule module,
    String className,
    String oldText,
    String newText,
    List<TestName> tests) {
  Plant {
    tests = List.copyOf(tests);
    if (tests.isEmpty() || oldText.isBlank() || oldText.equals(newText)) {
      throw new IllegalArgumentException("plant " + name + " says nothing");
    }
  }
}
