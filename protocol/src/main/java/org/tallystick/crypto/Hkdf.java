package org.tallystick.crypto;

import java.util.Arrays;

/** HKDF with SHA-256, RFC 5869. */
public final class Hkdf {
  private static final int MAX_LENGTH = 255 * Sha256.LENGTH;

  private Hkdf() {}

  /** Step 1, extract: returns the 32 byte pseudorandom key; an empty salt means 32 zero bytes. */
  public static byte[] extract(byte[] salt, byte[] ikm) {
    return HmacSha256.of(salt.length == 0 ? new byte[Sha256.LENGTH] : salt, ikm);
  }

  /**
   * Step 2, expand: returns {@code length} bytes, 1 to 8160.
   *
   * @throws IllegalArgumentException if the length is outside that range or {@code prk} is shorter
   *     than 32 bytes
   */
  public static byte[] expand(byte[] prk, byte[] info, int length) {
    if (length < 1 || length > MAX_LENGTH) {
      throw new IllegalArgumentException("HKDF output of " + length + " bytes");
    }
    if (prk.length < Sha256.LENGTH) {
      throw new IllegalArgumentException("HKDF pseudorandom key of " + prk.length + " bytes");
    }
    byte[] output = new byte[length];
    byte[] block = new byte[0];
    int done = 0;
    for (int counter = 1; done < length; counter++) {
      byte[] next = HmacSha256.of(prk, block, info, new byte[] {(byte) counter});
      Arrays.fill(block, (byte) 0);
      block = next;
      int taken = Math.min(block.length, length - done);
      System.arraycopy(block, 0, output, done, taken);
      done += taken;
    }
    Arrays.fill(block, (byte) 0);
    return output;
  }
}
