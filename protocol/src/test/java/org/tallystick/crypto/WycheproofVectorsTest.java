package org.tallystick.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tallystick.crypto.TestFolders.hex;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.bouncycastle.util.BigIntegers;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.EnabledIf;
import org.tallystick.codec.MalformedInputException;

/**
 * Wycheproof (C2SP): every valid vector is accepted with its result, every invalid one refused.
 *
 * <p>Decisions on the rest: ECDH "acceptable" tcId 2, a compressed peer point, is refused, since
 * the protocol sends 65 byte points only; ECDH "valid" vectors with a compressed point do not
 * exist. AES-GCM with other key sizes, or IVs other than 12 bytes, is refused as wrong usage.
 * PBKDF2 passwords are text, so vectors whose password is not UTF-8 cannot be put in.
 */
@Tag("foreign")
@EnabledIf(
    value = "org.tallystick.crypto.TestFolders#wycheproofIsThere",
    disabledReason = "../shared/data/wycheproof is not there: Wycheproof vectors were left out")
class WycheproofVectorsTest {
  @TestFactory
  List<DynamicTest> aesGcm() {
    return vectors(
        "aes_gcm_test.json",
        316,
        (group, vector) -> {
          byte[] key = hex(vector, "key");
          byte[] iv = hex(vector, "iv");
          byte[] aad = hex(vector, "aad");
          byte[] sealed = concat(hex(vector, "ct"), hex(vector, "tag"));
          if (key.length != 32 || iv.length != 12) {
            assertThatThrownBy(() -> AesGcm.open(key, iv, aad, sealed))
                .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> AesGcm.seal(key, iv, aad, new byte[0]))
                .isInstanceOf(IllegalArgumentException.class);
            return;
          }
          Optional<byte[]> opened = AesGcm.open(key, iv, aad, sealed);
          if (valid(vector)) {
            assertThat(opened.orElseThrow()).isEqualTo(hex(vector, "msg"));
            assertThat(AesGcm.seal(key, iv, aad, hex(vector, "msg"))).isEqualTo(sealed);
          } else {
            assertThat(opened).isEmpty();
          }
        });
  }

  @TestFactory
  List<DynamicTest> hkdf() {
    return vectors(
        "hkdf_sha256_test.json",
        86,
        (group, vector) -> {
          byte[] prk = Hkdf.extract(hex(vector, "salt"), hex(vector, "ikm"));
          int size = vector.required("size").asInt();
          if (valid(vector)) {
            assertThat(Hkdf.expand(prk, hex(vector, "info"), size)).isEqualTo(hex(vector, "okm"));
          } else {
            assertThatThrownBy(() -> Hkdf.expand(prk, hex(vector, "info"), size))
                .isInstanceOf(IllegalArgumentException.class);
          }
        });
  }

  @TestFactory
  List<DynamicTest> hmac() {
    return vectors(
        "hmac_sha256_test.json",
        174,
        (group, vector) -> {
          byte[] tag = HmacSha256.of(hex(vector, "key"), hex(vector, "msg"));
          byte[] shortened = Arrays.copyOf(tag, group.required("tagSize").asInt() / 8);
          assertThat(ConstantTime.equal(shortened, hex(vector, "tag"))).isEqualTo(valid(vector));
        });
  }

  @TestFactory
  List<DynamicTest> pbkdf2() {
    List<String> notText = new ArrayList<>();
    List<DynamicTest> tests =
        vectors(
            "pbkdf2_hmacsha256_test.json",
            60,
            (group, vector) -> {
              Optional<char[]> password = utf8(hex(vector, "password"));
              if (password.isEmpty()) {
                assertThat(vector.required("flags").toString()).contains("NonUtf8");
                notText.add(vector.required("tcId").asText());
                return;
              }
              byte[] derived =
                  Pbkdf2.sha256(
                      password.get(),
                      hex(vector, "salt"),
                      vector.required("iterationCount").asInt(),
                      vector.required("dkLen").asInt());
              assertThat(derived).isEqualTo(hex(vector, "dk"));
            });
    tests.add(
        DynamicTest.dynamicTest(
            "passwords that are no text", () -> assertThat(notText).hasSize(NOT_UTF8)));
    return tests;
  }

  private static final int NOT_UTF8 = 17;

  @TestFactory
  List<DynamicTest> ecdsa() {
    return vectors(
        "ecdsa_secp256r1_sha256_p1363_test.json",
        262,
        (group, vector) -> {
          byte[] point = hex(group.required("publicKey"), "uncompressed");
          VerificationKey key = VerificationKey.ofPoint(point);
          assertThat(key.verify(hex(vector, "msg"), hex(vector, "sig"))).isEqualTo(valid(vector));
          VerificationKey again = VerificationKey.ofPoint(key.compressed());
          assertThat(again).isEqualTo(key);
          assertThat(again.verify(hex(vector, "msg"), hex(vector, "sig"))).isEqualTo(valid(vector));
        });
  }

  @TestFactory
  List<DynamicTest> ecdh() {
    return vectors(
        "ecdh_secp256r1_ecpoint_test.json",
        355,
        (group, vector) -> {
          byte[] peer = hex(vector, "public");
          byte[] scalar =
              BigIntegers.asUnsignedByteArray(32, new BigInteger(1, hex(vector, "private")));
          try (EcdhKey key = EcdhKey.ofScalar(scalar)) {
            if (valid(vector)) {
              assertThat(key.agree(peer)).isEqualTo(hex(vector, "shared"));
            } else {
              assertThat(
                      vector.required("result").asText().equals("invalid")
                          || vector.required("tcId").asInt() == 2)
                  .isTrue();
              assertThatThrownBy(() -> key.agree(peer)).isInstanceOf(MalformedInputException.class);
              assertNotAPointUnlessAcceptable(vector, peer);
            }
          }
        });
  }

  private static void assertNotAPointUnlessAcceptable(JsonNode vector, byte[] point) {
    if (vector.required("result").asText().equals("acceptable")) {
      assertThat(VerificationKey.ofPoint(point).compressed()).isEqualTo(point);
    } else {
      assertThatThrownBy(() -> VerificationKey.ofPoint(point))
          .isInstanceOf(MalformedInputException.class);
    }
  }

  private static List<DynamicTest> vectors(
      String file, int expectedCount, BiConsumer<JsonNode, JsonNode> check) {
    JsonNode root = TestFolders.json(TestFolders.foreign("wycheproof").resolve(file));
    List<DynamicTest> tests = new ArrayList<>();
    for (JsonNode group : root.required("testGroups")) {
      for (JsonNode vector : group.required("tests")) {
        String name = vector.required("tcId").asText() + " " + vector.path("comment").asText();
        tests.add(DynamicTest.dynamicTest(name, () -> check.accept(group, vector)));
      }
    }
    assertThat(tests).as(file).hasSize(expectedCount);
    return tests;
  }

  private static boolean valid(JsonNode vector) {
    return vector.required("result").asText().equals("valid");
  }

  private static byte[] concat(byte[] a, byte[] b) {
    byte[] both = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, both, a.length, b.length);
    return both;
  }

  private static Optional<char[]> utf8(byte[] bytes) {
    try {
      return Optional.of(
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(bytes))
              .toString()
              .toCharArray());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }
}
