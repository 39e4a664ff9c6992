package org.tallystick.simulation;

import org.tallystick.code.DeviceBinding;
import org.tallystick.code.Role;
import org.tallystick.crypto.Signer;
import org.tallystick.pin.PinVerifier;

/**
 * A customer with one device, as both sides know it.
 *
 * @param index device index in aliases
 * @param name for the trace
 * @param role that the customer may take
 * @param binding of the device
 * @param key of the device
 * @param rightPin verifier of the PIN that was chosen
 * @param wrongPin verifier of another PIN
 * @param seedHead head(0) of the device's log
 */
record Party(
    int index,
    String name,
    Role role,
    DeviceBinding binding,
    Signer key,
    PinVerifier rightPin,
    PinVerifier wrongPin,
    byte[] seedHead) {
  @Override
  public String toString() {
    return name;
  }
}
