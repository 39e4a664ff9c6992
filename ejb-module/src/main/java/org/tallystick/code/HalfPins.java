package org.tallystick.code;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.tallystick.device.Device;
import org.tallystick.device.DeviceVault;
import org.tallystick.pin.PinVerifier;

/**
 * What checks the proofs of PINs that one half carries, in the clear for as long as it is looked
 * at.
 *
 * @param pin of the device, or null where it has none or the half needs none
 * @param pending one that waits to be proven, or null
 * @param levels of those levels that the half proves and that have a PIN
 */
record HalfPins(
    @Nullable PinVerifier pin, @Nullable PinVerifier pending, Map<Integer, PinVerifier> levels)
    implements AutoCloseable {
  /**
   * Opens them.
   *
   * @param levelPins of the device, wrapped, by level
   */
  static HalfPins open(
      DeviceVault vault, Device device, OpenedHalf half, Map<Integer, byte[]> levelPins) {
    boolean payer = half.signed().role() == Role.PAYER;
    Map<Integer, PinVerifier> levels = new TreeMap<>();
    for (int level : half.privateMap().levelProofs().keySet()) {
      byte[] wrapped = levelPins.get(level);
      if (wrapped != null) {
        levels.put(level, vault.levelPin(device, level, wrapped));
      }
    }
    return new HalfPins(
        payer ? vault.pinVerifier(device).orElse(null) : null,
        payer ? vault.pendingPinVerifier(device).orElse(null) : null,
        levels);
  }

  @Override
  public void close() {
    if (pin != null) {
      pin.close();
    }
    if (pending != null) {
      pending.close();
    }
    levels.values().forEach(PinVerifier::close);
  }
}
