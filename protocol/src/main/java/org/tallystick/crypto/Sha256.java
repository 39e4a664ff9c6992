package org.tallystick.crypto;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256, FIPS 180-4. */
public final class Sha256 {
  /** Length of a hash in bytes. */
  public static final int LENGTH = 32;

  private static final ThreadLocal<MessageDigest> OWN = ThreadLocal.withInitial(Sha256::digest);

  private Sha256() {}

  /**
   * Returns the 32 byte hash of the parts in a row; nothing marks where one part ends, so a caller
   * with several parts of free length must frame them.
   */
  public static byte[] of(byte[]... parts) {
    MessageDigest digest = own();
    for (byte[] part : parts) {
      digest.update(part);
    }
    return digest.digest();
  }

  /** The thread's own instance, without input; whoever feeds it ends with a digest, which wipes. */
  static MessageDigest own() {
    return OWN.get();
  }

  /** A new instance, for what is hashed as it streams by. */
  public static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
