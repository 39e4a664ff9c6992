package org.tallystick.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tallystick.crypto.TestFolders.hex;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.EnabledIf;
import org.tallystick.codec.MalformedInputException;

/**
 * Wycheproof (C2SP) for the two algorithms of suite 2.
 *
 * <p>ML-DSA vectors with another context than the empty one are left out: the protocol has no other
 * context.
 */
@Tag("foreign")
@EnabledIf(
    value = "org.tallystick.crypto.TestFolders#wycheproofIsThere",
    disabledReason = "../shared/data/wycheproof is not there: Wycheproof vectors were left out")
class PostQuantumWycheproofVectorsTest {
  private static final int ML_KEM_VECTORS = 193;
  private static final int ML_DSA_VECTORS = 210;
  private static final int ML_DSA_WITH_CONTEXT = 7;

  @TestFactory
  List<DynamicTest> mlKem() {
    List<DynamicTest> tests = new ArrayList<>();
    for (JsonNode group : groups("mlkem_768_test.json")) {
      for (JsonNode vector : group.required("tests")) {
        tests.add(DynamicTest.dynamicTest(name(vector), () -> kem(vector)));
      }
    }
    assertThat(tests).hasSize(ML_KEM_VECTORS);
    return tests;
  }

  private static void kem(JsonNode vector) {
    byte[] ciphertext = hex(vector, "c");
    if (!valid(vector)) {
      assertThatThrownBy(
              () -> {
                try (MlKemKey key = MlKemKey.ofSeed(hex(vector, "seed"))) {
                  key.decapsulate(ciphertext);
                }
              })
          .isInstanceOf(MalformedInputException.class);
      return;
    }
    try (MlKemKey key = MlKemKey.ofSeed(hex(vector, "seed"));
        Secret secret = key.decapsulate(ciphertext)) {
      assertThat(key.encapsulationKey()).isEqualTo(hex(vector, "ek"));
      assertThat(secret.reveal()).isEqualTo(hex(vector, "K"));
    }
  }

  @TestFactory
  List<DynamicTest> mlDsa() {
    List<DynamicTest> tests = new ArrayList<>();
    List<JsonNode> withContext = new ArrayList<>();
    int all = 0;
    for (JsonNode group : groups("mldsa_65_verify_test.json")) {
      for (JsonNode vector : group.required("tests")) {
        all++;
        if (vector.path("ctx").asText().isEmpty()) {
          tests.add(DynamicTest.dynamicTest(name(vector), () -> signature(group, vector)));
        } else {
          withContext.add(vector);
        }
      }
    }
    assertThat(all).isEqualTo(ML_DSA_VECTORS);
    assertThat(withContext).hasSize(ML_DSA_WITH_CONTEXT);
    return tests;
  }

  private static void signature(JsonNode group, JsonNode vector) {
    byte[] key = hex(group, "publicKey");
    if (key.length != SignatureAlgorithm.ML_DSA_65.publicKeyLength()) {
      assertThat(valid(vector)).isFalse();
      assertThatThrownBy(() -> MlDsaVerificationKey.of(key))
          .isInstanceOf(MalformedInputException.class);
      return;
    }
    assertThat(MlDsaVerificationKey.of(key).verify(hex(vector, "msg"), hex(vector, "sig")))
        .isEqualTo(valid(vector));
  }

  private static JsonNode groups(String file) {
    return TestFolders.json(TestFolders.foreign("wycheproof").resolve(file)).required("testGroups");
  }

  private static String name(JsonNode vector) {
    return vector.required("tcId").asText() + " " + vector.path("comment").asText();
  }

  private static boolean valid(JsonNode vector) {
    return vector.required("result").asText().equals("valid");
  }
}
