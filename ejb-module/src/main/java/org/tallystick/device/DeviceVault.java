package org.tallystick.device;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tallystick.codec.Base64Url;
import org.tallystick.crypto.Secret;
import org.tallystick.keys.KeyVault;
import org.tallystick.keys.PersonalKey;
import org.tallystick.pin.PinVerifier;

/** Seals and opens what is kept of a device besides its sequencer. */
public final class DeviceVault {
  private final KeyVault vault;

  /** Seals by a vault. */
  public DeviceVault(KeyVault vault) {
    this.vault = vault;
  }

  /**
   * Seals both.
   *
   * @param party the key of the device's party
   * @param pinVerifier 32 bytes, or null where the device has no PIN
   * @param footprint what the device told of itself, encoded
   */
  public DeviceSecrets seal(
      PersonalKey party, byte[] deviceId, byte @Nullable [] pinVerifier, byte[] footprint) {
    return new DeviceSecrets(
        pinVerifier == null ? null : sealPin(deviceId, pinVerifier),
        party.seal(footprint, context(deviceId, "footprint")));
  }

  /** What the device told of itself, encoded. */
  public byte[] footprint(PersonalKey party, byte[] deviceId, byte[] sealed) {
    return party.open(sealed, context(deviceId, "footprint"));
  }

  /**
   * Seals what the device signed at enrolment, so long as it may be asked for: whoever reads the
   * database finds neither what checks the PIN in it nor what the device told of itself.
   */
  public byte[] sealBindRequest(PersonalKey party, byte[] deviceId, byte[] sign1) {
    return party.seal(sign1, context(deviceId, "bind"));
  }

  /** The COSE_Sign1 by which the device's party agreed. */
  public byte[] bindRequest(PersonalKey party, Device device) {
    return party.open(device.evidence().bindRequestSealed(), context(device.deviceId(), "bind"));
  }

  /** Seals what checks a PIN, 32 bytes. */
  public byte[] sealPin(byte[] deviceId, byte[] pinVerifier) {
    return vault.wrap(pinVerifier, context(deviceId, "pin"));
  }

  /** What checks a proof of the PIN; empty where the device has none. The caller closes it. */
  public Optional<PinVerifier> pinVerifier(Device device) {
    return opened(device, device.secrets().pinVerifierWrapped());
  }

  /** What checks a proof of the PIN that is not proven yet. The caller closes it. */
  public Optional<PinVerifier> pendingPinVerifier(Device device) {
    return opened(device, device.secrets().pinPendingWrapped());
  }

  /** Seals what checks the PIN of a level, 32 bytes. */
  public byte[] sealLevelPin(byte[] deviceId, int level, byte[] verifier) {
    return vault.wrap(verifier, levelContext(deviceId, level));
  }

  /** What checks a proof of a level's PIN. The caller closes it. */
  public PinVerifier levelPin(Device device, int level, byte[] sealed) {
    return opened(sealed, levelContext(device.deviceId(), level));
  }

  private Optional<PinVerifier> opened(Device device, Optional<byte[]> sealed) {
    return sealed.map(wrapped -> opened(wrapped, context(device.deviceId(), "pin")));
  }

  private PinVerifier opened(byte[] sealed, String context) {
    try (Secret clear = Secret.adopt(vault.unwrap(sealed, context))) {
      return PinVerifier.ofBytes(clear.reveal());
    }
  }

  private static String levelContext(byte[] deviceId, int level) {
    return context(deviceId, "level-pin/" + level);
  }

  private static String context(byte[] deviceId, String what) {
    return "device/" + Base64Url.encode(deviceId) + "/" + what;
  }
}
