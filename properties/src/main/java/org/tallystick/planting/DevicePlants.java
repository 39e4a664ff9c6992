package org.tallystick.planting;

import java.util.List;

/** Rules. */
final class DevicePlants {
  private DevicePlants() {}

  static List<Plant> all() {
    return List.of();
  }
}
