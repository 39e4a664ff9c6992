package org.tallystick.keys;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import org.tallystick.crypto.AesGcm;
import org.tallystick.crypto.Secret;

/** A key-encryption key in this process's memory. */
final class SecretSealingKey implements SealingKey {
  private final Secret key;
  private final SecureRandom random;

  SecretSealingKey(Secret key, SecureRandom random) {
    this.key = key;
    this.random = random;
  }

  @Override
  public byte[] seal(byte[] plaintext, byte[] aad) {
    byte[] iv = new byte[AesGcm.IV_LENGTH];
    random.nextBytes(iv);
    byte[] sealed = AesGcm.seal(key.reveal(), iv, aad, plaintext);
    return ByteBuffer.allocate(iv.length + sealed.length).put(iv).put(sealed).array();
  }

  @Override
  public Optional<byte[]> open(byte[] blob, byte[] aad) {
    if (blob.length < AesGcm.IV_LENGTH) {
      return Optional.empty();
    }
    byte[] iv = Arrays.copyOf(blob, AesGcm.IV_LENGTH);
    byte[] sealed = Arrays.copyOfRange(blob, AesGcm.IV_LENGTH, blob.length);
    return AesGcm.open(key.reveal(), iv, aad, sealed);
  }
}
