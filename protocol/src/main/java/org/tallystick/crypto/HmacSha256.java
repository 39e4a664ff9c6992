package org.tallystick.crypto;

import java.security.DigestException;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * HMAC with SHA-256, RFC 2104 and FIPS 198-1.
 *
 * <p>Made of the platform's SHA-256, because the platform's own HMAC keeps a copy of its key that
 * nobody can wipe. Here what the key leaves behind is one block, wiped after the tag.
 */
public final class HmacSha256 {
  private static final int BLOCK_LENGTH = 64;
  private static final byte INNER = 0x36;
  private static final byte OUTER = 0x5C;

  private HmacSha256() {}

  /**
   * Returns the 32 byte tag over the parts in a row, unframed as in {@link Sha256#of}.
   *
   * @throws IllegalArgumentException if the key is empty
   */
  public static byte[] of(byte[] key, byte[]... parts) {
    if (key.length == 0) {
      throw new IllegalArgumentException("HMAC with an empty key");
    }
    return tag(key.length > BLOCK_LENGTH ? Sha256.of(key) : key, parts);
  }

  private static byte[] tag(byte[] key, byte[][] parts) {
    byte[] padded = new byte[BLOCK_LENGTH];
    byte[] hash = new byte[Sha256.LENGTH];
    MessageDigest sha256 = Sha256.own();
    try {
      pad(padded, key, INNER);
      sha256.update(padded);
      for (byte[] part : parts) {
        sha256.update(part);
      }
      sha256.digest(hash, 0, hash.length);
      pad(padded, key, OUTER);
      sha256.update(padded);
      return sha256.digest(hash);
    } catch (DigestException e) {
      throw new IllegalStateException("a hash has 32 bytes", e);
    } finally {
      Arrays.fill(padded, (byte) 0);
      Arrays.fill(hash, (byte) 0);
    }
  }

  private static void pad(byte[] padded, byte[] key, byte with) {
    Arrays.fill(padded, with);
    for (int i = 0; i < key.length; i++) {
      padded[i] ^= key[i];
    }
  }
}
