package org.tallystick.codec;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/**
 * Reads the deterministic encoding of RFC 8949, 4.2.1 and nothing else.
 *
 * <p>A declared length or count is compared with the bytes that are left before anything is
 * allocated, so memory is bounded by the input.
 */
final class CborReader {
  static final int UNSIGNED = 0;
  static final int NEGATIVE = 1;
  static final int BYTES = 2;
  static final int TEXT = 3;
  static final int ARRAY = 4;
  static final int MAP = 5;
  static final int TAG = 6;

  static final int FALSE = 0xF4;
  static final int TRUE = 0xF5;
  static final int NULL = 0xF6;

  private static final char REPLACEMENT = '\uFFFD';

  /** 0, 1, 2 …, made once: map keys above all. */
  private static final Cbor[] SMALL =
      LongStream.range(0, 32).mapToObj(Cbor.Int::new).toArray(Cbor[]::new);

  private final byte[] input;
  private int position;

  private CborReader(byte[] input) {
    this.input = input;
  }

  static Cbor read(byte[] bytes, int maxBytes) {
    if (bytes.length > maxBytes) {
      throw new MalformedInputException(bytes.length + " bytes, at most " + maxBytes + " allowed");
    }
    CborReader reader = new CborReader(bytes);
    Cbor item = reader.item(0);
    if (reader.position != bytes.length) {
      throw new MalformedInputException("bytes after the end of the item");
    }
    return item;
  }

  private Cbor item(int depth) {
    int first = octet();
    return switch (first >>> 5) {
      case UNSIGNED -> integer(argument(first));
      case NEGATIVE -> new Cbor.Int(~argument(first));
      case BYTES -> new Cbor.Bytes(content(first));
      case TEXT -> new Cbor.Text(text(content(first)));
      case ARRAY -> array(first, deeper(depth));
      case MAP -> map(first, deeper(depth));
      case TAG -> throw new MalformedInputException("tags are not allowed");
      default -> simple(first);
    };
  }

  private Cbor array(int first, int depth) {
    int count = count(first, 1);
    Cbor[] items = new Cbor[count];
    for (int i = 0; i < count; i++) {
      items[i] = item(depth);
    }
    return new Cbor.Array(List.of(items));
  }

  private Cbor map(int first, int depth) {
    int count = count(first, 2);
    Cbor.Entry[] entries = new Cbor.Entry[count];
    for (int i = 0; i < count; i++) {
      entries[i] = new Cbor.Entry(item(depth), item(depth));
    }
    return new Cbor.Map(List.of(entries));
  }

  private static Cbor integer(long value) {
    return value < SMALL.length ? SMALL[(int) value] : new Cbor.Int(value);
  }

  private static Cbor simple(int first) {
    return switch (first) {
      case FALSE -> new Cbor.Bool(false);
      case TRUE -> new Cbor.Bool(true);
      case NULL -> Cbor.NULL;
      default -> throw new MalformedInputException("floats and other simple values are refused");
    };
  }

  private static int deeper(int depth) {
    if (depth == Cbor.MAX_DEPTH) {
      throw new MalformedInputException("nested deeper than " + Cbor.MAX_DEPTH);
    }
    return depth + 1;
  }

  /** Returns a count of members that each need at least {@code minBytes}, if they can be there. */
  private int count(int first, int minBytes) {
    long count = argument(first);
    if (count > (input.length - position) / minBytes) {
      throw new MalformedInputException("more members declared than bytes left");
    }
    return (int) count;
  }

  private byte[] content(int first) {
    int length = count(first, 1);
    byte[] content = Arrays.copyOfRange(input, position, position + length);
    position += length;
    return content;
  }

  private static String text(byte[] content) {
    String text = new String(content, StandardCharsets.UTF_8);
    if (text.indexOf(REPLACEMENT) < 0) {
      return text;
    }
    try { // it was there, or it stands for what is not UTF-8
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
    } catch (CharacterCodingException e) {
      MalformedInputException refusal = new MalformedInputException("text is not valid UTF-8");
      refusal.initCause(e);
      throw refusal;
    }
  }

  /** Returns the argument of a head, 0 … 2⁶³−1, if it stands in its shortest form. */
  private long argument(int first) {
    int info = first & 0x1F;
    if (info < 24) {
      return info;
    }
    if (info > 27) {
      throw new MalformedInputException("indefinite length or reserved head");
    }
    int size = 1 << (info - 24);
    long value = 0;
    for (int i = 0; i < size; i++) {
      value = value << 8 | octet();
    }
    if (value < 0) {
      throw new MalformedInputException("integer outside the signed 64 bit range");
    }
    long leastOfThisSize = size == 1 ? 24 : 1L << (4 * size);
    if (value < leastOfThisSize) {
      throw new MalformedInputException("number not in its shortest form");
    }
    return value;
  }

  private int octet() {
    if (position == input.length) {
      throw new MalformedInputException("input ends inside an item");
    }
    return input[position++] & 0xFF;
  }
}
