package org.tallystick.device.state;

import org.tallystick.crypto.Secret;

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
  @Override
  public String toString() {
    return "PinMaterial[...]";
  }
}
