package org.tallystick.crypto;

import java.security.GeneralSecurityException;
import java.security.Provider;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES-256-GCM with a 12 byte IV and a 16 byte tag, NIST SP 800-38D.
 *
 * <p>One IV must never serve two plaintexts under one key; the caller sees to that.
 */
public final class AesGcm {
  /** Length of the tag at the end of a ciphertext, in bytes. */
  public static final int TAG_LENGTH = 16;

  /** Length of the IV in bytes. */
  public static final int IV_LENGTH = 12;

  private static final int KEY_LENGTH = 32;
  private static final String ALGORITHM = "AES/GCM/NoPadding";

  /** Found once: to look it up by name costs as much as sealing a short text. */
  private static final Provider PROVIDER = provider();

  private AesGcm() {}

  /**
   * Returns ciphertext and tag, 16 bytes longer than the plaintext.
   *
   * @throws IllegalArgumentException if the key is not 32 or the IV not 12 bytes
   */
  public static byte[] seal(byte[] key32, byte[] iv12, byte[] aad, byte[] plaintext) {
    try {
      return cipher(Cipher.ENCRYPT_MODE, key32, iv12, aad).doFinal(plaintext);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-GCM is not available", e);
    }
  }

  /**
   * Returns the plaintext, or empty if the tag does not fit or is not there.
   *
   * @throws IllegalArgumentException if the key is not 32 or the IV not 12 bytes
   */
  public static Optional<byte[]> open(
      byte[] key32, byte[] iv12, byte[] aad, byte[] ciphertextAndTag) {
    try {
      Cipher cipher = cipher(Cipher.DECRYPT_MODE, key32, iv12, aad);
      if (ciphertextAndTag.length < TAG_LENGTH) {
        return Optional.empty();
      }
      return Optional.of(cipher.doFinal(ciphertextAndTag));
    } catch (AEADBadTagException e) {
      return Optional.empty();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-GCM is not available", e);
    }
  }

  private static Cipher cipher(int mode, byte[] key, byte[] iv, byte[] aad)
      throws GeneralSecurityException {
    if (key.length != KEY_LENGTH || iv.length != IV_LENGTH) {
      throw new IllegalArgumentException(
          "AES-256-GCM with a key of " + key.length + " and an IV of " + iv.length + " bytes");
    }
    Cipher cipher = Cipher.getInstance(ALGORITHM, PROVIDER);
    init(cipher, mode, key, iv);
    cipher.updateAAD(aad);
    return cipher;
  }

  private static void init(Cipher cipher, int mode, byte[] key, byte[] iv)
      throws GeneralSecurityException {
    cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(8 * TAG_LENGTH, iv));
  }

  private static Provider provider() {
    try {
      Cipher cipher = Cipher.getInstance(ALGORITHM);
      init(cipher, Cipher.DECRYPT_MODE, new byte[KEY_LENGTH], new byte[IV_LENGTH]);
      return cipher.getProvider();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-GCM is not available", e);
    }
  }
}
