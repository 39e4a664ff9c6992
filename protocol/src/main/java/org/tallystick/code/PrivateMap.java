package org.tallystick.code;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.tallystick.codec.Cbor;
import org.tallystick.codec.MalformedInputException;
import org.tallystick.codec.MapReader;
import org.tallystick.pin.Level;

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
 * @param loyaltyId 1 to 32 printable ASCII characters, or null
 * @param levelProofs of level PINs, 32 bytes each, by level (1 to 7), at most 3
 */
public record PrivateMap(
    byte[] salt,
    byte @Nullable [] pinProof,
    @Nullable String shorthand,
    byte[] bindingValue,
    @Nullable String loyaltyId,
    SortedMap<Integer, byte[]> levelProofs) {
  /** Longest wallet shorthand, characters. */
  public static final int MAX_SHORTHAND = 32;

  /** Longest wallet shorthand in the compact profile, bytes of its UTF-8 form. */
  public static final int MAX_COMPACT_SHORTHAND = 8;

  /** Longest loyalty id, characters. */
  public static final int MAX_LOYALTY_ID = 32;

  /** Most level proofs of a half. */
  public static final int MAX_LEVEL_PROOFS = 3;

  /** Checks the additions. */
  public PrivateMap(
      byte[] salt,
      byte @Nullable [] pinProof,
      @Nullable String shorthand,
      byte[] bindingValue,
      @Nullable String loyaltyId,
      SortedMap<Integer, byte[]> levelProofs) {
    if (loyaltyId != null) {
      requireLoyaltyId(loyaltyId);
    }
    if (levelProofs.size() > MAX_LEVEL_PROOFS) {
      throw new MalformedInputException("over 3 level proofs");
    }
    levelProofs.forEach(
        (level, proof) -> {
          Level.require(level);
          if (proof.length != 32) {
            throw new MalformedInputException("level proof has 32 bytes");
          }
        });
    this.salt = salt;
    this.pinProof = pinProof;
    this.shorthand = shorthand;
    this.bindingValue = bindingValue;
    this.loyaltyId = loyaltyId;
    this.levelProofs = Collections.unmodifiableSortedMap(new TreeMap<>(levelProofs));
  }

  /** Refuses what is not 1 to 32 printable ASCII characters. */
  public static void requireLoyaltyId(String text) {
    boolean printable = text.chars().allMatch(c -> c >= ' ' && c <= '~');
    if (text.isEmpty() || text.length() > MAX_LOYALTY_ID || !printable) {
      throw new MalformedInputException("loyalty id is 1 to 32 printable ASCII characters");
    }
  }

  /** Whether the compact profile has room for it. */
  boolean isCompact() {
    return loyaltyId == null
        && levelProofs.isEmpty()
        && (shorthand == null
            || shorthand.getBytes(StandardCharsets.UTF_8).length <= MAX_COMPACT_SHORTHAND);
  }

  /** Deterministic CBOR map. */
  public byte[] encode() {
    return Cbor.map()
        .put(1, Cbor.of(salt))
        .put(2, pinProof == null ? Cbor.NULL : Cbor.of(pinProof))
        .put(3, shorthand == null ? Cbor.NULL : Cbor.of(shorthand))
        .put(4, Cbor.of(bindingValue))
        .putIfPresent(5, loyaltyId == null ? null : Cbor.of(loyaltyId))
        .putIfPresent(6, levelProofs.isEmpty() ? null : toCbor(levelProofs))
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
            map.bytes(4, 16),
            map.optional(5).map(text -> text.asText(MAX_LOYALTY_ID)).orElse(null),
            map.optional(6).map(PrivateMap::levelProofs).orElseGet(TreeMap::new));
    map.end();
    return result;
  }

  private static Cbor toCbor(SortedMap<Integer, byte[]> proofs) {
    Cbor.MapBuilder map = Cbor.map();
    proofs.forEach((level, proof) -> map.put(level, Cbor.of(proof)));
    return map.build();
  }

  private static SortedMap<Integer, byte[]> levelProofs(Cbor item) {
    MapReader map = MapReader.of(item);
    TreeMap<Integer, byte[]> proofs = new TreeMap<>();
    for (int level = 1; level <= Level.HIGHEST; level++) {
      int at = level;
      map.optional(level).ifPresent(proof -> proofs.put(at, proof.asBytes(32)));
    }
    map.end();
    if (proofs.isEmpty()) {
      throw new MalformedInputException("level proofs are 1 to 3 or absent");
    }
    return proofs;
  }

  @Override
  public String toString() {
    return "PrivateMap[...]";
  }
}
