package org.tallystick.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tallystick.it.Problems.assertProblem;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tallystick.codec.Base64Url;
import org.tallystick.crypto.Sha256;

/**
 * Programs of partner banks over HTTP: who proves it gets a token and sees its institution's
 * parties; nobody else learns anything.
 */
final class PartnerIT extends BankIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Good from 2020 to 2119. */
  static final String CERTIFICATE =
      "MIIBQTCB6KADAgECAgkAqYO1AE/3crEwCgYIKoZIzj0EAwIwFDESMBAGA1UEAxMJcGFydG"
          + "5lciAxMCAXDTIwMDEwMTAwMDAwMFoYDzIxMTkxMjA4MDAwMDAwWjAUMRIwEAYDVQQDEwlw"
          + "YXJ0bmVyIDEwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAAQaAZosg8qsZjyFbK2dbWL+cD"
          + "rOl5on9va+C6tVyCcrYxaT1kFQaPaR4C8pOcdeXvECxrnF6/D1lkuI5yZsSaEvoyEwHzAd"
          + "BgNVHQ4EFgQUqamYzj/s8xkeQ8JvDMIGy3Gi3g4wCgYIKoZIzj0EAwIDSAAwRQIhAIPyMw"
          + "NvYO+F8HVDMR94WOXFnstVau9bUO28n/XREyMyAiAUM8FN6N0dn93TAf+RTlMRhT4ZIepf"
          + "C7varq3pzIIqtA==";

  private static final String REFUSED = "{\"error\":\"invalid_client\"}";
  private static final Map<String, String> ADA =
      Map.of("kind", "PERSON", "role", "USER", "name", "Ada Byron");

  private String institution;
  private PartnerProgram program;

  @BeforeEach
  void register() {
    institution = AccessPeople.opened();
    program = AccessPeople.registered(institution, List.of("REGISTRATIONS"));
  }

  private static HttpResponse<String> token(String assertion)
      throws IOException, InterruptedException {
    return send(PartnerProgram.request(api("token"), assertion));
  }

  private HttpResponse<String> token(Map<String, Object> claims)
      throws IOException, InterruptedException {
    return token(program.assertion(claims));
  }

  private static String bearer(HttpResponse<String> answer) throws IOException {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    JsonNode body = JSON.readTree(answer.body());
    assertThat(body.path("token_type").asText()).isEqualTo("Bearer");
    assertThat(body.path("expires_in").asInt()).isEqualTo(600);
    assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-store");
    return "Bearer " + body.path("access_token").asText();
  }

  private static String signIn(PartnerProgram program) throws IOException, InterruptedException {
    return bearer(token(program.assertion(program.claims(baseUri()))));
  }

  private static HttpResponse<String> get(String path, String authorization)
      throws IOException, InterruptedException {
    return send(request(api(path)).header("Authorization", authorization));
  }

  private static void assertRefused(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.body()).isEqualTo(REFUSED);
    assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("application/json");
  }

  @Test
  void program_registersAParty_andSeesItsStateAlone() throws IOException, InterruptedException {
    String ours = signIn(program);
    String theirs =
        signIn(AccessPeople.registered(AccessPeople.opened(), List.of("REGISTRATIONS")));
    String registration =
        client().mustPost("/partner/registrations", ours, ADA).text("registration");
    String path = "partner/registrations/" + registration;

    assertThat(get(path, ours).body()).contains("APPLIED").doesNotContain("Ada");
    assertThat(get("partner/registrations?limit=200", ours).body()).contains(registration);
    HttpResponse<String> foreign = get(path, theirs);
    HttpResponse<String> unknown = get("partner/registrations/AAAAAAAAAAAAAAAAAAAAAA", theirs);
    assertProblem(foreign, 404);
    assertThat(foreign.body()).isEqualTo(unknown.body());
    assertThat(get("partner/registrations?limit=200", theirs).body()).doesNotContain(registration);
    assertThat(office().bank().get("/registrations", office().clerk()).good()).isTrue();
  }

  @Test
  void program_isNoStaff_andHasOnlyItsScopes() throws IOException, InterruptedException {
    String ours = signIn(program);
    for (String path :
        List.of(
            "registrations",
            "ledger/trial-balance",
            "institutions",
            "accounts/1",
            "transactions/0000000000000000",
            "transactions/summary")) {
      assertProblem(get(path, ours), 403);
    }
    assertProblem(
        send(
            request(api("sessions/current"))
                .header("Authorization", ours)
                .method("DELETE", HttpRequest.BodyPublishers.noBody())),
        403);
    String reader = signIn(AccessPeople.registered(institution, List.of("TRANSACTIONS_READ")));
    assertProblem(get("transactions/0000000000000000", reader), 404);
    assertProblem(get("partner/registrations", reader), 403);
  }

  @Test
  void assertion_replayed_expired_foreign_orForSomebodyElse_hasOneAnswer()
      throws IOException, InterruptedException {
    Map<String, Object> once = program.claims(baseUri());
    assertThat(token(once).statusCode()).isEqualTo(200);
    assertRefused(token(once));

    long now = Instant.now().getEpochSecond();
    Map<String, Object> wrong =
        Map.of(
            "iss",
            "another",
            "sub",
            "another",
            "aud",
            "https://another.example/",
            "exp",
            now - 1,
            "iat",
            now + 120);
    for (Map.Entry<String, Object> one : wrong.entrySet()) {
      Map<String, Object> claims = program.claims(baseUri());
      claims.put(one.getKey(), one.getValue());
      assertRefused(token(claims));
    }
    Map<String, Object> tooLong = program.claims(baseUri());
    tooLong.put("exp", now + 3_600);
    assertRefused(token(tooLong));

    Map<String, String> otherName = new LinkedHashMap<>();
    otherName.put("grant_type", "client_credentials");
    otherName.put("client_assertion_type", PartnerProgram.ASSERTION_TYPE);
    otherName.put("client_assertion", program.assertion(program.claims(baseUri())));
    otherName.put("client_id", "another");
    assertRefused(send(PartnerProgram.request(api("token"), otherName)));

    PartnerProgram stranger = new PartnerProgram(program.client());
    assertRefused(token(stranger.assertion(program.claims(baseUri()))));
    PartnerProgram nobody = new PartnerProgram("nobody-here");
    assertRefused(token(nobody.assertion(nobody.claims(baseUri()))));
  }

  @Test
  void header_thatLies_hasTheSameAnswer()
      throws IOException, InterruptedException, GeneralSecurityException {
    List<String> bad = new ArrayList<>();
    String claims = PartnerProgram.json(program.claims(baseUri()));
    for (String header :
        List.of(
            "{\"alg\":\"none\",\"kid\":\"key-1\"}",
            "{\"alg\":\"PS256\",\"kid\":\"key-1\"}",
            "{\"alg\":\"EdDSA\",\"kid\":\"key-1\"}",
            "{\"alg\":\"ES256\",\"kid\":\"key-2\"}",
            "{\"alg\":\"ES256\",\"kid\":\"key-1\",\"crit\":[\"x\"]}",
            "{\"alg\":\"ES256\"}")) {
      bad.add(program.assertion(header, claims));
    }
    String unsigned = PartnerProgram.encoded("{\"alg\":\"none\",\"kid\":\"key-1\"}");
    bad.add(unsigned + "." + PartnerProgram.encoded(claims) + ".");
    bad.add(withSharedSecret(claims));
    bad.add("A".repeat(12_000));
    String bomb = claims.replace("}", ",\"x\":" + "[".repeat(1_500) + "]".repeat(1_500) + "}");
    bad.add(program.assertion("{\"alg\":\"ES256\",\"kid\":\"key-1\"}", bomb));
    for (String assertion : bad) {
      assertRefused(token(assertion));
    }
  }

  /** HS256, with the public key taken for a secret. */
  private String withSharedSecret(String claims) throws GeneralSecurityException {
    String input =
        PartnerProgram.encoded("{\"alg\":\"HS256\",\"kid\":\"key-1\"}")
            + "."
            + PartnerProgram.encoded(claims);
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(program.publicBytes(), "HmacSHA256"));
    return input + "." + Base64Url.encode(mac.doFinal(input.getBytes(StandardCharsets.US_ASCII)));
  }

  @Test
  void form_thatIsNone_hasTheAnswersOfTheStandard() throws IOException, InterruptedException {
    Map<String, String> forms = new LinkedHashMap<>();
    forms.put("", "invalid_request");
    forms.put("grant_type=", "invalid_request");
    forms.put("grant_type=client_credentials&grant_type=client_credentials", "invalid_request");
    forms.put("grant_type=password", "unsupported_grant_type");
    forms.put("grant_type=client_credentials&scope=everything", "invalid_scope");
    for (Map.Entry<String, String> form : forms.entrySet()) {
      HttpResponse<String> answer =
          send(
              HttpRequest.newBuilder(api("token"))
                  .header("Content-Type", "application/x-www-form-urlencoded")
                  .POST(HttpRequest.BodyPublishers.ofString(form.getKey())));
      assertThat(answer.statusCode()).as(form.getKey()).isEqualTo(400);
      assertThat(answer.body()).isEqualTo("{\"error\":\"" + form.getValue() + "\"}");
    }
    assertRefused(
        send(PartnerProgram.request(api("token"), Map.of("grant_type", "client_credentials"))));
    assertProblem(
        send(
            HttpRequest.newBuilder(api("token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("a=" + "b".repeat(100_000)))),
        413);
  }

  @Test
  void rotation_andRevocation_endTokensAtOnce() throws IOException, InterruptedException {
    String before = signIn(program);
    PartnerProgram fresh = new PartnerProgram(program.client());
    HttpResponse<String> changed =
        send(
            request(api("partner-clients/" + program.client()))
                .header("Authorization", office().administrator())
                .header("Content-Type", "application/json")
                .header("If-Match", "\"v1\"")
                .PUT(
                    HttpRequest.BodyPublishers.ofString(
                        JSON.writeValueAsString(
                            Map.of(
                                "scopes", List.of("REGISTRATIONS"),
                                "keys", List.of(fresh.jwk()))))));
    assertThat(changed.statusCode()).as(changed.body()).isEqualTo(200);
    assertThat(changed.headers().firstValue("ETag")).hasValue("\"v2\"");
    assertProblem(get("partner/registrations", before), 401);
    assertRefused(token(program.assertion(program.claims(baseUri()))));

    String after = signIn(fresh);
    assertThat(get("partner/registrations", after).statusCode()).isEqualTo(200);
    client()
        .mustPost(
            "/partner-clients/" + program.client() + "/revocation",
            office().administrator(),
            Map.of("reason", "has left"));
    assertProblem(get("partner/registrations", after), 401);
    assertRefused(token(fresh.assertion(fresh.claims(baseUri()))));
  }

  /** The tests' own address is that of the proxy that is trusted. */
  @Test
  void certificate_bindsTheToken() throws IOException, InterruptedException {
    String name = "m" + UUID.randomUUID().toString().substring(0, 30);
    byte[] hash = Sha256.of(Base64.getDecoder().decode(CERTIFICATE));
    client()
        .mustPost(
            "/institutions/" + institution + "/partner-clients",
            office().administrator(),
            Map.of(
                "client", name,
                "scopes", List.of("REGISTRATIONS"),
                "certificateSha256", Base64Url.encode(hash)));
    Map<String, String> form = Map.of("grant_type", "client_credentials", "client_id", name);
    String shown = ":" + CERTIFICATE + ":";
    String bound =
        bearer(send(PartnerProgram.request(api("token"), form).header("Client-Cert", shown)));

    assertRefused(send(PartnerProgram.request(api("token"), form)));
    assertProblem(get("partner/registrations", bound), 401);
    assertThat(
            send(request(api("partner/registrations"))
                    .header("Authorization", bound)
                    .header("Client-Cert", shown))
                .statusCode())
        .isEqualTo(200);
  }
}
