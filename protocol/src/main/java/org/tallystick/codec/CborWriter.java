package org.tallystick.codec;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes the deterministic encoding of RFC 8949, 4.2.1 into a growing buffer. */
final class CborWriter {
  private static final int FIRST_CAPACITY_BYTES = 256;

  private byte[] buffer = new byte[FIRST_CAPACITY_BYTES];
  private int length;

  private CborWriter() {}

  static byte[] write(Cbor item) {
    CborWriter writer = new CborWriter();
    writer.item(item, 0);
    return Arrays.copyOf(writer.buffer, writer.length);
  }

  private void item(Cbor item, int depth) {
    if (item instanceof Cbor.Int integer) {
      long value = integer.value();
      head(value < 0 ? CborReader.NEGATIVE : CborReader.UNSIGNED, value < 0 ? ~value : value);
    } else if (item instanceof Cbor.Bytes bytes) {
      string(CborReader.BYTES, bytes.value());
    } else if (item instanceof Cbor.Text text) {
      string(CborReader.TEXT, text.value().getBytes(StandardCharsets.UTF_8));
    } else if (item instanceof Cbor.Array array) {
      int inner = deeper(depth);
      head(CborReader.ARRAY, array.items().size());
      for (Cbor member : array.items()) {
        item(member, inner);
      }
    } else if (item instanceof Cbor.Map map) {
      int inner = deeper(depth);
      head(CborReader.MAP, map.entries().size());
      for (Cbor.Entry entry : map.entries()) {
        item(entry.key(), inner);
        item(entry.value(), inner);
      }
    } else if (item instanceof Cbor.Bool bool) {
      octet(bool.value() ? CborReader.TRUE : CborReader.FALSE);
    } else {
      octet(CborReader.NULL);
    }
  }

  private static int deeper(int depth) {
    if (depth == Cbor.MAX_DEPTH) {
      throw new IllegalStateException("value nested deeper than " + Cbor.MAX_DEPTH);
    }
    return depth + 1;
  }

  private void string(int major, byte[] content) {
    head(major, content.length);
    reserve(content.length);
    System.arraycopy(content, 0, buffer, length, content.length);
    length += content.length;
  }

  private void head(int major, long argument) {
    int first = major << 5;
    if (argument < 24) {
      octet(first | (int) argument);
      return;
    }
    int sizeLog2 = argument <= 0xFF ? 0 : argument <= 0xFFFF ? 1 : argument <= 0xFFFF_FFFFL ? 2 : 3;
    octet(first | (24 + sizeLog2));
    for (int shift = (8 << sizeLog2) - 8; shift >= 0; shift -= 8) {
      octet((int) (argument >>> shift));
    }
  }

  private void octet(int value) {
    reserve(1);
    buffer[length++] = (byte) value;
  }

  private void reserve(int more) {
    int needed = Math.addExact(length, more);
    if (needed > buffer.length) {
      buffer = Arrays.copyOf(buffer, Math.max(needed, 2 * buffer.length));
    }
  }
}
