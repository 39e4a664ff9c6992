package org.tallystick.simulation;

import org.tallystick.code.Purpose;
import org.tallystick.code.SealedHalf;
import org.tallystick.sequencer.NumberAt;

/**
 * A code that waits for its final answer, as the device's file holds it (S1).
 *
 * @param sealed code, number, reply root
 * @param codeHash hex
 * @param pickup token, hex
 * @param number transaction number
 * @param billHash 32 bytes
 * @param purpose purchase or cancel
 */
record OutboxEntry(
    SealedHalf sealed,
    String codeHash,
    String pickup,
    String number,
    byte[] billHash,
    Purpose purpose) {
  long n() {
    return sealed.n();
  }

  NumberAt at() {
    return new NumberAt(sealed.epoch(), sealed.n());
  }

  String slot() {
    return Slots.key(number, billHash);
  }
}
