package org.tallystick.staff;

import java.util.Optional;
import org.tallystick.codec.Base64Url;
import org.tallystick.codec.MalformedInputException;

/** Sixteen bytes that name a session or a key, base64url. */
final class PublicId {
  private static final int LENGTH = 16;

  private PublicId() {}

  /** The bytes, or empty if the text cannot be one. */
  static Optional<byte[]> of(String text) {
    try {
      return Optional.of(Base64Url.decode(text)).filter(bytes -> bytes.length == LENGTH);
    } catch (MalformedInputException e) {
      return Optional.empty();
    }
  }
}
