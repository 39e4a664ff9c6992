package org.tallystick.launcher.privacy;

import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import java.util.TreeSet;

/**
 * Whether what a provider got from two visits of one user shares a value that two visits of
 * different users do not share.
 *
 * <p>A value is any run of four bytes, at any offset, of anything that the provider received,
 * stored or was shown; base64 is given to it decoded as well. The visits stand in the order A, B,
 * C, A: whatever grows with time (clock, counters) and is equal in the first and the last is then
 * equal in those between, so it is no link.
 */
public final class LinkSearch {
  /** Bytes of a value. */
  public static final int VALUE = 4;

  private LinkSearch() {}

  /**
   * Values, in hex, that stand in both visits of one user and not in both of the others.
   *
   * @param one everything of the first visit of user A
   * @param two everything of the second visit of user A
   * @param other everything of a visit of user B
   * @param another everything of a visit of user C
   */
  public static Set<String> links(
      Iterable<byte[]> one,
      Iterable<byte[]> two,
      Iterable<byte[]> other,
      Iterable<byte[]> another) {
    Set<Integer> same = values(one);
    same.retainAll(values(two));
    Set<Integer> different = values(other);
    different.retainAll(values(another));
    same.removeAll(different);
    Set<String> links = new TreeSet<>();
    for (int value : same) {
      links.add(HexFormat.of().formatHex(ByteBuffer.allocate(VALUE).putInt(value).array()));
    }
    return links;
  }

  /** Those of the values, in hex, that stand in a further visit too. */
  public static Set<String> kept(Set<String> suspects, Iterable<byte[]> further) {
    Set<Integer> there = values(further);
    Set<String> kept = new TreeSet<>(suspects);
    kept.removeIf(hex -> !there.contains(HexFormat.fromHexDigits(hex)));
    return kept;
  }

  private static Set<Integer> values(Iterable<byte[]> pieces) {
    Set<Integer> values = new HashSet<>();
    for (byte[] piece : pieces) {
      ByteBuffer buffer = ByteBuffer.wrap(piece);
      for (int i = 0; i + VALUE <= piece.length; i++) {
        values.add(buffer.getInt(i));
      }
    }
    return values;
  }
}
