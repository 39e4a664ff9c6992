package org.tallystick.partner;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
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
