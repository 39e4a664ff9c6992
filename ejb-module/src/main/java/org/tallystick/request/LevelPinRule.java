package org.tallystick.request;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.Optional;
import org.tallystick.crypto.Secret;
import org.tallystick.device.Device;
import org.tallystick.device.DeviceVault;
import org.tallystick.device.LevelPinRows;
import org.tallystick.keys.KeyVault;

/**
 * Kind 10: the PIN of a level is set, changed or removed; the device's own PIN has to be proven. To
 * remove one that is not there changes nothing and is done, since the reply before may be lost.
 *
 * <p>Source: docs/PROTOCOL.md sections 7 and 10.
 */
@ApplicationScoped
public class LevelPinRule implements RequestRule<LevelPin> {
  @Inject KeyVault vault;

  @Override
  public RequestKind kind() {
    return RequestKind.LEVEL_PIN;
  }

  @Override
  public Class<LevelPin> shape() {
    return LevelPin.class;
  }

  @Override
  public Ruling rule(Asking asking, LevelPin arguments) throws SQLException {
    DeviceVault secrets = new DeviceVault(vault);
    Optional<RequestStatus> refusal =
        new PinProof(secrets).refusal(asking, pin -> arguments.isProvenBy(pin, asking.request()));
    if (refusal.isPresent()) {
      return Ruling.refused(refusal.get());
    }
    Device device = asking.device();
    LevelPinRows rows = new LevelPinRows(asking.connection());
    Secret verifier = arguments.verifier();
    if (verifier == null) {
      rows.remove(device.index(), arguments.level());
    } else {
      byte[] sealed = secrets.sealLevelPin(device.deviceId(), arguments.level(), verifier.reveal());
      rows.set(device.index(), arguments.level(), sealed, asking.now());
    }
    return Ruling.done(new RequestResult.Done());
  }
}
