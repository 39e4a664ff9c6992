package org.tallystick.partner;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tallystick.codec.Base64Url;
import org.tallystick.partner.PublicJwk.Value;

class PublicJwkTest {
  @ParameterizedTest
  @EnumSource(JwsAlgorithm.class)
  void goodKey_servesForTheAlgorithmOfItsType(JwsAlgorithm algorithm) {
    assertThat(new Jws("k", algorithm).jwk().key().orElseThrow().algorithm()).isEqualTo(algorithm);
  }

  @Test
  void pointBesideTheCurve_isNone() {
    Value.Ec good = (Value.Ec) new Jws("k", JwsAlgorithm.ES256).jwk().value();
    byte[] y = good.y().clone();
    y[31] ^= 1;
    assertThat(new PublicJwk("k", new Value.Ec(good.x(), y)).key()).isEmpty();
    assertThat(new PublicJwk("k", new Value.Ec(new byte[32], new byte[32])).key()).isEmpty();
    assertThat(new PublicJwk("k", new Value.Ec(Arrays.copyOf(good.x(), 33), y)).key()).isEmpty();
    byte[] beyond = new byte[32];
    Arrays.fill(beyond, (byte) 0xff);
    assertThat(new PublicJwk("k", new Value.Ec(beyond, good.y())).key()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 128, 255, 513, 4096})
  void modulus_tooShortOrTooLong_isNone(int bytes) {
    byte[] n = new byte[bytes];
    Arrays.fill(n, (byte) 0xff);
    assertThat(new PublicJwk("k", new Value.Rsa(n, new byte[] {1, 0, 1})).key()).isEmpty();
  }

  @Test
  void exponent_otherThan65537_orEvenModulus_isNone() {
    byte[] n = new byte[256];
    Arrays.fill(n, (byte) 0xff);
    assertThat(new PublicJwk("k", new Value.Rsa(n, new byte[] {1, 0, 1})).key()).isPresent();
    assertThat(new PublicJwk("k", new Value.Rsa(n, new byte[] {3})).key()).isEmpty();
    assertThat(new PublicJwk("k", new Value.Rsa(n, new byte[] {1, 0, 0, 1, 0, 1})).key()).isEmpty();
    n[255] = (byte) 0xfe;
    assertThat(new PublicJwk("k", new Value.Rsa(n, new byte[] {1, 0, 1})).key()).isEmpty();
  }

  /** RFC 8037, appendix A.2. */
  @Test
  void publishedKey_isRead() {
    byte[] x = Base64Url.decode("11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo");
    byte[] spki = new PublicJwk("k", new Value.Okp(x)).key().orElseThrow().publicKey();
    assertThat(Arrays.copyOfRange(spki, spki.length - 32, spki.length)).isEqualTo(x);
    assertThat(new PublicJwk("k", new Value.Okp(new byte[31])).key()).isEmpty();
  }

  /** Each value of y has a point for about every second one; the platform knows which. */
  @Test
  void pointBesideEd25519_isNone_andEveryMadeKeyIsOne() throws GeneralSecurityException {
    int off = 0;
    for (int y = 2; y < 200; y++) {
      byte[] x = new byte[32];
      x[0] = (byte) y;
      boolean taken = new PublicJwk("k", new Value.Okp(x)).key().isPresent();
      assertThat(taken).as("y = %d", y).isEqualTo(platformVerifies(x));
      off += taken ? 0 : 1;
    }
    assertThat(off).isBetween(70, 130);
    for (int i = 0; i < 50; i++) {
      assertThat(new Jws("k", JwsAlgorithm.EDDSA).jwk().key()).isPresent();
    }
  }

  /** Whether the platform begins to verify: it refuses the key of a point that is none. */
  private static boolean platformVerifies(byte[] x) throws GeneralSecurityException {
    byte[] bigEndian = new byte[32];
    for (int i = 0; i < 32; i++) {
      bigEndian[i] = x[31 - i];
    }
    PublicKey key =
        KeyFactory.getInstance("Ed25519")
            .generatePublic(
                new EdECPublicKeySpec(
                    NamedParameterSpec.ED25519,
                    new EdECPoint(false, new BigInteger(1, bigEndian))));
    try {
      Signature.getInstance("Ed25519").initVerify(key);
      return true;
    } catch (InvalidKeyException e) {
      return false; // this is the question
    }
  }

  /** The eight points of small order, and forms that RFC 8032, 5.1.3, refuses. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "0100000000000000000000000000000000000000000000000000000000000000",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0000000000000000000000000000000000000000000000000000000000000080",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
        "0100000000000000000000000000000000000000000000000000000000000080",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
      })
  void pointOfSmallOrder_orAnotherForm_isNone(String x) {
    assertThat(new PublicJwk("k", new Value.Okp(HexFormat.of().parseHex(x))).key()).isEmpty();
  }

  /** RFC 8037, appendix A.4, signed by the key of A.2. */
  @Test
  void publishedSignature_isGood_andNoOther() {
    byte[] key =
        new PublicJwk(
                "k", new Value.Okp(Base64Url.decode("11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo")))
            .key()
            .orElseThrow()
            .publicKey();
    byte[] input =
        "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc"
            .getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    byte[] signature =
        Base64Url.decode(
            "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg");
    assertThat(JwsVerifier.isGood(JwsAlgorithm.EDDSA, key, input, signature)).isTrue();
    signature[5] ^= 1;
    assertThat(JwsVerifier.isGood(JwsAlgorithm.EDDSA, key, input, signature)).isFalse();
    assertThat(JwsVerifier.isNobodys(JwsAlgorithm.EDDSA, input, signature)).isFalse();
  }
}
