package org.tallystick.codec;

import java.util.Arrays;
import java.util.Base64;

/**
 * base64url without padding, one text for each byte string: RFC 4648, 5 and 3.5.
 *
 * <p>Padding, white space, the characters + and /, and non-zero bits after the last byte are
 * refused.
 */
public final class Base64Url {
  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
  private static final Base64.Decoder DECODER = Base64.getUrlDecoder();

  private Base64Url() {}

  /** Returns the text. */
  public static String encode(byte[] bytes) {
    return ENCODER.encodeToString(bytes);
  }

  /**
   * Returns the bytes.
   *
   * @throws MalformedInputException if {@code text} is not the one encoding of any byte string
   */
  public static byte[] decode(String text) {
    byte[] bytes;
    try {
      bytes = DECODER.decode(text);
    } catch (IllegalArgumentException e) {
      // the cause is dropped: its message quotes the input
      throw new MalformedInputException("not base64url");
    }
    if (!isCanonical(text, bytes)) {
      throw new MalformedInputException("not canonical base64url");
    }
    return bytes;
  }

  /**
   * Only padding and the bits after the last byte are left to look at: the decoder saw the rest.
   */
  private static boolean isCanonical(String text, byte[] bytes) {
    int whole = bytes.length - bytes.length % 3;
    String last = encode(Arrays.copyOfRange(bytes, whole, bytes.length));
    return text.length() == whole / 3 * 4 + last.length() && text.endsWith(last);
  }
}
