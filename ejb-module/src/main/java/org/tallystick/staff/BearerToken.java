package org.tallystick.staff;

import java.security.SecureRandom;
import java.util.Optional;
import org.tallystick.codec.Base64Url;
import org.tallystick.codec.MalformedInputException;
import org.tallystick.crypto.Sha256;

/** Opaque 256 bit tokens: shown once, kept only as SHA-256. */
public final class BearerToken {
  private static final int LENGTH = 32;

  private BearerToken() {}

  /** Draws a token, base64url. */
  public static String draw(SecureRandom random) {
    byte[] token = new byte[LENGTH];
    random.nextBytes(token);
    return Base64Url.encode(token);
  }

  /** What is kept of a token, or empty if the text cannot be one. */
  public static Optional<byte[]> hash(String text) {
    byte[] token;
    try {
      token = Base64Url.decode(text);
    } catch (MalformedInputException e) {
      return Optional.empty();
    }
    return token.length == LENGTH ? Optional.of(Sha256.of(token)) : Optional.empty();
  }
}
