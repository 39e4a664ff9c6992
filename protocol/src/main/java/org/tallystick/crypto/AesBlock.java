package org.tallystick.crypto;

import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

/**
 * One block of AES-256, FIPS 197: a keyed permutation of 16 bytes.
 *
 * <p>It hides and does not authenticate; it fits for single blocks that never repeat, such as the
 * one-time account alias. Longer content takes {@link AesGcm}.
 */
@SuppressWarnings("InsecureCryptoUsage") // exactly one block: a permutation, no mode of operation
public final class AesBlock {
  private static final int BLOCK_LENGTH = 16;
  private static final int KEY_LENGTH = 32;
  private static final String ALGORITHM = "AES_256/ECB/NoPadding";

  /**
   * One for each thread: to make one anew costs as much as a block. It keeps the round keys of the
   * last key until the next one; the only such key, the alias key, stays in the bank's memory too.
   */
  private static final ThreadLocal<Cipher> OWN = ThreadLocal.withInitial(AesBlock::instance);

  private AesBlock() {}

  /**
   * Returns the encrypted block.
   *
   * @throws IllegalArgumentException if the key is not 32 or the block not 16 bytes
   */
  public static byte[] encrypt(byte[] key32, byte[] block16) {
    return apply(Cipher.ENCRYPT_MODE, key32, block16);
  }

  /**
   * Returns the decrypted block.
   *
   * @throws IllegalArgumentException if the key is not 32 or the block not 16 bytes
   */
  public static byte[] decrypt(byte[] key32, byte[] block16) {
    return apply(Cipher.DECRYPT_MODE, key32, block16);
  }

  private static byte[] apply(int mode, byte[] key, byte[] block) {
    if (key.length != KEY_LENGTH || block.length != BLOCK_LENGTH) {
      throw new IllegalArgumentException(
          "AES-256 block with a key of " + key.length + " and " + block.length + " bytes");
    }
    try {
      Cipher cipher = OWN.get();
      cipher.init(mode, new SecretKeySpec(key, "AES"));
      return cipher.doFinal(block);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has AES", e);
    }
  }

  private static Cipher instance() {
    try {
      return Cipher.getInstance(ALGORITHM);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has AES", e);
    }
  }
}
