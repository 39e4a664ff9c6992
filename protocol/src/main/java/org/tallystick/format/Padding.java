package org.tallystick.format;

import java.util.List;
import org.tallystick.codec.Cbor;
import org.tallystick.codec.MalformedInputException;

/**
 * Brings what the bank seals for a device to one length, so that its size tells nothing.
 *
 * <p>Shape: {@code cbor[content (bytes), zero bytes]}, of exactly the agreed length in all. There
 * are always 256 zeros or more, so that the second head has 3 bytes and every length is met.
 *
 * <p>Source: docs/PROTOCOL.md sections R, N and 8.
 */
public final class Padding {
  private static final int ARRAY_HEAD = 1;
  private static final int LONG_HEAD = 3;
  private static final int LEAST_LONG = 256;

  private Padding() {}

  /**
   * Pads a content.
   *
   * @param length bytes in all
   * @throws IllegalStateException if the content does not fit
   */
  public static byte[] pad(byte[] content, int length) {
    int head = Cbor.of(content).encode().length - content.length;
    int zeros = length - ARRAY_HEAD - head - content.length - LONG_HEAD;
    if (zeros < LEAST_LONG) {
      throw new IllegalStateException(
          "content of " + content.length + " bytes does not fit in " + length);
    }
    return Cbor.array(Cbor.of(content), Cbor.of(new byte[zeros])).encode();
  }

  /**
   * Returns the content.
   *
   * @throws MalformedInputException if the length is another or the padding is not all zero
   */
  public static byte[] content(byte[] padded, int length) {
    if (padded.length != length) {
      throw new MalformedInputException("padded to another length");
    }
    List<Cbor> parts = Cbor.decode(padded).asArray(2);
    for (byte b : parts.get(1).asBytes()) {
      if (b != 0) {
        throw new MalformedInputException("padding is not zero");
      }
    }
    return parts.get(0).asBytes();
  }
}
