package org.tallystick.device;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import org.tallystick.device.state.FileSteps;
import org.tallystick.pin.PinVerifier;

/**
 * Where a device keeps its state and what it stands on.
 *
 * @param stateFile the one file of the device
 * @param platformKeyFile outside the state file, made where it is not there
 * @param baseUrl of the bank; where it differs from the one stored, the bank has moved
 * @param rootFingerprint hash of the bank's root public key, 32 bytes, the anchor of all trust
 * @param clock of the device
 * @param random for keys, salts and IVs
 * @param steps of a durable write
 * @param pinIterations of PBKDF2 at enrolment; what the protocol says but in tests
 */
public record DeviceSettings(
    Path stateFile,
    Path platformKeyFile,
    String baseUrl,
    byte[] rootFingerprint,
    Clock clock,
    SecureRandom random,
    FileSteps steps,
    int pinIterations) {
  /** Checks the pin. */
  public DeviceSettings {
    if (rootFingerprint.length != 32) {
      throw new IllegalArgumentException("a root fingerprint has 32 bytes");
    }
    rootFingerprint = rootFingerprint.clone();
  }

  /** Settings of a real device. */
  public static DeviceSettings of(
      Path stateFile, Path platformKeyFile, String baseUrl, byte[] rootFingerprint) {
    return new DeviceSettings(
        stateFile,
        platformKeyFile,
        baseUrl,
        rootFingerprint,
        Clock.systemUTC(),
        new SecureRandom(),
        FileSteps.REAL,
        PinVerifier.ITERATIONS);
  }

  @Override
  public String toString() {
    return "DeviceSettings[" + stateFile.getFileName() + "]";
  }
}
