package org.tallystick.tree;

import java.util.List;
import org.tallystick.codec.Cbor;
import org.tallystick.codec.MalformedInputException;

/**
 * Where a leaf stands in the tree of a checkpoint, and why that is so.
 *
 * <p>Shape in evidence: {@code [position, [hash (32 bytes) …]]}.
 *
 * @param position from 0
 * @param proof hashes from the leaf up to the root, RFC 9162, 2.1.3.1
 */
public record Inclusion(long position, List<byte[]> proof) {
  /** As item of a message. */
  public Cbor toCbor() {
    return Cbor.array(
        Cbor.of(position), Cbor.array(proof.stream().map(hash -> Cbor.of(hash)).toList()));
  }

  /** Strict inverse of {@link #toCbor}. */
  public static Inclusion of(Cbor item) {
    List<Cbor> parts = item.asArray(2);
    List<byte[]> proof = parts.get(1).asArray().stream().map(Cbor::asBytes).toList();
    return new Inclusion(parts.get(0).asLong(), hashes(proof));
  }

  /**
   * Refuses what is no proof by its form alone.
   *
   * @throws MalformedInputException if there are too many hashes, or one has another length
   */
  public static List<byte[]> hashes(List<byte[]> proof) {
    if (proof.size() > MerkleProof.MAX_HASHES
        || proof.stream().anyMatch(hash -> hash.length != MerkleTree.HASH_LENGTH)) {
      throw new MalformedInputException("not a proof of hashes");
    }
    return proof;
  }

  /** Whether the leaf is there in the tree that a checkpoint names. */
  public boolean holds(byte[] leafHash, Checkpoint checkpoint) {
    return MerkleProof.includes(leafHash, position, checkpoint.size(), proof, checkpoint.root());
  }
}
