package org.tallystick.screening;

import org.tallystick.node.Environment;

/** Required lists for tests of other packages. */
@SuppressWarnings("UnnecessaryAssignment") // the test stands in for the container
public final class RequiredListsFixture {
  private RequiredListsFixture() {}

  /** As an operator has set them. */
  public static RequiredLists of(Environment environment) {
    RequiredLists lists = new RequiredLists();
    lists.environment = environment;
    return lists;
  }
}
