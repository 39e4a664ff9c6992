package org.tallystick.device;

/** Opens the package's statements to the test of their plans. */
public final class DeviceStatements {
  private DeviceStatements() {}

  public static String removeLevelPin() {
    return LevelPinRows.REMOVE;
  }
}
