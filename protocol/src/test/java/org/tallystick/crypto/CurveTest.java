package org.tallystick.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tallystick.crypto.TestFolders.hex;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tallystick.codec.MalformedInputException;

/** P-256 signatures and agreement: RFC 6979, A.2.5, and the strict forms. */
class CurveTest {
  private static final SecureRandom RANDOM = new SecureRandom();

  @Test
  void signingKey_ofRfc6979_givesThoseSignaturesWithLowS() {
    JsonNode data = TestFolders.rfc("rfc6979-p256.json");
    try (SigningKey key = SigningKey.ofScalar(hex(data, "scalar"))) {
      assertThat(key.verificationKey()).isEqualTo(VerificationKey.ofPoint(hex(data, "point")));
      for (JsonNode vector : data.required("vectors")) {
        byte[] message = vector.required("message").asText().getBytes(UTF_8);
        BigInteger s = new BigInteger(1, hex(vector, "s"));
        BigInteger low = s.min(P256.ORDER.subtract(s));
        byte[] expected = concat(hex(vector, "r"), P256.fixedLength(low));
        assertThat(key.sign(message)).isEqualTo(expected);
        byte[] published = concat(hex(vector, "r"), hex(vector, "s"));
        assertThat(key.verificationKey().verify(message, published)).isTrue();
        assertThat(key.verificationKey().verify(message, expected)).isTrue();
      }
    }
  }

  @Test
  void signature_alwaysHasLowSAndVerifiesOnlyForItsMessage() {
    try (SigningKey key = SigningKey.generate(RANDOM);
        SigningKey other = SigningKey.generate(RANDOM)) {
      for (int i = 0; i < 40; i++) {
        byte[] message = {(byte) i, 1, 2};
        byte[] signature = key.sign(message);
        assertThat(signature).hasSize(64).isEqualTo(key.sign(message));
        assertThat(new BigInteger(1, signature, 32, 32)).isLessThanOrEqualTo(P256.HALF_ORDER);
        assertThat(key.verificationKey().verify(message, signature)).isTrue();
        assertThat(other.verificationKey().verify(message, signature)).isFalse();
        assertThat(key.verificationKey().verify(new byte[] {9}, signature)).isFalse();
      }
    }
  }

  @Test
  void verify_ofMalformedSignature_isFalse() {
    try (SigningKey key = SigningKey.generate(RANDOM)) {
      byte[] message = {1};
      byte[] good = key.sign(message);
      byte[] order = P256.fixedLength(P256.ORDER);
      byte[] all = new byte[32];
      Arrays.fill(all, (byte) 0xFF);
      byte[] r = Arrays.copyOf(good, 32);
      byte[] s = Arrays.copyOfRange(good, 32, 64);
      byte[] zero = new byte[32];
      for (byte[] bad :
          List.of(
              new byte[0],
              Arrays.copyOf(good, 63),
              Arrays.copyOf(good, 65),
              new byte[64],
              concat(r, zero),
              concat(zero, s),
              concat(order, s),
              concat(r, order),
              concat(all, s),
              concat(r, all))) {
        assertThat(key.verificationKey().verify(message, bad)).isFalse();
      }
    }
  }

  @Test
  void point_inAnyOtherForm_isRefused() {
    try (EcdhKey key = EcdhKey.generate(RANDOM)) {
      byte[] point = key.publicPoint();
      byte[] hybrid = point.clone();
      hybrid[0] = (byte) (6 + (point[64] & 1));
      byte[] offCurve = point.clone();
      offCurve[64] ^= 1;
      byte[] beyondPrime = new byte[33];
      Arrays.fill(beyondPrime, (byte) 0xFF);
      beyondPrime[0] = 2;
      for (byte[] bad :
          List.of(
              new byte[0],
              new byte[1],
              new byte[33],
              new byte[65],
              hybrid,
              offCurve,
              beyondPrime,
              Arrays.copyOf(point, 64),
              Arrays.copyOf(point, 66),
              Arrays.copyOf(point, 33))) {
        assertThatThrownBy(() -> VerificationKey.ofPoint(bad))
            .isInstanceOf(MalformedInputException.class);
        assertThatThrownBy(() -> key.agree(bad)).isInstanceOf(MalformedInputException.class);
      }
      VerificationKey fine = VerificationKey.ofPoint(point);
      assertThat(fine.compressed()).hasSize(33);
      assertThat(VerificationKey.ofPoint(fine.compressed()))
          .isEqualTo(fine)
          .hasSameHashCodeAs(fine);
      assertThatThrownBy(() -> key.agree(fine.compressed()))
          .isInstanceOf(MalformedInputException.class);
    }
  }

  @Test
  void scalar_outsideItsRange_isRefused() {
    byte[] order = P256.fixedLength(P256.ORDER);
    byte[] highest = P256.fixedLength(P256.ORDER.subtract(BigInteger.ONE));
    for (byte[] bad : List.of(new byte[32], order, new byte[31], new byte[33])) {
      assertThatThrownBy(() -> SigningKey.ofScalar(bad))
          .isInstanceOf(MalformedInputException.class);
      assertThatThrownBy(() -> EcdhKey.ofScalar(bad)).isInstanceOf(MalformedInputException.class);
    }
    try (SigningKey key = SigningKey.ofScalar(highest)) {
      assertThat(key.verificationKey().verify(new byte[1], key.sign(new byte[1]))).isTrue();
    }
  }

  @Test
  void ecdh_ofTwoKeys_agreesOnTheSameSecret() {
    try (EcdhKey a = EcdhKey.generate(RANDOM);
        EcdhKey b = EcdhKey.generate(RANDOM);
        EcdhKey again = EcdhKey.ofScalar(a.scalar())) {
      assertThat(a.agree(b.publicPoint())).hasSize(32).isEqualTo(b.agree(a.publicPoint()));
      assertThat(again.publicPoint()).isEqualTo(a.publicPoint());
    }
  }

  @Test
  void closedKey_doesNothingAnyMore() {
    SigningKey signing = SigningKey.generate(RANDOM);
    byte[] scalar = signing.scalar();
    signing.close();
    assertThat(scalar).isNotEqualTo(new byte[32]);
    assertThatThrownBy(() -> signing.sign(new byte[1])).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(signing::scalar).isInstanceOf(IllegalStateException.class);
    EcdhKey ecdh = EcdhKey.generate(RANDOM);
    ecdh.close();
    assertThatThrownBy(() -> ecdh.agree(ecdh.publicPoint()))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void keys_shown_giveNothing() {
    try (SigningKey signing = SigningKey.generate(RANDOM);
        EcdhKey ecdh = EcdhKey.generate(RANDOM)) {
      assertThat(signing).hasToString("SigningKey(P-256)");
      assertThat(signing.verificationKey()).hasToString("VerificationKey(P-256)");
      assertThat(ecdh).hasToString("EcdhKey(P-256)");
    }
  }

  private static byte[] concat(byte[] a, byte[] b) {
    byte[] both = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, both, a.length, b.length);
    return both;
  }
}
