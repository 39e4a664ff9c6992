package org.tallystick.request;

import java.util.Optional;
import java.util.function.Predicate;
import org.tallystick.device.Device;
import org.tallystick.device.DeviceVault;
import org.tallystick.pin.PinVerifier;

/**
 * The proof of the PIN that a request carries, where it changes what PINs there are. A wrong one
 * counts as in a half, and is not looked at while the device is blocked; a right one ends the
 * count.
 *
 * <p>Source: docs/PROTOCOL.md section 10.2.
 */
final class PinProof {
  private final DeviceVault secrets;

  PinProof(DeviceVault secrets) {
    this.secrets = secrets;
  }

  /**
   * Checks it.
   *
   * @param proves whether the request proves a PIN
   * @return what the request ends with where the PIN was not proven
   */
  Optional<RequestStatus> refusal(Asking asking, Predicate<PinVerifier> proves) {
    Device device = asking.device();
    if (device.blockedUntilMillis() > asking.nowMillis()) {
      return Optional.of(RequestStatus.BLOCKED);
    }
    try (PinVerifier present = secrets.pinVerifier(device).orElse(null);
        PinVerifier pending = secrets.pendingPinVerifier(device).orElse(null)) {
      if (present == null) {
        return Optional.of(RequestStatus.NOT_PERMITTED);
      }
      boolean provesPending = pending != null && proves.test(pending);
      if (!provesPending && !proves.test(present)) {
        asking.record(device.wrongPin(asking.now()));
        return Optional.of(RequestStatus.WRONG_PIN);
      }
      if (provesPending) {
        device.pendingPinProven();
      }
    }
    device.rightPin();
    return Optional.empty();
  }
}
