package org.tallystick.code;

import org.jspecify.annotations.Nullable;
import org.tallystick.codec.Cbor;
import org.tallystick.codec.MapReader;

/**
 * What the bank needs to decide and evidence never shows. Salted, so that its digest in the signed
 * map tells nothing.
 *
 * <p>Source: docs/PROTOCOL.md section 5, private map; TSE-06, TSE-09.
 *
 * @param salt 16 bytes
 * @param pinProof 32 bytes or null
 * @param shorthand wallet shorthand or null
 * @param bindingValue account binding value, 16 bytes
 */
public record PrivateMap(
    byte[] salt, byte @Nullable [] pinProof, @Nullable String shorthand, byte[] bindingValue) {
  /** Longest wallet shorthand, characters. */
  public static final int MAX_SHORTHAND = 32;

  /** Deterministic CBOR map. */
  public byte[] encode() {
    return Cbor.map()
        .put(1, Cbor.of(salt))
        .put(2, pinProof == null ? Cbor.NULL : Cbor.of(pinProof))
        .put(3, shorthand == null ? Cbor.NULL : Cbor.of(shorthand))
        .put(4, Cbor.of(bindingValue))
        .build()
        .encode();
  }

  /** Strict inverse of {@link #encode}. */
  public static PrivateMap decode(byte[] bytes) {
    MapReader map = MapReader.of(Cbor.decode(bytes, 512));
    Cbor proof = map.value(2);
    Cbor shorthand = map.value(3);
    PrivateMap result =
        new PrivateMap(
            map.bytes(1, 16),
            proof.isNull() ? null : proof.asBytes(32),
            shorthand.isNull() ? null : shorthand.asText(MAX_SHORTHAND),
            map.bytes(4, 16));
    map.end();
    return result;
  }

  @Override
  public String toString() {
    return "PrivateMap[...]";
  }
}
