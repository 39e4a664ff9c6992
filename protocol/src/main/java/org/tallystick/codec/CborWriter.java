package org.tallystick.codec;

import java.nio.charset.StandardCharsets;

/** Writes the deterministic encoding of RFC 8949, 4.2.1: measures first, then fills one array. */
final class CborWriter {
  private final byte[] output;
  private int position;

  private CborWriter(int length) {
    this.output = new byte[length];
  }

  static byte[] write(Cbor item) {
    CborWriter writer = new CborWriter(length(item, 0));
    writer.item(item);
    return writer.output;
  }

  private static int length(Cbor item, int depth) {
    if (item instanceof Cbor.Int integer) {
      return headLength(argument(integer.value()));
    } else if (item instanceof Cbor.Bytes bytes) {
      return stringLength(bytes.value().length);
    } else if (item instanceof Cbor.Text text) {
      return stringLength(utf8Length(text.value()));
    } else if (item instanceof Cbor.Array array) {
      int inner = deeper(depth);
      int length = headLength(array.items().size());
      for (int i = 0; i < array.items().size(); i++) {
        length = Math.addExact(length, length(array.items().get(i), inner));
      }
      return length;
    } else if (item instanceof Cbor.Map map) {
      int inner = deeper(depth);
      int length = headLength(map.entries().size());
      for (int i = 0; i < map.entries().size(); i++) {
        Cbor.Entry entry = map.entries().get(i);
        length = Math.addExact(length, length(entry.key(), inner));
        length = Math.addExact(length, length(entry.value(), inner));
      }
      return length;
    }
    return 1;
  }

  private static int deeper(int depth) {
    if (depth == Cbor.MAX_DEPTH) {
      throw new IllegalStateException("value nested deeper than " + Cbor.MAX_DEPTH);
    }
    return depth + 1;
  }

  private static int stringLength(int contentLength) {
    return Math.addExact(headLength(contentLength), contentLength);
  }

  /** Texts have whole surrogate pairs only: four bytes for two characters. */
  private static int utf8Length(String text) {
    int length = text.length();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= 0x80) {
        length += c < 0x800 || Character.isSurrogate(c) ? 1 : 2;
      }
    }
    return length;
  }

  /** What the head of an integer carries: −1 − n for negative n. */
  private static long argument(long value) {
    return value < 0 ? ~value : value;
  }

  private static int headLength(long argument) {
    return argument < 24 ? 1 : 1 + (1 << sizeLog2(argument));
  }

  private static int sizeLog2(long argument) {
    return argument <= 0xFF ? 0 : argument <= 0xFFFF ? 1 : argument <= 0xFFFF_FFFFL ? 2 : 3;
  }

  private void item(Cbor item) {
    if (item instanceof Cbor.Int integer) {
      long value = integer.value();
      head(value < 0 ? CborReader.NEGATIVE : CborReader.UNSIGNED, argument(value));
    } else if (item instanceof Cbor.Bytes bytes) {
      string(CborReader.BYTES, bytes.value());
    } else if (item instanceof Cbor.Text text) {
      string(CborReader.TEXT, text.value().getBytes(StandardCharsets.UTF_8));
    } else if (item instanceof Cbor.Array array) {
      head(CborReader.ARRAY, array.items().size());
      for (int i = 0; i < array.items().size(); i++) {
        item(array.items().get(i));
      }
    } else if (item instanceof Cbor.Map map) {
      head(CborReader.MAP, map.entries().size());
      for (int i = 0; i < map.entries().size(); i++) {
        item(map.entries().get(i).key());
        item(map.entries().get(i).value());
      }
    } else if (item instanceof Cbor.Bool bool) {
      octet(bool.value() ? CborReader.TRUE : CborReader.FALSE);
    } else {
      octet(CborReader.NULL);
    }
  }

  private void string(int major, byte[] content) {
    head(major, content.length);
    System.arraycopy(content, 0, output, position, content.length);
    position += content.length;
  }

  private void head(int major, long argument) {
    int first = major << 5;
    if (argument < 24) {
      octet(first | (int) argument);
      return;
    }
    int sizeLog2 = sizeLog2(argument);
    octet(first | (24 + sizeLog2));
    for (int shift = (8 << sizeLog2) - 8; shift >= 0; shift -= 8) {
      octet((int) (argument >>> shift));
    }
  }

  private void octet(int value) {
    output[position++] = (byte) value;
  }
}
