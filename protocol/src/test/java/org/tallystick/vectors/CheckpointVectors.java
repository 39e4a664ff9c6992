package org.tallystick.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.tallystick.codec.Cbor;
import org.tallystick.codec.MalformedInputException;
import org.tallystick.crypto.MessageSigner;
import org.tallystick.crypto.MlDsaSigningKey;
import org.tallystick.crypto.Sha256;
import org.tallystick.crypto.SigningKey;
import org.tallystick.enrolment.BindingRecord;
import org.tallystick.evidence.EvidenceBundle;
import org.tallystick.evidence.EvidenceSide;
import org.tallystick.format.SignatureRefusedException;
import org.tallystick.format.Signed;
import org.tallystick.format.Suite;
import org.tallystick.keys.BankKey;
import org.tallystick.keys.BankKeySet;
import org.tallystick.tree.Checkpoint;
import org.tallystick.tree.Inclusion;
import org.tallystick.tree.MerkleProof;
import org.tallystick.tree.MerkleTree;
import org.tallystick.tree.SignedCheckpoint;
import org.tallystick.tree.Subtree;

/** Section 9.1: the tree over all logs, its proofs and checkpoints, and such as do not hold. */
final class CheckpointVectors {
  static final Map<String, Consumer<VectorReader>> GOOD =
      Map.of(
          "leaf", CheckpointVectors::leaf,
          "tree", CheckpointVectors::tree,
          "checkpoint", v -> v.same("payload", checkpoint(v).encode()),
          "evidence-in-tree", CheckpointVectors::evidence);

  static final Map<String, Function<VectorReader, String>> BAD =
      Map.of(
          "inclusion-bad", v -> answer(included(v)),
          "consistency-bad", v -> answer(consistent(v)),
          "checkpoint-bad", CheckpointVectors::refusal);

  private static final int LEAVES = 8;
  private static final String SIGNATURE = "signature";
  private static final String MALFORMED = "malformed";

  private final ExamplePayment payment;
  private final SigningKey key = Fixed.signing("bank checkpoint key");
  private final MlDsaSigningKey second =
      MlDsaSigningKey.ofSeed(Fixed.bytes("bank ML-DSA checkpoint key", 32));
  private final byte[] keySet;
  private final byte[] fingerprint;
  private final Map<Subtree, byte[]> hashes = new HashMap<>();
  private final MerkleTree tree = new MerkleTree(wanted -> hashes);
  private final List<byte[]> leaves = new ArrayList<>();
  private final List<JsonNode> all = new ArrayList<>();

  private CheckpointVectors(ExamplePayment payment) {
    this.payment = payment;
    this.keySet = keySet().sign(payment.bank.root);
    this.fingerprint = Sha256.of(payment.bank.rootPublic());
    for (ExamplePayment.Side side : List.of(payment.payerSide, payment.payeeSide)) {
      leaves.add(
          MerkleTree.leafHash(
              side.half().party.binding.deviceId(), side.line().index(), side.line().head()));
    }
    while (leaves.size() < LEAVES) {
      leaves.add(
          MerkleTree.leafHash(
              Fixed.bytes("device of a leaf", 16),
              leaves.size(),
              Fixed.bytes("head " + leaves.size(), 32)));
    }
    hashes.putAll(tree.grow(0, leaves).subtrees());
  }

  static List<JsonNode> all(ExamplePayment payment) {
    return new CheckpointVectors(payment).made();
  }

  /** That of the example, and two keys more. */
  private BankKeySet keySet() {
    BankKeySet before =
        BankKeySet.verify(
            payment.bank.keySet, payment.bank.root.verificationKey(), ExampleBank.CONSORTIUM);
    List<BankKey> keys = new ArrayList<>(before.keys());
    for (MessageSigner signer : List.of(key, second)) {
      keys.add(
          new BankKey(
              BankKey.CHECKPOINT,
              signer.verificationKey(),
              Fixed.NOW - 86_400_000,
              Fixed.NOW + 86_400_000L * 365));
    }
    return new BankKeySet(
        before.consortium(),
        before.bankName(),
        2,
        List.copyOf(keys),
        Fixed.NOW,
        0,
        before.minimumSuite());
  }

