package org.tallystick.keys;

import java.util.Optional;

/**
 * The key-encryption key, wherever it is: it seals other keys with AES-256-GCM and is never seen.
 *
 * <p>Form of what it seals: IV (12), ciphertext, tag (16).
 */
interface SealingKey {
  /** Seals; {@code aad} says what is sealed. */
  byte[] seal(byte[] plaintext, byte[] aad);

  /** Opens; empty where the bytes or {@code aad} are not those that were sealed. */
  Optional<byte[]> open(byte[] blob, byte[] aad);
}
