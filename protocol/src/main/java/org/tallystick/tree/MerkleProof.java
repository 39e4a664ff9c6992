package org.tallystick.tree;

import java.util.Arrays;
import java.util.List;

/**
 * Checks what {@link MerkleTree} proves; needs no storage, so a device or an auditor does it alone.
 *
 * <p>Source: docs/PROTOCOL.md section 9.1; RFC 9162, 2.1.3.2 and 2.1.4.2.
 */
public final class MerkleProof {
  /** Most hashes of a proof: one for each level of a tree of 2^63 leaves, and one more. */
  public static final int MAX_HASHES = 64;

  private MerkleProof() {}

  /**
   * Whether a leaf is at {@code position} of the tree of {@code size} leaves under {@code root}.
   */
  public static boolean includes(
      byte[] leafHash, long position, long size, List<byte[]> proof, byte[] root) {
    if (position < 0 || position >= size || leafHash.length != MerkleTree.HASH_LENGTH) {
      return false;
    }
    long fn = position;
    long sn = size - 1;
    byte[] hash = leafHash;
    for (byte[] sibling : proof) {
      if (sn == 0) {
        return false;
      }
      if (fn % 2 == 1 || fn == sn) {
        hash = MerkleTree.nodeHash(sibling, hash);
        int levels = Long.numberOfTrailingZeros(fn);
        // where fn is 0 it equals sn, which the loop has refused
        fn >>= levels + 1;
        sn >>= levels + 1;
      } else {
        hash = MerkleTree.nodeHash(hash, sibling);
        fn >>= 1;
        sn >>= 1;
      }
    }
    return sn == 0 && Arrays.equals(hash, root);
  }

  /** Whether the tree of {@code before} leaves is the beginning of that of {@code size} leaves. */
  public static boolean consistent(
      long before, byte[] rootBefore, long size, byte[] root, List<byte[]> proof) {
    if (before < 1 || before > size) {
      return false;
    }
    if (before == size) {
      return proof.isEmpty() && Arrays.equals(rootBefore, root);
    }
    boolean wholeSubtree = Long.bitCount(before) == 1;
    if (proof.isEmpty() && !wholeSubtree) {
      return false;
    }
    int full = Long.numberOfTrailingZeros(before);
    long fn = (before - 1) >> full;
    long sn = (size - 1) >> full;
    byte[] first = wholeSubtree ? rootBefore : proof.get(0);
    byte[] older = first;
    byte[] newer = first;
    for (byte[] sibling : proof.subList(wholeSubtree ? 0 : 1, proof.size())) {
      if (sn == 0) {
        return false;
      }
      if (fn % 2 == 1 || fn == sn) {
        older = MerkleTree.nodeHash(sibling, older);
        newer = MerkleTree.nodeHash(sibling, newer);
        int levels = Long.numberOfTrailingZeros(fn);
        fn >>= levels + 1;
        sn >>= levels + 1;
      } else {
        newer = MerkleTree.nodeHash(newer, sibling);
        fn >>= 1;
        sn >>= 1;
      }
    }
    return sn == 0 && Arrays.equals(older, rootBefore) && Arrays.equals(newer, root);
  }
}
