package org.tallystick.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.tallystick.codec.MalformedInputException;
import org.tallystick.crypto.Sha256;
import org.tallystick.enrolment.BindingRecord;
import org.tallystick.evidence.EvidenceBundle;
import org.tallystick.evidence.EvidenceSide;
import org.tallystick.format.SignatureRefusedException;
import org.tallystick.format.Suite;
import org.tallystick.keys.BankKeySet;
import org.tallystick.tree.Checkpoint;
import org.tallystick.tree.MerkleProof;
import org.tallystick.tree.MerkleTree;
import org.tallystick.tree.SignedCheckpoint;
import org.tallystick.tree.Subtree;

/** Checks of section 9.1: the tree over all logs, its proofs, its checkpoints. */
final class CheckpointChecks {
  static final Map<String, Consumer<VectorReader>> GOOD =
      Map.of(
          "leaf", CheckpointChecks::leaf,
          "tree", CheckpointChecks::tree,
          "checkpoint", v -> v.same("payload", checkpoint(v).encode()),
          "evidence-in-tree", CheckpointChecks::evidence);

  static final Map<String, Function<VectorReader, String>> BAD =
      Map.of(
          "inclusion-bad", v -> answer(included(v)),
          "consistency-bad", v -> answer(consistent(v)),
          "checkpoint-bad", CheckpointChecks::refusal);

  private CheckpointChecks() {}

  private static List<byte[]> hashes(VectorReader v, String member) {
    List<byte[]> hashes = new ArrayList<>();
    v.node().required(member).forEach(hash -> hashes.add(HexFormat.of().parseHex(hash.asText())));
    return hashes;
  }

  private static void leaf(VectorReader v) {
    v.same("leafHash", MerkleTree.leafHash(v.hex("deviceId"), v.integer("index"), v.hex("head")));
  }

  private static void tree(VectorReader v) {
    List<byte[]> leaves = hashes(v, "leafHashes");
    List<byte[]> roots = hashes(v, "roots");
    int size = leaves.size();
    byte[] root = roots.get(size - 1);
    Map<Subtree, byte[]> known = new HashMap<>();
    MerkleTree tree = new MerkleTree(wanted -> known);
    known.putAll(tree.grow(0, leaves).subtrees());
    for (int at = 0; at < size; at++) {
      assertThat(tree.root(at + 1L)).isEqualTo(roots.get(at));
      List<byte[]> inclusion = part(v, "inclusions", at);
      assertThat(tree.inclusion(at, size)).containsExactlyElementsOf(inclusion);
      assertThat(MerkleProof.includes(leaves.get(at), at, size, inclusion, root)).isTrue();
      List<byte[]> consistency = part(v, "consistencies", at);
      assertThat(tree.consistency(at + 1L, size)).containsExactlyElementsOf(consistency);
      assertThat(MerkleProof.consistent(at + 1L, roots.get(at), size, root, consistency)).isTrue();
    }
  }

  private static List<byte[]> part(VectorReader v, String member, int at) {
    List<byte[]> hashes = new ArrayList<>();
    v.node()
        .required(member)
        .required(at)
        .forEach(hash -> hashes.add(HexFormat.of().parseHex(hash.asText())));
    return hashes;
  }

  private static boolean included(VectorReader v) {
    return MerkleProof.includes(
        v.hex("leafHash"),
        v.integer("position"),
        v.integer("size"),
        hashes(v, "proof"),
        v.hex("root"));
  }

  private static boolean consistent(VectorReader v) {
    return MerkleProof.consistent(
        v.integer("from"),
        v.hex("rootBefore"),
        v.integer("size"),
        v.hex("root"),
        hashes(v, "proof"));
  }

  private static String answer(boolean holds) {
    return holds ? "accepted" : "proof";
  }

  private static Checkpoint checkpoint(VectorReader v) {
    BankKeySet keys = BankKeySet.verify(v.hex("keySet"), v.key("rootPublic"), v.text("consortium"));
    return Checkpoint.verify(
        new SignedCheckpoint(v.hex("checkpoint"), v.hexOrNull("checkpoint2")),
        v.suite(),
        keys,
        Sha256.of(v.hex("rootPublic")));
  }

  private static String refusal(VectorReader v) {
    try {
      checkpoint(v);
      return "accepted";
    } catch (SignatureRefusedException refused) {
      return "signature";
    } catch (MalformedInputException refused) {
      return "malformed";
    }
  }

  private static void evidence(VectorReader v) {
    EvidenceBundle bundle = EvidenceBundle.decode(v.hex("bundle"));
    v.same("bundle", bundle.encode());
    BankKeySet keys = BankKeySet.verify(bundle.keySet(), v.key("rootPublic"), bundle.consortium());
    assertThat(bundle.checkpoint()).isNotNull();
    Checkpoint checkpoint =
        Checkpoint.verify(bundle.checkpoint(), Suite.HYBRID, keys, Sha256.of(v.hex("rootPublic")));
    for (EvidenceSide side : bundle.sides()) {
      byte[] deviceId = BindingRecord.verify(side.bindingRecord(), keys).deviceId();
      byte[] leaf = MerkleTree.leafHash(deviceId, side.line().index(), side.line().head());
      assertThat(side.inclusion()).isNotNull();
      assertThat(side.inclusion().holds(leaf, checkpoint)).isTrue();
    }
  }
}
