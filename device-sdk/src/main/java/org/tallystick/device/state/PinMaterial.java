package org.tallystick.device.state;

import org.tallystick.crypto.Secret;
import org.tallystick.pin.PinVerifier;

/**
 * What a device keeps for its PIN: neither PIN nor V, and nothing that tells a right PIN from a
 * wrong one.
 *
 * <p>Source: docs/PROTOCOL.md section 7.
 *
 * @param salt of PBKDF2, 16 bytes
 * @param secret pin secret, 32 bytes, never sent
 * @param iterations of PBKDF2
 */
public record PinMaterial(byte[] salt, Secret secret, int iterations) {
  /**
   * What can be made of a PIN that was typed; the caller closes it.
   *
   * @throws IllegalArgumentException if it is no text
   */
  public PinVerifier verifier(char[] pin) {
    return PinVerifier.ofPin(pin, secret, salt, iterations);
  }

  @Override
  public String toString() {
    return "PinMaterial[...]";
  }
}
