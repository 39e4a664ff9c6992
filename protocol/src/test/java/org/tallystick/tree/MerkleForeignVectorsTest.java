package org.tallystick.tree;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.EnabledIf;
import org.tallystick.crypto.TestFolders;

/**
 * The proofs of transparency-dev/merkle: every good one holds, every named corruption does not.
 *
 * <p>Decision on the rest: a consistency proof from the empty tree says nothing, so size 0 is
 * refused whatever the file wants. Proofs for subtrees are no part of RFC 9162.
 */
@Tag("foreign")
@EnabledIf(
    value = "org.tallystick.crypto.TestFolders#merkleIsThere",
    disabledReason = "../shared/data/merkle is not there: the proofs of others were left out")
class MerkleForeignVectorsTest {
  private static final int INCLUSION_FILES = 98;
  private static final int CONSISTENCY_FILES = 98;

  @TestFactory
  Stream<DynamicTest> inclusion() {
    return files("inclusion").stream()
        .map(
            file ->
                DynamicTest.dynamicTest(
                    file.toString(),
                    () -> {
                      JsonNode vector = TestFolders.json(file);
                      assertThat(
                              MerkleProof.includes(
                                  bytes(vector, "leafHash"),
                                  vector.required("leafIdx").asLong(),
                                  vector.required("treeSize").asLong(),
                                  proof(vector),
                                  bytes(vector, "root")))
                          .isEqualTo(!vector.required("wantErr").asBoolean());
                    }));
  }

  @TestFactory
  Stream<DynamicTest> consistency() {
    return files("consistency").stream()
        .map(
            file ->
                DynamicTest.dynamicTest(
                    file.toString(),
                    () -> {
                      JsonNode vector = TestFolders.json(file);
                      long before = vector.required("size1").asLong();
                      assertThat(
                              MerkleProof.consistent(
                                  before,
                                  bytes(vector, "root1"),
                                  vector.required("size2").asLong(),
                                  bytes(vector, "root2"),
                                  proof(vector)))
                          .isEqualTo(before > 0 && !vector.required("wantErr").asBoolean());
                    }));
  }

  @Test
  void folders_haveAllFiles() {
    assertThat(files("inclusion")).hasSize(INCLUSION_FILES);
    assertThat(files("consistency")).hasSize(CONSISTENCY_FILES);
  }

  private static List<Path> files(String kind) {
    try (Stream<Path> found = Files.walk(TestFolders.foreign("merkle/testdata").resolve(kind))) {
      return found.filter(file -> file.toString().endsWith(".json")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] bytes(JsonNode vector, String member) {
    return Base64.getDecoder().decode(vector.required(member).asText(""));
  }

  private static List<byte[]> proof(JsonNode vector) {
    List<byte[]> hashes = new ArrayList<>();
    for (JsonNode hash : vector.required("proof")) {
      hashes.add(Base64.getDecoder().decode(hash.asText()));
    }
    return hashes;
  }
}
