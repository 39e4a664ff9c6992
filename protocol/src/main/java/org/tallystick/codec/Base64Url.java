package org.tallystick.codec;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
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
    return decode(text.getBytes(StandardCharsets.ISO_8859_1), 0);
  }

  /** As the other, of a text in one byte a character, from there to its end. */
  public static byte[] decode(byte[] text, int from) {
    ByteBuffer bytes;
    try {
      bytes = DECODER.decode(ByteBuffer.wrap(text, from, text.length - from));
    } catch (IllegalArgumentException e) {
      // the cause is dropped: its message quotes the input
      throw new MalformedInputException("not base64url");
    }
    byte[] decoded = bytes.array();
    if (bytes.remaining() != decoded.length || !isCanonical(text, from, decoded)) {
      throw new MalformedInputException("not canonical base64url");
    }
    return decoded;
  }

  /**
   * Only padding and the bits after the last byte are left to look at: the decoder saw the rest.
   */
  private static boolean isCanonical(byte[] text, int from, byte[] bytes) {
    int whole = bytes.length - bytes.length % 3;
    byte[] last = ENCODER.encode(Arrays.copyOfRange(bytes, whole, bytes.length));
    int lastFrom = from + whole / 3 * 4;
    return Arrays.equals(text, Math.min(lastFrom, text.length), text.length, last, 0, last.length);
  }
}
