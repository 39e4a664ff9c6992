package org.tallystick.ledger;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.tallystick.crypto.Sha256;

/**
 * Ids of journal entries that follow from what caused them, so that the same cause always has the
 * same id and causes of different kinds never share one.
 */
public final class EntryId {
  private static final byte[] ZERO = {0};

  private EntryId() {}

  /** The id for a cause: the first 16 bytes of a tagged SHA-256, marked as UUID version 8. */
  public static UUID of(String kind, String cause) {
    byte[] hash =
        Sha256.of(
            "tallystick/entry/v1".getBytes(StandardCharsets.UTF_8),
            ZERO,
            kind.getBytes(StandardCharsets.UTF_8),
            ZERO,
            cause.getBytes(StandardCharsets.UTF_8));
    ByteBuffer words = ByteBuffer.wrap(hash);
    long high = (words.getLong() & 0xFFFF_FFFF_FFFF_0FFFL) | 0x8000L;
    long low = (words.getLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
    return new UUID(high, low);
  }
}
