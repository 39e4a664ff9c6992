package org.tallystick.tree;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tallystick.codec.Cbor;
import org.tallystick.crypto.Sha256;

/**
 * The tree as the bank has it: grows at its right end only, and proves that it did.
 *
 * <p>Every answer is made from the hashes of O(log n) full subtrees, read at once.
 *
 * <p>Source: docs/PROTOCOL.md section 9.1; RFC 9162, 2.1.
 */
public final class MerkleTree {
  /** Bytes of each hash. */
  public static final int HASH_LENGTH = 32;

  private static final byte[] LEAF = {0};
  private static final byte[] NODE = {1};

  private final SubtreeHashes hashes;

  /** A tree over stored hashes. */
  public MerkleTree(SubtreeHashes hashes) {
    this.hashes = hashes;
  }

  /**
   * What new leaves add.
   *
   * @param subtrees that have become full, the leaves among them, to be stored
   * @param size of the tree then
   * @param root of the tree then
   */
  public record Growth(Map<Subtree, byte[]> subtrees, long size, byte[] root) {}

  /** Leaves {@code from} to {@code to − 1}, a part of the tree whose hash is asked for. */
  private record Range(long from, long to) {
    List<Subtree> parts() {
      return Subtree.of(from, to);
    }
  }

  /** H(00 ‖ data). */
  public static byte[] leafHash(byte[] data) {
    return Sha256.of(LEAF, data);
  }

  /**
   * The leaf of a line of a device's log: H(00 ‖ cbor["tallystick leaf", device id, i, head(i)]).
   */
  public static byte[] leafHash(byte[] deviceId, long index, byte[] head) {
    return leafHash(
        Cbor.array(Cbor.of("tallystick leaf"), Cbor.of(deviceId), Cbor.of(index), Cbor.of(head))
            .encode());
  }

  /** H(01 ‖ left ‖ right). */
  static byte[] nodeHash(byte[] left, byte[] right) {
    return Sha256.of(NODE, left, right);
  }

  /** The root over the first {@code size} leaves; of none, H of nothing. */
  public byte[] root(long size) {
    return size == 0 ? Sha256.of() : hashes(List.of(new Range(0, size))).get(0);
  }

  /**
   * What follows when leaves are put to the right of the first {@code size}.
   *
   * @param leaves their hashes, in order
   */
  public Growth grow(long size, List<byte[]> leaves) {
    Map<Subtree, byte[]> known = new HashMap<>(read(Subtree.of(0, size)));
    Map<Subtree, byte[]> added = new LinkedHashMap<>();
    long position = size;
    for (byte[] leaf : leaves) {
      Subtree at = new Subtree(0, position++);
      byte[] hash = leaf;
      added.put(at, hash);
      known.put(at, hash);
      while (at.isRight()) {
        hash = nodeHash(of(known, at.left()), hash);
        at = at.parent();
        added.put(at, hash);
        known.put(at, hash);
      }
    }
    byte[] root = position == 0 ? Sha256.of() : fold(Subtree.of(0, position), known);
    return new Growth(added, position, root);
  }

  /**
   * Proves that a leaf is in the tree of the first {@code size}; RFC 9162, 2.1.3.1.
   *
   * @return hashes from the leaf up to the root
   */
  public List<byte[]> inclusion(long position, long size) {
    if (position < 0 || position >= size) {
      throw new IllegalArgumentException("no such leaf in a tree of that size");
    }
    List<Range> path = new ArrayList<>();
    long from = 0;
    long to = size;
    while (to - from > 1) {
      long middle = from + split(to - from);
      if (position < middle) {
        path.add(0, new Range(middle, to));
        to = middle;
      } else {
        path.add(0, new Range(from, middle));
        from = middle;
      }
    }
    return hashes(path);
  }

  /**
   * Proves that the tree of the first {@code size} leaves has that of the first {@code before} as
   * its beginning; RFC 9162, 2.1.4.1.
   */
  public List<byte[]> consistency(long before, long size) {
    if (before < 1 || before > size) {
      throw new IllegalArgumentException("no tree of that size came before");
    }
    List<Range> path = new ArrayList<>();
    long from = 0;
    long to = size;
    while (before < to) {
      long middle = from + split(to - from);
      if (before <= middle) {
        path.add(0, new Range(middle, to));
        to = middle;
      } else {
        path.add(0, new Range(from, middle));
        from = middle;
      }
    }
    if (from > 0) {
      // otherwise it is the earlier tree itself, whose root the verifier has
      path.add(0, new Range(from, to));
    }
    return hashes(path);
  }

  /** The largest power of two below n. */
  private static long split(long n) {
    return Long.highestOneBit(n - 1);
  }

  private List<byte[]> hashes(List<Range> ranges) {
    List<Subtree> wanted = ranges.stream().flatMap(range -> range.parts().stream()).toList();
    Map<Subtree, byte[]> known = read(wanted);
    return ranges.stream().map(range -> fold(range.parts(), known)).toList();
  }

  private Map<Subtree, byte[]> read(List<Subtree> wanted) {
    return wanted.isEmpty() ? Map.of() : hashes.read(wanted);
  }

  private static byte[] fold(List<Subtree> parts, Map<Subtree, byte[]> known) {
    byte[] hash = of(known, parts.get(parts.size() - 1));
    for (int i = parts.size() - 2; i >= 0; i--) {
      hash = nodeHash(of(known, parts.get(i)), hash);
    }
    return hash;
  }

  private static byte[] of(Map<Subtree, byte[]> known, Subtree subtree) {
    byte[] hash = known.get(subtree);
    if (hash == null) {
      throw new IllegalStateException("the tree lacks " + subtree);
    }
    return hash;
  }
}
