package org.tallystick.crypto;

import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * HMAC with SHA-256, RFC 2104 and FIPS 198-1.
 *
 * <p>Each tag is made by a copy of one instance that never has a key: to look an instance up costs
 * as much as a short tag.
 */
public final class HmacSha256 {
  private static final String ALGORITHM = "HmacSHA256";

  private static final Mac UNKEYED = instance();

  private HmacSha256() {}

  /**
   * Returns the 32 byte tag over the parts in a row, unframed as in {@link Sha256#of}.
   *
   * @throws IllegalArgumentException if the key is empty
   */
  public static byte[] of(byte[] key, byte[]... parts) {
    Mac mac = copy();
    try {
      mac.init(new SecretKeySpec(key, ALGORITHM));
    } catch (InvalidKeyException e) {
      throw new IllegalStateException("HMAC takes a key of any length", e);
    }
    for (byte[] part : parts) {
      mac.update(part);
    }
    return mac.doFinal();
  }

  private static Mac copy() {
    try {
      return (Mac) UNKEYED.clone();
    } catch (CloneNotSupportedException e) {
      return instance(); // another provider's
    }
  }

  private static Mac instance() {
    try {
      return Mac.getInstance(ALGORITHM);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has HmacSHA256", e);
    }
  }
}
