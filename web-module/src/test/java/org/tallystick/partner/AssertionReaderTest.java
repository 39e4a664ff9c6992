package org.tallystick.partner;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tallystick.codec.Base64Url;

class AssertionReaderTest {
  private static final String HEADER = "{\"alg\":\"ES256\",\"kid\":\"k\"}";
  private static final String CLAIMS =
      "{\"iss\":\"c\",\"sub\":\"c\",\"aud\":\"b\",\"iat\":10,\"exp\":20,\"jti\":\"j\"}";

  private static String encoded(String json) {
    return Base64Url.encode(json.getBytes(StandardCharsets.UTF_8));
  }

  private static String jws(String header, String claims) {
    return encoded(header) + "." + encoded(claims) + "." + Base64Url.encode(new byte[64]);
  }

  @Test
  void assertion_isRead_withWhatItSigns() {
    ClientAssertion read = AssertionReader.read(jws(HEADER, CLAIMS)).orElseThrow();
    assertThat(read.algorithm()).isEqualTo(JwsAlgorithm.ES256);
    assertThat(read.kid()).isEqualTo("k");
    assertThat(read.claims()).isEqualTo(new ClientAssertion.Claims("c", "c", "b", 10, 20, "j"));
    assertThat(new String(read.input(), StandardCharsets.US_ASCII))
        .isEqualTo(encoded(HEADER) + "." + encoded(CLAIMS));
  }

  @Test
  void audience_asTheOnlyOneOfAList_isTaken_andNotBeforeCounts() {
    String listed = CLAIMS.replace("\"b\"", "[\"b\"]").replace("\"exp\"", "\"nbf\":15,\"exp\"");
    ClientAssertion read = AssertionReader.read(jws(HEADER, listed)).orElseThrow();
    assertThat(read.claims().audience()).isEqualTo("b");
    assertThat(read.claims().issuedAt()).isEqualTo(15);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"alg\":\"none\",\"kid\":\"k\"}",
        "{\"alg\":\"None\",\"kid\":\"k\"}",
        "{\"alg\":\"HS256\",\"kid\":\"k\"}",
        "{\"alg\":\"RS256\",\"kid\":\"k\"}",
        "{\"alg\":\"ES384\",\"kid\":\"k\"}",
        "{\"alg\":\"es256\",\"kid\":\"k\"}",
        "{\"kid\":\"k\"}",
        "{\"alg\":\"ES256\"}",
        "{\"alg\":\"ES256\",\"kid\":\"\"}",
        "{\"alg\":\"ES256\",\"kid\":7}",
        "{\"alg\":[\"ES256\"],\"kid\":\"k\"}",
        "{\"alg\":\"ES256\",\"alg\":\"ES256\",\"kid\":\"k\"}",
        "{\"alg\":\"ES256\",\"kid\":\"k\",\"crit\":[\"exp\"]}",
        "{\"alg\":\"ES256\",\"kid\":\"k\",\"crit\":null}",
        "{\"alg\":\"ES256\",\"kid\":\"k\",\"b64\":false}",
        "{\"alg\":\"ES256\",\"kid\":\"k\",\"typ\":\"at+jwt\"}",
        "[]",
        "null",
        "{}x",
        ""
      })
  void header_ofAnyOtherKind_isRefused(String header) {
    assertThat(AssertionReader.read(jws(header, CLAIMS))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"iss", "sub", "aud", "iat", "exp", "jti"})
  void claim_thatIsMissing_orOfAnotherType_isRefused(String name) {
    String renamed = CLAIMS.replace("\"" + name + "\"", "\"other\"");
    assertThat(AssertionReader.read(jws(HEADER, renamed))).isEmpty();
    String typed = CLAIMS.replaceAll("\"" + name + "\":[^,}]+", "\"" + name + "\":{}");
    assertThat(AssertionReader.read(jws(HEADER, typed))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"aud\":[]",
        "\"aud\":[\"b\",\"d\"]",
        "\"exp\":20.5",
        "\"exp\":2e1",
        "\"exp\":-1",
        "\"exp\":99999999999999999999",
        "\"iat\":\"10\"",
        "\"jti\":\"\"",
        "\"nbf\":\"x\""
      })
  void claim_outsideItsBounds_isRefused(String claim) {
    String name = claim.substring(0, claim.indexOf(':'));
    String other =
        CLAIMS.contains(name)
            ? CLAIMS.replaceAll(name + ":[^,}]+", claim)
            : CLAIMS.replace("}", "," + claim + "}");
    assertThat(AssertionReader.read(jws(HEADER, other))).isEmpty();
  }

  @Test
  void nestedAndHugeOnes_areRefused() {
    String deep = "[".repeat(500) + "]".repeat(500);
    assertThat(AssertionReader.read(jws(HEADER, CLAIMS.replace("\"b\"", deep)))).isEmpty();
    assertThat(AssertionReader.read(jws(HEADER, CLAIMS.replace("}", ",\"x\":" + deep + "}"))))
        .isEmpty();
    String large = CLAIMS.replace("}", ",\"x\":\"" + "y".repeat(5_000) + "\"}");
    assertThat(AssertionReader.read(jws(HEADER, large))).isEmpty();
    assertThat(AssertionReader.read("a.".repeat(100_000))).isEmpty();
    char[] huge = new char[1_000_000];
    Arrays.fill(huge, 'A');
    assertThat(AssertionReader.read(new String(huge))).isEmpty();
  }

  @Test
  void otherForms_areRefused() {
    String good = jws(HEADER, CLAIMS);
    String[] parts = good.split("\\.", -1);
    for (String bad :
        new String[] {
          "",
          "..",
          parts[0] + "." + parts[1],
          parts[0] + "." + parts[1] + ".",
          good + ".",
          good + "=",
          " " + good,
          good.replace('.', ' '),
          parts[0] + ".." + parts[2],
          "\u0131" + good
        }) {
      boolean unsigned = bad.equals(parts[0] + "." + parts[1] + ".");
      assertThat(AssertionReader.read(bad).isEmpty() || unsigned).as(bad).isTrue();
    }
  }
}
