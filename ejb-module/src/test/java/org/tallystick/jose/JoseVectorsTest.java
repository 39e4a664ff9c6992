package org.tallystick.jose;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tallystick.codec.Base64Url;
import org.tallystick.codec.MalformedInputException;
import org.tallystick.json.ForeignJson;

/** The examples of RFC 7515, A.2 and A.3, and of RFC 8037, A.4. */
class JoseVectorsTest {
  private static final String PAYLOAD =
      ".eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFt"
          + "cGxlLmNvbS9pc19yb290Ijp0cnVlfQ.";

  private static JsonWebKey key(String json) {
    return JsonWebKey.of(ForeignJson.object(json.getBytes(UTF_8)));
  }

  @Test
  void rfc7515_a2_rs256_isSigned() {
    JsonWebKey key =
        key(
            "{\"kty\":\"RSA\",\"n\":\"ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddx"
                + "HmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r"
                + "2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2"
                + "CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9"
                + "iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ\",\"e\":\"AQAB\"}");
    JsonWebToken token =
        JsonWebToken.read(
            "eyJhbGciOiJSUzI1NiJ9"
                + PAYLOAD
                + "cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF"
                + "5YKt_O8W2Fp5jujGbds9uJdbF9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK"
                + "5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN9383LcOLn6_dO--xi12jzDwusC-eOkHWEsqt"
                + "FZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrB"
                + "p0igcN_IoypGlUPQGe77Rw");
    assertThat(token.isSignedBy(key)).isTrue();
    assertThat(token.claims().text("iss")).hasValue("joe");
    assertThat(token.claims().time("exp")).hasValue(Instant.ofEpochSecond(1300819380));
  }

  @Test
  void rfc7515_a3_es256_isSigned() {
    JsonWebKey key =
        key(
            "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU"
                + "\",\"y\":\"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0\"}");
    JsonWebToken token =
        JsonWebToken.read(
            "eyJhbGciOiJFUzI1NiJ9"
                + PAYLOAD
                + "DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-K"
                + "g6NU1Q");
    assertThat(token.isSignedBy(key)).isTrue();
  }

  @Test
  void rfc8037_a4_ed25519_isSigned() {
    JsonWebKey key =
        key(
            "{\"kty\":\"OKP\",\"crv\":\"Ed25519\","
                + "\"x\":\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\"}");
    byte[] signed = "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc".getBytes(US_ASCII);
    byte[] signature =
        Base64Url.decode(
            "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0K"
                + "Ag");
    assertThat(key.verify(JwsAlgorithm.EDDSA, signed, signature)).isTrue();
    signature[0] ^= 1;
    assertThat(key.verify(JwsAlgorithm.EDDSA, signed, signature)).isFalse();
  }

  /** Anybody makes signatures that hold under the neutral point, or under one of small order. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "0100000000000000000000000000000000000000000000000000000000000000",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a"
      })
  void ed25519_keyOfSmallOrder_isRefused(String x) {
    String encoded = Base64Url.encode(HexFormat.of().parseHex(x));
    assertThatThrownBy(() -> key("{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"" + encoded + "\"}"))
        .isInstanceOf(MalformedInputException.class);
  }
}
