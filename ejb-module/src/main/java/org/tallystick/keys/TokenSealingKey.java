package org.tallystick.keys;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import org.tallystick.crypto.AesGcm;

/** A key-encryption key inside a token. */
final class TokenSealingKey implements SealingKey {
  private static final byte[] PROBE = {0};

  private final Pkcs11Token token;
  private final SecureRandom random;

  TokenSealingKey(Pkcs11Token token, SecureRandom random) {
    this.token = token;
    this.random = random;
  }

  @Override
  public byte[] seal(byte[] plaintext, byte[] aad) {
    return token.use((keys, provider) -> sealed(keys, provider, plaintext, aad));
  }

  @Override
  public Optional<byte[]> open(byte[] blob, byte[] aad) {
    if (blob.length < AesGcm.IV_LENGTH + AesGcm.TAG_LENGTH) {
      return Optional.empty();
    }
    return token.use(
        (keys, provider) -> {
          try {
            return Optional.of(opened(keys, provider, blob, aad));
          } catch (AEADBadTagException e) {
            // libraries report a wrong tag and any other fault in the same way; a token that opens
            // what it has just sealed is at no fault
            opened(keys, provider, sealed(keys, provider, PROBE, aad), aad);
            return Optional.empty();
          }
        });
  }

  private byte[] sealed(TokenKeys keys, Provider provider, byte[] plaintext, byte[] aad)
      throws GeneralSecurityException {
    byte[] iv = new byte[AesGcm.IV_LENGTH];
    random.nextBytes(iv);
    byte[] sealed = cipher(Cipher.ENCRYPT_MODE, keys, provider, iv, aad).doFinal(plaintext);
    return ByteBuffer.allocate(iv.length + sealed.length).put(iv).put(sealed).array();
  }

  private static byte[] opened(TokenKeys keys, Provider provider, byte[] blob, byte[] aad)
      throws GeneralSecurityException {
    byte[] iv = Arrays.copyOf(blob, AesGcm.IV_LENGTH);
    return cipher(Cipher.DECRYPT_MODE, keys, provider, iv, aad)
        .doFinal(blob, iv.length, blob.length - iv.length);
  }

  private static Cipher cipher(int mode, TokenKeys keys, Provider provider, byte[] iv, byte[] aad)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding", provider);
    GCMParameterSpec parameters = new GCMParameterSpec(8 * AesGcm.TAG_LENGTH, iv);
    cipher.init(mode, keys.keyEncryptionKey(), parameters);
    cipher.updateAAD(aad);
    return cipher;
  }
}
