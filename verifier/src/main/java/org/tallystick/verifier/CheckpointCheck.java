package org.tallystick.verifier;

import java.util.ArrayList;
import java.util.List;
import org.tallystick.crypto.Sha256;
import org.tallystick.crypto.SignatureAlgorithm;
import org.tallystick.crypto.VerificationKey;
import org.tallystick.enrolment.BindingRecord;
import org.tallystick.evidence.EvidenceSide;
import org.tallystick.format.Suite;
import org.tallystick.keys.BankKey;
import org.tallystick.keys.BankKeySet;
import org.tallystick.tree.Checkpoint;
import org.tallystick.tree.Inclusion;
import org.tallystick.tree.MerkleTree;
import org.tallystick.tree.SignedCheckpoint;

/**
 * Checks that the log lines of a bundle are in the tree that a checkpoint of the bank names. The
 * head of each line is computed from its columns, never taken from the bundle.
 *
 * <p>Source: docs/PROTOCOL.md sections 9.1 and 12, V8; RFC 9162, 2.1.3.2.
 */
final class CheckpointCheck {
  private final VerificationKey root;
  private final BankKeySet keys;
  private final List<Finding> findings = new ArrayList<>();

  CheckpointCheck(VerificationKey root, BankKeySet keys) {
    this.root = root;
    this.keys = keys;
  }

  /**
   * Runs V8.
   *
   * @param sides as the bundle has them
   * @param bindings of the sides, in the same order, already checked
   */
  List<Finding> check(
      SignedCheckpoint signed, List<EvidenceSide> sides, List<BindingRecord> bindings) {
    String what = "checkpoint is signed by the bank's checkpoint keys";
    try {
      Checkpoint checkpoint = verified(signed);
      findings.add(new Finding("V8", what, true));
      for (int i = 0; i < sides.size(); i++) {
        findings.add(
            new Finding(
                "V8",
                "log line is in the tree of the checkpoint",
                isIn(checkpoint, sides.get(i), bindings.get(i))));
      }
    } catch (IllegalArgumentException refused) {
      findings.add(new Finding("V8", what + " (" + refused.getMessage() + ")", false));
    }
    return List.copyOf(findings);
  }

  /** Where the key set has a key of ML-DSA-65 for checkpoints, both signatures are wanted. */
  private Checkpoint verified(SignedCheckpoint signed) {
    boolean both =
        !keys.valid(
                BankKey.CHECKPOINT, SignatureAlgorithm.ML_DSA_65, signed.unchecked().timeMillis())
            .isEmpty();
    return Checkpoint.verify(
        signed, both ? Suite.HYBRID : Suite.CLASSIC, keys, Sha256.of(root.compressed()));
  }

  private static boolean isIn(Checkpoint checkpoint, EvidenceSide side, BindingRecord binding) {
    Inclusion inclusion = side.inclusion();
    byte[] leaf = MerkleTree.leafHash(binding.deviceId(), side.line().index(), side.line().head());
    return inclusion != null && inclusion.holds(leaf, checkpoint);
  }
}
