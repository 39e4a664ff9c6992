package org.tallystick.tree;

import org.jspecify.annotations.Nullable;
import org.tallystick.codec.Cbor;
import org.tallystick.codec.MapReader;

/**
 * A checkpoint as the bank has signed it; evidence of what it said.
 *
 * <p>Shape in evidence: {1: checkpoint, 2: second checkpoint or absent}.
 *
 * @param sign1 COSE_Sign1 by ES256
 * @param second COSE_Sign1 by ML-DSA-65 over the same payload; null where there is none
 */
public record SignedCheckpoint(byte[] sign1, byte @Nullable [] second) {
  /** As item of a message. */
  public Cbor.Map toCbor() {
    return Cbor.map()
        .put(1, Cbor.of(sign1))
        .putIfPresent(2, second == null ? null : Cbor.of(second))
        .build();
  }

  /** Strict inverse of {@link #toCbor}. */
  public static SignedCheckpoint of(Cbor item) {
    MapReader map = MapReader.of(item);
    SignedCheckpoint signed =
        new SignedCheckpoint(
            map.bytes(1, 64, Checkpoint.MAX_LENGTH),
            map.optional(2).isPresent() ? map.bytes(2, 64, Checkpoint.MAX_LENGTH) : null);
    map.end();
    return signed;
  }

  /** What it says, unchecked; for who has checked it before. */
  public Checkpoint unchecked() {
    return Checkpoint.unchecked(sign1);
  }
}