  private Checkpoint at(long size) {
    return new Checkpoint(
        ExampleBank.CONSORTIUM,
        Checkpoint.origin(ExampleBank.CONSORTIUM, fingerprint),
        size,
        tree.root(size),
        Fixed.NOW + size,
        0);
  }

  private List<JsonNode> made() {
    EvidenceSide side = payment.evidence().sides().get(0);
    all.add(
        Vector.of("leaf", "the payer's log line")
            .hex("deviceId", payment.payerSide.half().party.binding.deviceId())
            .integer("index", side.line().index())
            .hex("head", side.line().head())
            .hex("leafHash", leaves.get(0))
            .node());
    for (int size = 1; size <= LEAVES; size++) {
      all.add(treeOf(size));
    }
    brokenInclusions();
    brokenConsistencies();
    checkpoints();
    bundles();
    return all;
  }

  private static ArrayNode hex(List<byte[]> hashes) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    hashes.forEach(hash -> array.add(HexFormat.of().formatHex(hash)));
    return array;
  }

  private static List<byte[]> hashes(VectorReader v, String member) {
    List<byte[]> hashes = new ArrayList<>();
    v.node().required(member).forEach(hash -> hashes.add(HexFormat.of().parseHex(hash.asText())));
    return hashes;
  }

  private JsonNode treeOf(int size) {
    ArrayNode inclusions = JsonNodeFactory.instance.arrayNode();
    ArrayNode consistencies = JsonNodeFactory.instance.arrayNode();
    for (int at = 0; at < size; at++) {
      inclusions.add(hex(tree.inclusion(at, size)));
      consistencies.add(hex(tree.consistency(at + 1L, size)));
    }
    ArrayNode roots = JsonNodeFactory.instance.arrayNode();
    for (int before = 1; before <= size; before++) {
      roots.add(HexFormat.of().formatHex(tree.root(before)));
    }
    return Vector.of("tree", size + " leaves")
        .json("leafHashes", hex(leaves.subList(0, size)))
        .json("roots", roots)
        .json("inclusions", inclusions)
        .json("consistencies", consistencies)
        .node();
  }

  private void badInclusion(String name, int position, int size, int leaf, List<byte[]> proof) {
    all.add(
        Vector.of("inclusion-bad", name)
            .hex("leafHash", leaves.get(leaf))
            .integer("position", position)
            .integer("size", size)
            .hex("root", tree.root(Math.max(1, Math.min(size, LEAVES))))
            .json("proof", hex(proof))
            .refused("proof"));
  }

  private static List<byte[]> with(List<byte[]> proof, int at, byte @Nullable [] hash) {
    List<byte[]> other = new ArrayList<>(proof);
    if (hash == null) {
      other.remove(at);
    } else if (at < other.size()) {
      other.set(at, hash);
    } else {
      other.add(hash);
    }
    return other;
  }

  private void brokenInclusions() {
    List<byte[]> proof = tree.inclusion(2, 7);
    badInclusion("another leaf", 2, 7, 3, proof);
    badInclusion("another position", 3, 7, 2, proof);
    badInclusion("position beyond the tree", 7, 7, 2, proof);
    badInclusion("a smaller tree", 2, 6, 2, proof);
    badInclusion("a larger tree", 2, 8, 2, proof);
    badInclusion("first hash flipped", 2, 7, 2, with(proof, 0, Cose.flipped(proof.get(0), 0)));
    badInclusion("last hash flipped", 2, 7, 2, with(proof, 2, Cose.flipped(proof.get(2), -1)));
    badInclusion("last hash missing", 2, 7, 2, with(proof, 2, null));
    badInclusion("one hash more", 2, 7, 2, with(proof, 3, new byte[32]));
    badInclusion("no hash", 2, 7, 2, List.of());
    badInclusion("the only leaf and a hash", 0, 1, 0, List.of(leaves.get(0)));
  }

  private void badConsistency(
      String name, int from, byte[] rootBefore, int size, byte[] root, List<byte[]> proof) {
    all.add(
        Vector.of("consistency-bad", name)
            .integer("from", from)
            .hex("rootBefore", rootBefore)
            .integer("size", size)
            .hex("root", root)
            .json("proof", hex(proof))
            .refused("proof"));
  }

  private void brokenConsistencies() {
    for (int from : new int[] {3, 4}) {
      List<byte[]> proof = tree.consistency(from, 7);
      byte[] before = tree.root(from);
      byte[] root = tree.root(7);
      int last = proof.size() - 1;
      String of = "from " + from + ": ";
      badConsistency(of + "another beginning", from, tree.root(2), 7, root, proof);
      badConsistency(of + "another tree", from, before, 7, tree.root(8), proof);
      badConsistency(of + "from one less", from - 1, before, 7, root, proof);
      badConsistency(of + "from one more", from + 1, before, 7, root, proof);
      badConsistency(of + "from 0", 0, before, 7, root, proof);
      badConsistency(of + "backwards", 7, root, from, before, proof);
      badConsistency(of + "hash flipped", from, before, 7, root, with(proof, last, before.clone()));
      badConsistency(of + "hash missing", from, before, 7, root, with(proof, last, null));
      badConsistency(
          of + "one hash more", from, before, 7, root, with(proof, proof.size(), new byte[32]));
      badConsistency(of + "no hash", from, before, 7, root, List.of());
    }
    badConsistency("equal sizes, other roots", 4, tree.root(4), 4, tree.root(5), List.of());
    badConsistency(
        "equal sizes and a hash", 4, tree.root(4), 4, tree.root(4), List.of(leaves.get(0)));
  }

  private Vector context(Vector vector, Suite suite, byte[] sign1, byte @Nullable [] second) {
    return vector
        .suite(suite)
        .text("consortium", ExampleBank.CONSORTIUM)
        .hex("rootPublic", payment.bank.rootPublic())
        .hex("keySet", keySet)
        .hex("checkpoint", sign1)
        .hex("checkpoint2", second);
  }

  private void badCheckpoint(String name, byte[] sign1, String refusal) {
    all.add(
        context(Vector.of("checkpoint-bad", name), Suite.CLASSIC, sign1, null).refused(refusal));
  }

  private void bad2(String name, byte @Nullable [] second, Suite suite, String refusal) {
    all.add(
        context(Vector.of("checkpoint-bad", name), suite, at(7).sign(key), second)
            .refused(refusal));
  }

  private byte[] signed(SigningKey by, String type, Cbor payload) {
    return Signed.sign(by, type, Suite.CLASSIC, ExampleBank.CONSORTIUM, payload.encode());
  }

  private void changed(String name, long member, @Nullable Cbor value, String refusal) {
    Cbor.Map payload = (Cbor.Map) Cbor.decode(at(7).encode());
    badCheckpoint(name, signed(key, "checkpoint", Cose.with(payload, member, value)), refusal);
  }

  private void body(String name, String body) {
    changed(name, 3, Cbor.of(body), MALFORMED);
  }

  private void checkpoints() {
    Checkpoint seven = at(7);
    for (Suite suite : Suite.values()) {
      boolean both = suite == Suite.HYBRID;
      all.add(
          context(
                  Vector.of("checkpoint", "for a device of suite " + suite.value()),
                  suite,
                  seven.sign(key),
                  both ? seven.sign(second) : null)
              .hex("payload", seven.encode())
              .text("body", seven.body())
              .text("origin", seven.origin())
              .integer("size", seven.size())
              .hex("root", seven.root())
              .integer("time", seven.timeMillis())
              .integer("recoveryEpoch", seven.recoveryEpoch())
              .node());
    }
    bad2("suite 2 without a second signature", null, Suite.HYBRID, SIGNATURE);
    bad2("suite 1 with a second signature", seven.sign(second), Suite.CLASSIC, SIGNATURE);
    bad2("second signature over another payload", at(6).sign(second), Suite.HYBRID, SIGNATURE);
    bad2("second signature flipped", Cose.flipped(seven.sign(second), -1), Suite.HYBRID, SIGNATURE);
    byte[] good = seven.sign(key);
    badCheckpoint("last byte of the signature flipped", Cose.flipped(good, -1), SIGNATURE);
    badCheckpoint("high s", Cose.highS(good), SIGNATURE);
    badCheckpoint("trailing byte", Cose.with(good, 0), MALFORMED);
    badCheckpoint("signed by the answer key", seven.sign(payment.bank.answer), SIGNATURE);
    Cbor payload = Cbor.decode(seven.encode());
    badCheckpoint("typ ts/receipt", signed(key, "receipt", payload), SIGNATURE);
    byte[] early =
        new Checkpoint("TL", seven.origin(), 7, seven.root(), Fixed.NOW - 172_800_000, 0).sign(key);
    badCheckpoint("before its key was valid", early, SIGNATURE);
    String line = seven.origin() + "\n7\n";
    String root = seven.body().substring(line.length());
    changed("another consortium", 2, Cbor.of("TM"), MALFORMED);
    changed("negative time", 4, Cbor.of(-1), MALFORMED);
    changed("no recovery epoch", 5, null, MALFORMED);
    changed("unknown key", 6, Cbor.of(0), MALFORMED);
    body("another origin", seven.body().replace("tallystick/TL", "tallystick/TM"));
    body("origin without a fingerprint", "tallystick/TL/\n7\n" + root);
    body("no origin", "\n7\n" + root);
    body("size with a zero before", seven.origin() + "\n07\n" + root);
    body("size 0", seven.origin() + "\n0\n" + root);
    body("size beyond 2^63", seven.origin() + "\n9223372036854775808\n" + root);
    body("size with a sign", seven.origin() + "\n+7\n" + root);
    body("no line feed at the end", line + root.strip());
    body("an extension line", line + root + "more\n");
    body("line ends of two characters", (line + root).replace("\n", "\r\n"));
    body("root without padding", line + root.replace("=", ""));
    body("root of 31 bytes", line + "A".repeat(40) + "AA==\n");
    body("root with spare bits", line + "A".repeat(42) + "B=\n");
    body("root in base64url", line + "-" + "A".repeat(42) + "=\n");
  }

  private void bundles() {
    EvidenceBundle plain = payment.evidence();
    Checkpoint seven = at(7);
    List<EvidenceSide> sides = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      sides.add(plain.sides().get(i).in(new Inclusion(i, tree.inclusion(i, 7))));
    }
    EvidenceBundle bundle =
        new EvidenceBundle(
            plain.consortium(),
            keySet,
            plain.number(),
            sides,
            plain.bill(),
            new SignedCheckpoint(seven.sign(key), seven.sign(second)));
    all.add(
        Vector.of("evidence-in-tree", "both lines are in the tree")
            .hex("rootPublic", payment.bank.rootPublic())
            .hex("bundle", bundle.encode())
            .node());
    Cbor.Map map = (Cbor.Map) Cbor.decode(bundle.encode(), EvidenceBundle.MAX_LENGTH);
    badBundle("inclusions without a checkpoint", Cose.with(map, 7, null));
    Cbor.Map without = (Cbor.Map) Cbor.decode(plain.encode(), EvidenceBundle.MAX_LENGTH);
    badBundle(
        "a checkpoint without inclusions",
        Cose.with(without, 7, new SignedCheckpoint(seven.sign(key), null).toCbor()));
    badBundle(
        "a checkpoint with an unknown key",
        Cose.with(map, 7, Cbor.map().put(3, Cbor.of(0)).build()));
  }

  private void badBundle(String name, Cbor bundle) {
    all.add(Vector.of("evidence-bad", name).hex("bundle", bundle.encode()).refused(MALFORMED));
  }

  // ------------------------------------------------------------------------------- checks

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
      return SIGNATURE;
    } catch (MalformedInputException refused) {
      return MALFORMED;
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
