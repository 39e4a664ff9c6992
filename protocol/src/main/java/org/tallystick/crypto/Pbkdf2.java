package org.tallystick.crypto;

import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/** PBKDF2 with HMAC-SHA-256, RFC 8018, 5.2. */
public final class Pbkdf2 {
  private Pbkdf2() {}

  /**
   * Returns {@code length} bytes derived from the UTF-8 form of the password.
   *
   * @throws IllegalArgumentException if the password has no UTF-8 form (an unpaired surrogate), the
   *     salt is empty, or iterations or length are not positive
   */
  public static byte[] sha256(char[] password, byte[] salt, int iterations, int length) {
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(CharBuffer.wrap(password))) {
      throw new IllegalArgumentException("password with an unpaired surrogate");
    }
    PBEKeySpec spec = new PBEKeySpec(password, salt, iterations, Math.multiplyExact(length, 8));
    try {
      return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256").generateSecret(spec).getEncoded();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("PBKDF2WithHmacSHA256 is not available", e);
    } finally {
      spec.clearPassword();
    }
  }
}
