package org.tallystick.pairing;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.tallystick.codec.Base64Url;

/**
 * What two halves must have in common to meet (P1). Ordered, so that everybody inserts in one
 * order.
 *
 * @param consortium two letters
 * @param number transaction number, text
 * @param billHash 32 bytes
 */
public record SlotKey(String consortium, String number, byte[] billHash)
    implements Comparable<SlotKey> {
  private static final Comparator<SlotKey> ORDER =
      Comparator.comparing(SlotKey::number)
          .thenComparing(SlotKey::consortium)
          .thenComparing(SlotKey::billHash, Arrays::compareUnsigned);

  /** As it stands in the ids of what follows from the slot. */
  public String text() {
    return consortium + "/" + number + "/" + Base64Url.encode(billHash);
  }

  @Override
  public int compareTo(SlotKey other) {
    return ORDER.compare(this, other);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof SlotKey key
        && consortium.equals(key.consortium)
        && number.equals(key.number)
        && Arrays.equals(billHash, key.billHash);
  }

  @Override
  public int hashCode() {
    return Objects.hash(consortium, number, Arrays.hashCode(billHash));
  }
}
