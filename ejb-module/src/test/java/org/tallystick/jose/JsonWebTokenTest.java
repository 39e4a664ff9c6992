package org.tallystick.jose;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tallystick.codec.Base64Url;
import org.tallystick.codec.MalformedInputException;
import org.tallystick.json.ForeignJson;

class JsonWebTokenTest {
  private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000);
  private static final Duration SKEW = Duration.ofMinutes(1);
  private static final Duration HOUR = Duration.ofHours(1);

  private static JsonWebKeySet set(String... jwks) {
    return JsonWebKeySet.read(("{\"keys\":[" + String.join(",", jwks) + "]}").getBytes(UTF_8));
  }

  private static boolean inTime(String claims) {
    return new JwtClaims(ForeignJson.object(claims.getBytes(UTF_8))).inTime(NOW, SKEW, HOUR);
  }

  @ParameterizedTest
  @EnumSource(JwsAlgorithm.class)
  void token_ofTheKey_isSigned_andOfAnotherIsNot(JwsAlgorithm algorithm) {
    IssuerKey key = new IssuerKey(algorithm, "one");
    JsonWebToken token = JsonWebToken.read(key.token("{\"sub\":\"a\"}"));
    assertThat(set(key.jwk()).signed(token)).isTrue();
    assertThat(set(new IssuerKey(algorithm, "one").jwk()).signed(token)).isFalse();
    assertThat(set(new IssuerKey(algorithm, "two").jwk()).candidates(token)).isEmpty();
    assertThat(token.type()).hasValue("at+jwt");
  }

  @ParameterizedTest
  @EnumSource(JwsAlgorithm.class)
  void token_changedAnywhere_isNotSigned(JwsAlgorithm algorithm) {
    IssuerKey key = new IssuerKey(algorithm, "one");
    String[] parts = key.token("{\"sub\":\"a\"}").split("\\.", -1);
    String other = Base64Url.encode("{\"sub\":\"b\"}".getBytes(UTF_8));
    JsonWebToken claims = JsonWebToken.read(parts[0] + "." + other + "." + parts[2]);
    assertThat(set(key.jwk()).signed(claims)).isFalse();
    JsonWebToken unsigned = JsonWebToken.read(parts[0] + "." + parts[1] + ".");
    assertThat(set(key.jwk()).signed(unsigned)).isFalse();
  }

  @Test
  void token_withRsaKey_butOfAnotherAlgorithm_isNotSigned() {
    IssuerKey key = new IssuerKey(JwsAlgorithm.PS256, "one");
    String forged = key.token("{\"alg\":\"RS256\",\"kid\":\"one\"}", "{}");
    assertThat(set(key.jwk()).signed(JsonWebToken.read(forged))).isFalse();
  }

  @Test
  void token_signedWithThePublicKeyAsSharedSecret_isRefused() throws GeneralSecurityException {
    IssuerKey key = new IssuerKey(JwsAlgorithm.RS256, "one");
    String signed =
        Base64Url.encode("{\"alg\":\"HS256\",\"kid\":\"one\"}".getBytes(UTF_8))
            + "."
            + Base64Url.encode("{\"sub\":\"a\"}".getBytes(UTF_8));
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key.pair().getPublic().getEncoded(), "HmacSHA256"));
    String forged = signed + "." + Base64Url.encode(mac.doFinal(signed.getBytes(UTF_8)));
    assertThatThrownBy(() -> JsonWebToken.read(forged)).isInstanceOf(MalformedInputException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"alg\":\"none\"}",
        "{\"alg\":\"NONE\"}",
        "{\"alg\":\"rs256\"}",
        "{\"alg\":7}",
        "{}",
        "{\"alg\":\"RS256\",\"crit\":[\"b64\"]}",
        "{\"alg\":\"RS256\",\"b64\":false}",
        "[]",
        "{\"alg\":\"RS256\""
      })
  void token_withSuchAHeader_isRefused(String header) {
    String text =
        Base64Url.encode(header.getBytes(UTF_8)) + "." + Base64Url.encode("{}".getBytes(UTF_8));
    assertThatThrownBy(() -> JsonWebToken.read(text + "."))
        .isInstanceOf(MalformedInputException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "a.b", "a.b.c.d", "e30.e30.=", "e30=.e30.e30"})
  void token_ofAnotherForm_isRefused(String text) {
    assertThatThrownBy(() -> JsonWebToken.read(text)).isInstanceOf(MalformedInputException.class);
  }

  @Test
  void token_tooLong_isRefused() {
    String text = "e30.e30." + "A".repeat(JsonWebToken.MAX_LENGTH);
    assertThatThrownBy(() -> JsonWebToken.read(text)).isInstanceOf(MalformedInputException.class);
  }

  @Test
  void claims_inTime_onlyBetweenTheirBounds() {
    long now = NOW.getEpochSecond();
    assertThat(inTime("{\"iat\":" + now + ",\"exp\":" + (now + 300) + "}")).isTrue();
    assertThat(inTime("{\"iat\":" + (now - 300) + ",\"exp\":" + (now - 59) + "}")).isTrue();
    assertThat(inTime("{\"iat\":" + (now - 300) + ",\"exp\":" + (now - 60) + "}")).isFalse();
    assertThat(inTime("{\"iat\":" + (now + 60) + ",\"exp\":" + (now + 300) + "}")).isTrue();
    assertThat(inTime("{\"iat\":" + (now + 61) + ",\"exp\":" + (now + 300) + "}")).isFalse();
    assertThat(inTime("{\"exp\":" + (now + 300) + "}")).isFalse();
    assertThat(inTime("{\"iat\":" + now + "}")).isFalse();
    assertThat(inTime("{\"iat\":" + now + ",\"exp\":\"" + (now + 300) + "\"}")).isFalse();
    assertThat(inTime("{\"iat\":" + now + ",\"exp\":1e400}")).isFalse();
    assertThat(inTime("{\"iat\":" + now + ",\"exp\":" + (now + 3600) + "}")).isTrue();
    assertThat(inTime("{\"iat\":" + now + ",\"exp\":" + (now + 3601) + "}")).isFalse();
    String with = "{\"iat\":" + now + ",\"exp\":" + (now + 300) + ",\"nbf\":";
    assertThat(inTime(with + (now + 60) + "}")).isTrue();
    assertThat(inTime(with + (now + 61) + "}")).isFalse();
    assertThat(inTime(with + "\"soon\"}")).isFalse();
  }

  @Test
  void claims_words_comeFromTextsArraysAndMembers() {
    JwtClaims claims =
        new JwtClaims(
            ForeignJson.object(
                ("{\"roles\":[\"a\",\"b\",7],\"scope\":\"c d\",\"realm\":{\"roles\":[\"e\"]},"
                        + "\"https://x.example/r\":\"f\"}")
                    .getBytes(UTF_8)));
    assertThat(claims.words("roles")).containsExactly("a", "b");
    assertThat(claims.words("scope")).containsExactly("c", "d");
    assertThat(claims.words("realm.roles")).containsExactly("e");
    assertThat(claims.words("https://x.example/r")).containsExactly("f");
    assertThat(claims.words("realm.other.more")).isEmpty();
  }

  @Test
  void keySet_passesOverWhatItCannotUse_butIsNeverEmpty() {
    IssuerKey key = new IssuerKey(JwsAlgorithm.ES256, "one");
    String weak = "{\"kty\":\"RSA\",\"n\":\"" + "_".repeat(171) + "\",\"e\":\"AQAB\"}";
    String secret = "{\"kty\":\"oct\",\"k\":\"AAAA\"}";
    String encryption = key.jwk().replace("\"sig\"", "\"enc\"");
    String offCurve = key.jwk().replaceAll("\"y\":\"[^\"]*\"", "\"y\":\"" + "A".repeat(43) + "\"");
    JsonWebToken token = JsonWebToken.read(key.token("{}"));
    assertThat(set(weak, secret, encryption, offCurve, "7", key.jwk()).candidates(token))
        .hasSize(1);
    for (String useless : new String[] {weak, secret, encryption, offCurve, "7", ""}) {
      assertThatThrownBy(() -> set(useless)).isInstanceOf(MalformedInputException.class);
    }
  }
}
