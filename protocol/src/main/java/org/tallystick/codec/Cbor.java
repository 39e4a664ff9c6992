package org.tallystick.codec;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A CBOR data item of the protocol's subset: integers of signed 64 bit, byte strings, text strings,
 * arrays, maps with integer or text keys, booleans and null.
 *
 * <p>There is exactly one encoding of a value: core deterministic encoding (shortest heads,
 * definite lengths, map keys sorted bytewise by their encoding). Anything else is refused on input,
 * as are tags, floats, undefined and other simple values, and nesting deeper than {@value
 * #MAX_DEPTH} containers. So two parties that hold equal values hold equal bytes.
 *
 * <p>The {@code as…} methods narrow a value to the expected type and throw {@link
 * MalformedInputException} if it has another.
 *
 * <p>Source: RFC 8949, 4.2.1.
 */
public sealed interface Cbor
    permits Cbor.Int, Cbor.Bytes, Cbor.Text, Cbor.Array, Cbor.Map, Cbor.Bool, Cbor.Null {

  /** Containers inside one another, the outermost counted: enough for every message, no more. */
  int MAX_DEPTH = 6;

  /** Longest input that {@link #decode(byte[])} looks at: 16 KiB. */
  int MAX_BYTES = 16 * 1024;

  /** The null value. */
  Cbor NULL = new Null();

  /** Returns the integer. */
  static Cbor of(long value) {
    return new Int(value);
  }

  /** Returns the byte string; the array is not copied and must not change afterwards. */
  static Cbor of(byte[] value) {
    return new Bytes(value);
  }

  /** Returns the text string; an unpaired surrogate is refused. */
  static Cbor of(String value) {
    return new Text(value);
  }

  /** Returns the boolean. */
  static Cbor of(boolean value) {
    return new Bool(value);
  }

  /** Returns the array of these items. */
  static Cbor array(Cbor... items) {
    return new Array(List.of(items));
  }

  /** Returns the array of these items. */
  static Cbor array(List<Cbor> items) {
    return new Array(items);
  }

  /** Starts a map; members may be put in any order. */
  static MapBuilder map() {
    return new MapBuilder();
  }

  /** Decodes one item that fills {@code bytes}, at most {@value #MAX_BYTES} of them. */
  static Cbor decode(byte[] bytes) {
    return decode(bytes, MAX_BYTES);
  }

  /**
   * Decodes one item that fills {@code bytes}.
   *
   * @throws MalformedInputException if there are more than {@code maxBytes} bytes, or they are not
   *     the deterministic encoding of one value of the subset
   */
  static Cbor decode(byte[] bytes, int maxBytes) {
    return CborReader.read(bytes, maxBytes);
  }

  /**
   * Returns the deterministic encoding.
   *
   * @throws IllegalStateException if the value is nested deeper than {@value #MAX_DEPTH}
   */
  default byte[] encode() {
    return CborWriter.write(this);
  }

  /** Returns the integer. */
  default long asLong() {
    throw wrongType("an integer");
  }

  /** Returns the bytes, not copied. */
  default byte[] asBytes() {
    throw wrongType("a byte string");
  }

  /** Returns the bytes, not copied, if there are exactly so many. */
  default byte[] asBytes(int exactLength) {
    byte[] bytes = asBytes();
    if (bytes.length != exactLength) {
      throw new MalformedInputException(
          "byte string of " + bytes.length + " bytes instead of " + exactLength);
    }
    return bytes;
  }

  /** Returns the text if it has at most so many UTF-16 code units. */
  default String asText(int maxChars) {
    throw wrongType("a text string");
  }

  /** Returns the items, unmodifiable. */
  default List<Cbor> asArray() {
    throw wrongType("an array");
  }

  /** Returns the items, unmodifiable, if there are exactly so many. */
  default List<Cbor> asArray(int exactSize) {
    List<Cbor> items = asArray();
    if (items.size() != exactSize) {
      throw new MalformedInputException(
          "array of " + items.size() + " items instead of " + exactSize);
    }
    return items;
  }

  /** Returns the boolean. */
  default boolean asBool() {
    throw wrongType("a boolean");
  }

  /** Returns whether this is the null value. */
  default boolean isNull() {
    return false;
  }

  private static MalformedInputException wrongType(String expected) {
    return new MalformedInputException("expected " + expected);
  }

  /** An integer, major types 0 and 1. */
  record Int(long value) implements Cbor {
    @Override
    public long asLong() {
      return value;
    }
  }

  /** A byte string, major type 2; equal by content, shown by length only. */
  @SuppressWarnings("ArrayRecordComponent") // not copied on the hot path; equality is by content
  record Bytes(byte[] value) implements Cbor {
    @Override
    public byte[] asBytes() {
      return value;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Bytes bytes && Arrays.equals(value, bytes.value);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(value);
    }

    @Override
    public String toString() {
      return "Bytes(" + value.length + " bytes)";
    }
  }

  /** A text string, major type 3; shown by length only. */
  record Text(String value) implements Cbor {
    /** Refuses unpaired surrogates, which have no UTF-8 form. */
    public Text {
      for (int i = 0; i < value.length(); i++) {
        char c = value.charAt(i);
        if (Character.isSurrogate(c)) {
          boolean paired =
              Character.isHighSurrogate(c)
                  && i + 1 < value.length()
                  && Character.isLowSurrogate(value.charAt(i + 1));
          if (!paired) {
            throw new MalformedInputException("text with an unpaired surrogate");
          }
          i++;
        }
      }
    }

    @Override
    public String asText(int maxChars) {
      if (value.length() > maxChars) {
        throw new MalformedInputException(
            "text of " + value.length() + " characters, at most " + maxChars + " allowed");
      }
      return value;
    }

    @Override
    public String toString() {
      return "Text(" + value.length() + " characters)";
    }
  }

  /** An array, major type 4. */
  record Array(List<Cbor> items) implements Cbor {
    /** Copies the items. */
    public Array {
      items = List.copyOf(items);
    }

    @Override
    public List<Cbor> asArray() {
      return items;
    }
  }

  /** A member of a map; the key is an {@link Int} or a {@link Text}. */
  record Entry(Cbor key, Cbor value) {
    /** The order of RFC 8949, 4.2.1: bytewise by the encoded key. */
    static final Comparator<Entry> ORDER = (a, b) -> compareKeys(a.key, b.key);

    /** Refuses other key types. */
    public Entry {
      if (!(key instanceof Int) && !(key instanceof Text)) {
        throw new MalformedInputException("map key is neither an integer nor a text string");
      }
    }

    private static int compareKeys(Cbor a, Cbor b) {
      if (a instanceof Int x && b instanceof Int y) {
        boolean sameSign = x.value < 0 == y.value < 0;
        // 0, 1, 2, … then −1, −2, …: the head carries −1 − n for negative n
        return sameSign && x.value < 0
            ? Long.compare(y.value, x.value)
            : Long.compareUnsigned(x.value, y.value);
      }
      if (a instanceof Text x && b instanceof Text y) {
        byte[] left = x.value.getBytes(StandardCharsets.UTF_8);
        byte[] right = y.value.getBytes(StandardCharsets.UTF_8);
        int byLength = Integer.compare(left.length, right.length);
        return byLength != 0 ? byLength : Arrays.compareUnsigned(left, right);
      }
      return a instanceof Int ? -1 : 1;
    }
  }

  /** A map, major type 5, its entries in deterministic order without a repeated key. */
  record Map(List<Entry> entries) implements Cbor {
    /** Copies the entries and refuses any other order; {@link Cbor#map()} sorts. */
    public Map {
      entries = List.copyOf(entries);
      for (int i = 1; i < entries.size(); i++) {
        if (Entry.ORDER.compare(entries.get(i - 1), entries.get(i)) >= 0) {
          throw new MalformedInputException("map keys repeated or not in deterministic order");
        }
      }
    }

    /** Returns the member under an integer key. */
    public Optional<Cbor> get(long key) {
      return find(new Int(key));
    }

    /** Returns the member under a text key. */
    public Optional<Cbor> get(String key) {
      return find(new Text(key));
    }

    private Optional<Cbor> find(Cbor key) {
      for (Entry entry : entries) {
        if (entry.key.equals(key)) {
          return Optional.of(entry.value);
        }
      }
      return Optional.empty();
    }
  }

  /** A boolean, simple values 20 and 21. */
  record Bool(boolean value) implements Cbor {
    @Override
    public boolean asBool() {
      return value;
    }
  }

  /**
   * The null value, simple value 22; {@link Cbor#NULL} is the only one.
   *
   * <p>No record: a public constructor would let one thread initialise this class while another
   * initialises the interface, and each would wait for the other.
   */
  final class Null implements Cbor {
    private Null() {}

    @Override
    public boolean isNull() {
      return true;
    }

    @Override
    public String toString() {
      return "Null";
    }
  }

  /** Collects the members of a map in any order. */
  final class MapBuilder {
    /** In deterministic order: mostly that in which they come. */
    private final List<Entry> entries = new ArrayList<>();

    private MapBuilder() {}

    /** Adds a member. */
    public MapBuilder put(long key, Cbor value) {
      return put(new Entry(new Int(key), value));
    }

    /** Adds a member. */
    public MapBuilder put(String key, Cbor value) {
      return put(new Entry(new Text(key), value));
    }

    /** Adds a member. */
    public MapBuilder put(Entry member) {
      int at = entries.size();
      while (at > 0 && Entry.ORDER.compare(entries.get(at - 1), member) > 0) {
        at--;
      }
      entries.add(at, member);
      return this;
    }

    /** Adds a member unless the value is absent. */
    public MapBuilder putIfPresent(long key, @Nullable Cbor value) {
      return value == null ? this : put(key, value);
    }

    /**
     * Returns the map.
     *
     * @throws MalformedInputException if a key was put twice
     */
    public Map build() {
      return new Map(entries);
    }
  }
}
