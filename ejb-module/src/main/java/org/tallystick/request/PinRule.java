package org.tallystick.request;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.jspecify.annotations.Nullable;
import org.tallystick.device.Device;
import org.tallystick.device.DeviceVault;
import org.tallystick.keys.KeyVault;
import org.tallystick.pin.PinVerifier;

/**
 * Kind 4: another PIN. The old one has to be proven and stays good until a half proves the new one,
 * since neither side knows when the other has heard.
 *
 * <p>Source: docs/PROTOCOL.md section R.4.
 */
@ApplicationScoped
public class PinRule implements RequestRule<RequestArguments.Pin> {
  @Inject KeyVault vault;

  @Override
  public RequestKind kind() {
    return RequestKind.PIN;
  }

  @Override
  public Class<RequestArguments.Pin> shape() {
    return RequestArguments.Pin.class;
  }

  @Override
  public Ruling rule(Asking asking, RequestArguments.Pin arguments) {
    Device device = asking.device();
    if (device.blockedUntilMillis() > asking.nowMillis()) {
      return Ruling.refused(RequestStatus.BLOCKED);
    }
    DeviceVault secrets = new DeviceVault(vault);
    try (PinVerifier present = secrets.pinVerifier(device).orElse(null);
        PinVerifier pending = secrets.pendingPinVerifier(device).orElse(null)) {
      if (present == null) {
        return Ruling.refused(RequestStatus.NOT_PERMITTED);
      }
      boolean provesPending = isProven(asking, arguments, pending);
      if (!provesPending && !isProven(asking, arguments, present)) {
        asking.record(device.wrongPin(asking.now()));
        return Ruling.refused(RequestStatus.WRONG_PIN);
      }
      if (provesPending) {
        device.pendingPinProven();
      }
    }
    device.rightPin();
    device.changePin(secrets.sealPin(device.deviceId(), arguments.verifier().reveal()));
    return Ruling.done(new RequestResult.Done());
  }

  private static boolean isProven(
      Asking asking, RequestArguments.Pin arguments, @Nullable PinVerifier pin) {
    return pin != null && arguments.isProvenBy(pin, asking.request());
  }
}
