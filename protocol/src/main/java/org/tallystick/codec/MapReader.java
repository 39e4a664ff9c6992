package org.tallystick.codec;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the members of a CBOR map by integer key and, with {@link #end()}, refuses any member that
 * was not asked for.
 *
 * <p>Each method throws {@link MalformedInputException} if the member is missing, has another type
 * or lies outside its limits.
 */
public final class MapReader {
  private final Cbor.Map map;
  private final boolean[] read;

  private MapReader(Cbor.Map map) {
    this.map = map;
    this.read = new boolean[map.entries().size()];
  }

  /** Starts to read a map. */
  public static MapReader of(Cbor map) {
    if (map instanceof Cbor.Map entries) {
      return new MapReader(entries);
    }
    throw new MalformedInputException("expected a map");
  }

  /** Returns an integer. */
  public long integer(long key) {
    return integer(key, Long.MIN_VALUE, Long.MAX_VALUE);
  }

  /** Returns an integer from {@code min} to {@code max}, both included. */
  public long integer(long key, long min, long max) {
    long value = value(key).asLong();
    if (value < min || value > max) {
      throw new MalformedInputException("member " + key + " is out of range");
    }
    return value;
  }

  /** Returns a byte string of exactly this length. */
  public byte[] bytes(long key, int exactLength) {
    return bytes(key, exactLength, exactLength);
  }

  /** Returns a byte string of {@code min} to {@code max} bytes. */
  public byte[] bytes(long key, int min, int max) {
    byte[] value = value(key).asBytes();
    if (value.length < min || value.length > max) {
      throw new MalformedInputException("member " + key + " has " + value.length + " bytes");
    }
    return value;
  }

  /** Returns a text of at most {@code maxChars} UTF-16 code units. */
  public String text(long key, int maxChars) {
    return value(key).asText(maxChars);
  }

  /** Returns a text that must be this one. */
  public String text(long key, String expected) {
    String value = text(key, expected.length());
    if (!value.equals(expected)) {
      throw new MalformedInputException("member " + key + " is another text than expected");
    }
    return value;
  }

  /** Returns a boolean. */
  public boolean bool(long key) {
    return value(key).asBool();
  }

  /** Returns a member of any type. */
  public Cbor value(long key) {
    Cbor value = find(key);
    if (value == null) {
      throw new MalformedInputException("member " + key + " is missing");
    }
    return value;
  }

  /** Returns a member that may be absent. */
  public Optional<Cbor> optional(long key) {
    return Optional.ofNullable(find(key));
  }

  private @Nullable Cbor find(long key) {
    for (int at = last(key); at >= 0; at--) {
      Cbor.Entry entry = map.entries().get(at);
      if (entry.key() instanceof Cbor.Int number && number.value() == key) {
        read[at] = true;
        return entry.value();
      }
    }
    return null;
  }

  /** The last place where a key can be: 0, 1, 2 … come first and ascend, none of them twice. */
  private int last(long key) {
    int end = read.length - 1;
    return key >= 0 && key < end ? (int) key : end;
  }

  /**
   * Ends the reading.
   *
   * @throws MalformedInputException if the map has a member that was not read
   */
  public void end() {
    for (boolean seen : read) {
      if (!seen) {
        throw new MalformedInputException("unknown member");
      }
    }
  }
}
