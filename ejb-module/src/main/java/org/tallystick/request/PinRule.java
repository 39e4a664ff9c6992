package org.tallystick.request;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import org.tallystick.device.Device;
import org.tallystick.device.DeviceVault;
import org.tallystick.keys.KeyVault;

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
    DeviceVault secrets = new DeviceVault(vault);
    Optional<RequestStatus> refusal =
        new PinProof(secrets).refusal(asking, pin -> arguments.isProvenBy(pin, asking.request()));
    if (refusal.isPresent()) {
      return Ruling.refused(refusal.get());
    }
    device.changePin(secrets.sealPin(device.deviceId(), arguments.verifier().reveal()));
    return Ruling.done(new RequestResult.Done());
  }
}
