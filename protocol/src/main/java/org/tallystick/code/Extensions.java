package org.tallystick.code;

import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.tallystick.codec.Cbor;
import org.tallystick.codec.MalformedInputException;

/**
 * What a half says beyond the fixed fields. A bank that does not know a critical one refuses the
 * half (O10); any other that it does not know it ignores, and keeps as evidence.
 *
 * <p>Source: docs/PROTOCOL.md section 5, signed map 23 and 24.
 *
 * @param critical by name
 * @param other by name
 */
public record Extensions(SortedMap<String, byte[]> critical, SortedMap<String, byte[]> other) {
  /** Most entries of each. */
  public static final int MAX_ENTRIES = 4;

  /** Longest name, characters. */
  public static final int MAX_NAME = 16;

  /** Longest value, bytes. */
  public static final int MAX_VALUE = 64;

  /** No extensions. */
  public static final Extensions NONE = new Extensions(new TreeMap<>(), new TreeMap<>());

  /** Checks the limits. */
  public Extensions {
    check(critical);
    check(other);
  }

  /** Whether there are none. */
  public boolean isEmpty() {
    return critical.isEmpty() && other.isEmpty();
  }

  /** One extension that is not critical. */
  public static Extensions of(String name, byte[] value) {
    TreeMap<String, byte[]> other = new TreeMap<>();
    other.put(name, value);
    return new Extensions(new TreeMap<>(), other);
  }

  private static void check(SortedMap<String, byte[]> entries) {
    if (entries.size() > MAX_ENTRIES) {
      throw new MalformedInputException("over 4 extensions");
    }
    entries.forEach(
        (name, value) -> {
          if (name.isEmpty() || name.length() > MAX_NAME || value.length > MAX_VALUE) {
            throw new MalformedInputException("name or value of an extension is too long");
          }
        });
  }

  /** Member of the signed map; absent when empty. */
  static @Nullable Cbor toCbor(SortedMap<String, byte[]> entries) {
    if (entries.isEmpty()) {
      return null;
    }
    Cbor.MapBuilder map = Cbor.map();
    entries.forEach((name, value) -> map.put(name, Cbor.of(value)));
    return map.build();
  }

  static SortedMap<String, byte[]> of(Cbor item) {
    TreeMap<String, byte[]> entries = new TreeMap<>();
    if (item instanceof Cbor.Map map) {
      for (Cbor.Entry entry : map.entries()) {
        entries.put(entry.key().asText(MAX_NAME), entry.value().asBytes());
      }
    }
    if (entries.isEmpty()) {
      throw new MalformedInputException("extensions are a map that is not empty");
    }
    return entries;
  }
}
