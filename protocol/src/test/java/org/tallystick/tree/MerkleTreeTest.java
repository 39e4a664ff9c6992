package org.tallystick.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The tree against the words of RFC 9162, for every size up to 64. */
class MerkleTreeTest {
  private static final int SIZES = 64;
  private static final HexFormat HEX = HexFormat.of();

  /** Keeps what was added, and counts how it is asked. */
  private static final class Kept implements SubtreeHashes {
    private final Map<Subtree, byte[]> all = new HashMap<>();
    private int reads;
    private int rows;

    @Override
    public Map<Subtree, byte[]> read(Collection<Subtree> subtrees) {
      reads++;
      rows += subtrees.size();
      Map<Subtree, byte[]> found = new HashMap<>();
      for (Subtree subtree : subtrees) {
        if (all.containsKey(subtree)) {
          found.put(subtree, all.get(subtree));
        }
      }
      return found;
    }
  }

  private final Kept kept = new Kept();
  private final MerkleTree tree = new MerkleTree(kept);
  private final List<byte[]> leaves = leaves(SIZES);

  private static List<byte[]> leaves(int count) {
    List<byte[]> leaves = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      leaves.add(MerkleTree.leafHash(ByteBuffer.allocate(4).putInt(i).array()));
    }
    return leaves;
  }

  private void grow(int from, int to) {
    kept.all.putAll(tree.grow(from, leaves.subList(from, to)).subtrees());
  }

  @Test
  void grow_byAnyStep_hasTheRootOfTheRfc() {
    for (int step = 1; step <= SIZES; step++) {
      kept.all.clear();
      for (int from = 0; from < SIZES; from += step) {
        int to = Math.min(SIZES, from + step);
        MerkleTree.Growth growth = tree.grow(from, leaves.subList(from, to));
        assertThat(growth.root()).isEqualTo(NaiveTree.root(leaves.subList(0, to)));
        assertThat(growth.size()).isEqualTo(to);
        kept.all.putAll(growth.subtrees());
      }
    }
  }

  @Test
  void root_ofEachSize_isThatOfTheRfc() {
    grow(0, SIZES);
    for (int size = 0; size <= SIZES; size++) {
      assertThat(tree.root(size)).isEqualTo(NaiveTree.root(leaves.subList(0, size)));
    }
  }

  @Test
  void inclusion_ofEachLeafInEachSize_isThatOfTheRfcAndHolds() {
    grow(0, SIZES);
    for (int size = 1; size <= SIZES; size++) {
      byte[] root = tree.root(size);
      for (int at = 0; at < size; at++) {
        List<byte[]> proof = tree.inclusion(at, size);
        assertThat(proof).containsExactlyElementsOf(NaiveTree.path(at, leaves.subList(0, size)));
        assertThat(MerkleProof.includes(leaves.get(at), at, size, proof, root)).isTrue();
      }
    }
  }

  @Test
  void inclusion_forAnyOtherPlaceOrSize_doesNotHold() {
    grow(0, SIZES);
    for (int size = 1; size <= 20; size++) {
      byte[] root = tree.root(size);
      for (int at = 0; at < size; at++) {
        List<byte[]> proof = tree.inclusion(at, size);
        for (int other = -1; other <= size; other++) {
          assertThat(MerkleProof.includes(leaves.get(at), other, size, proof, root))
              .as("%s of %s as %s", at, size, other)
              .isEqualTo(other == at);
        }
        for (int leaf = 0; leaf < size; leaf++) {
          assertThat(MerkleProof.includes(leaves.get(leaf), at, size, proof, root))
              .isEqualTo(leaf == at);
        }
      }
    }
  }

  @Test
  void consistency_ofEachPairOfSizes_isThatOfTheRfcAndHolds() {
    grow(0, SIZES);
    for (int size = 1; size <= SIZES; size++) {
      byte[] root = tree.root(size);
      for (int before = 1; before <= size; before++) {
        List<byte[]> proof = tree.consistency(before, size);
        assertThat(proof)
            .containsExactlyElementsOf(
                NaiveTree.consistency(before, leaves.subList(0, size), true));
        assertThat(MerkleProof.consistent(before, tree.root(before), size, root, proof)).isTrue();
      }
    }
  }

  @Test
  void consistency_forAnotherBeginning_doesNotHold() {
    grow(0, SIZES);
    byte[] root = tree.root(SIZES);
    for (int before = 1; before <= SIZES; before++) {
      List<byte[]> proof = tree.consistency(before, SIZES);
      List<byte[]> forked = new ArrayList<>(leaves.subList(0, before));
      forked.set(before / 2, MerkleTree.leafHash(new byte[] {9}));
      byte[] other = NaiveTree.root(forked);
      assertThat(MerkleProof.consistent(before, other, SIZES, root, proof)).isFalse();
      for (int claimed = 0; claimed <= SIZES + 1; claimed++) {
        if (claimed != before) {
          assertThat(MerkleProof.consistent(claimed, tree.root(before), SIZES, root, proof))
              .as("%s as %s", before, claimed)
              .isFalse();
        }
      }
    }
  }

  @Test
  void proofs_eachBitFlippedAndEachHashMissingOrMore_doNotHold() {
    grow(0, SIZES);
    for (int size : new int[] {2, 3, 7, 8, 13, 64}) {
      byte[] root = tree.root(size);
      for (int at : new int[] {0, size / 2, size - 1}) {
        List<byte[]> proof = tree.inclusion(at, size);
        for (List<byte[]> broken : broken(proof)) {
          assertThat(MerkleProof.includes(leaves.get(at), at, size, broken, root)).isFalse();
        }
        for (byte[] flipped : flipped(root)) {
          assertThat(MerkleProof.includes(leaves.get(at), at, size, proof, flipped)).isFalse();
        }
        for (byte[] flipped : flipped(leaves.get(at))) {
          assertThat(MerkleProof.includes(flipped, at, size, proof, root)).isFalse();
        }
        int before = at + 1;
        byte[] rootBefore = tree.root(before);
        List<byte[]> consistency = tree.consistency(before, size);
        for (List<byte[]> broken : broken(consistency)) {
          assertThat(MerkleProof.consistent(before, rootBefore, size, root, broken)).isFalse();
        }
        for (byte[] flipped : flipped(root)) {
          assertThat(MerkleProof.consistent(before, rootBefore, size, flipped, consistency))
              .isFalse();
        }
        for (byte[] flipped : flipped(rootBefore)) {
          assertThat(MerkleProof.consistent(before, flipped, size, root, consistency)).isFalse();
        }
      }
    }
  }

  private static List<byte[]> flipped(byte[] hash) {
    List<byte[]> all = new ArrayList<>();
    for (int bit = 0; bit < 8 * hash.length; bit++) {
      byte[] one = hash.clone();
      one[bit / 8] ^= (byte) (1 << bit % 8);
      all.add(one);
    }
    return all;
  }

  private static List<List<byte[]>> broken(List<byte[]> proof) {
    List<List<byte[]>> all = new ArrayList<>();
    for (int i = 0; i < proof.size(); i++) {
      for (byte[] flipped : flipped(proof.get(i))) {
        List<byte[]> one = new ArrayList<>(proof);
        one.set(i, flipped);
        all.add(one);
      }
      List<byte[]> missing = new ArrayList<>(proof);
      missing.remove(i);
      all.add(missing);
      if (i > 0) {
        List<byte[]> swapped = new ArrayList<>(proof);
        swapped.set(i, proof.get(i - 1));
        swapped.set(i - 1, proof.get(i));
        all.add(swapped);
      }
    }
    List<byte[]> more = new ArrayList<>(proof);
    more.add(new byte[MerkleTree.HASH_LENGTH]);
    all.add(more);
    return all;
  }

  @Test
  void inclusion_ofWhatIsNotThere_isRefused() {
    grow(0, SIZES);
    assertThatThrownBy(() -> tree.inclusion(3, 3)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> tree.inclusion(-1, 3)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> tree.consistency(0, 3)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> tree.consistency(4, 3)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> tree.root(SIZES + 1)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void proofs_ofALargeTree_areOneReadOfFewRows() {
    List<byte[]> many = leaves(10_001);
    kept.all.putAll(tree.grow(0, many).subtrees());
    kept.reads = 0;
    kept.rows = 0;
    tree.inclusion(4_321, 10_001);
    assertThat(kept.reads).isEqualTo(1);
    tree.consistency(777, 10_001);
    tree.grow(10_001, leaves(1));
    assertThat(kept.reads).isEqualTo(3);
    assertThat(kept.rows).isLessThan(3 * 2 * 14);
  }

  /** The reference tree of certificate transparency's own tests: eight inputs, and what follows. */
  @Test
  void referenceTree_ofRfc6962_rootsAndProofsAreThePublishedOnes() {
    List<byte[]> inputs =
        List.of(
                "",
                "00",
                "10",
                "2021",
                "3031",
                "40414243",
                "5051525354555657",
                "606162636465666768696a6b6c6d6e6f")
            .stream()
            .map(hex -> MerkleTree.leafHash(HEX.parseHex(hex)))
            .toList();
    List<String> roots =
        List.of(
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
            "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
            "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
            "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
            "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");
    kept.all.putAll(tree.grow(0, inputs).subtrees());
    for (int size = 1; size <= 8; size++) {
      assertThat(HEX.formatHex(tree.root(size))).isEqualTo(roots.get(size - 1));
    }
    assertThat(HEX.formatHex(tree.root(0)))
        .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    assertThat(hex(tree.inclusion(0, 8)))
        .containsExactly(
            "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4");
    assertThat(hex(tree.inclusion(5, 8)))
        .containsExactly(
            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
            "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7");
    assertThat(hex(tree.inclusion(2, 3)))
        .containsExactly("fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125");
    assertThat(hex(tree.inclusion(1, 5)))
        .containsExactly(
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b");
    assertThat(tree.consistency(1, 1)).isEmpty();
    assertThat(hex(tree.consistency(1, 8)))
        .containsExactly(
            "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4");
    assertThat(hex(tree.consistency(6, 8)))
        .containsExactly(
            "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
            "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7");
    assertThat(hex(tree.consistency(2, 5)))
        .containsExactly(
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b");
  }

  private static List<String> hex(List<byte[]> hashes) {
    return hashes.stream().map(HEX::formatHex).toList();
  }
}
