package org.tallystick.simulation;

import java.util.HexFormat;
import org.tallystick.sequencer.NumberAt;

/** Names of things in tables and traces. */
final class Slots {
  private Slots() {}

  /** Slot of a transaction: number and bill hash; there is one consortium. */
  static String key(String number, byte[] billHash) {
    return number + ":" + hex(billHash).substring(0, 16);
  }

  static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  /** Device and number. */
  static String number(int device, NumberAt at) {
    return device + "/" + at.epoch() + "/" + at.n();
  }

  static String brief(String hex) {
    return hex.substring(0, 8);
  }
}
