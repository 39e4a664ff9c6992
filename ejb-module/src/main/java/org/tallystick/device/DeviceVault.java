package org.tallystick.device;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tallystick.codec.Base64Url;
import org.tallystick.crypto.Secret;
import org.tallystick.keys.KeyVault;
import org.tallystick.pin.PinVerifier;

/** Seals and opens what is kept of a device besides its sequencer. */
public final class DeviceVault {
  private final KeyVault vault;

  /** Seals by a vault. */
  public DeviceVault(KeyVault vault) {
    this.vault = vault;
  }

  /**
   * Seals all three.
   *
   * @param pinVerifier 32 bytes, or null where the device has no PIN
   * @param footprint what the device told of itself, encoded
   */
  public DeviceSecrets seal(
      byte[] deviceId, byte @Nullable [] pinVerifier, Secret root, byte[] footprint) {
    return new DeviceSecrets(
        pinVerifier == null ? null : vault.wrap(pinVerifier, context(deviceId, "pin")),
        vault.wrap(root.reveal(), context(deviceId, "root")),
        vault.personalKey().seal(footprint, context(deviceId, "footprint")));
  }

  /** What checks a proof of the PIN; empty where the device has none. The caller closes it. */
  public Optional<PinVerifier> pinVerifier(Device device) {
    return device
        .secrets()
        .pinVerifierWrapped()
        .map(wrapped -> Secret.adopt(vault.unwrap(wrapped, context(device.deviceId(), "pin"))))
        .map(
            clear -> {
              try (clear) {
                return PinVerifier.ofBytes(clear.reveal());
              }
            });
  }

  private static String context(byte[] deviceId, String what) {
    return "device/" + Base64Url.encode(deviceId) + "/" + what;
  }
}
