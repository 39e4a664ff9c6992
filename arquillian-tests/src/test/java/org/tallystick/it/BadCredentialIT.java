package org.tallystick.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.tallystick.codec.Base64Url;
import org.tallystick.launcher.portability.Refusal;

/**
 * Credentials that are none, cut, long, ended, forged, or of another kind: 401, and nothing is
 * stored. Tokens of the OpenID provider and of partner banks' programs are tried on every operation
 * that wants a credential, as the running server's own document lists them.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class BadCredentialIT extends BankIT {
  private static final List<String> PATHS =
      List.of(
          "registrations",
          "wallet/instruments",
          "partner/registrations",
          "sessions",
          "staff/accounts");

  private static String ended() {
    String user = "gone-" + java.util.UUID.randomUUID().toString().substring(0, 8);
    String oneTime =
        client()
            .mustPost(
                "/staff",
                office().administrator(),
                Map.of("user", user, "roles", List.of("CLERK", "APPROVER")))
            .text("oneTimePassword");
    String own = "a sentence of " + user;
    client()
        .mustPost(
            "/staff/password", null, Map.of("user", user, "password", oneTime, "newPassword", own));
    String token =
        "Bearer "
            + client()
                .mustPost("/sessions", null, Map.of("user", user, "password", own))
                .text("token");
    client()
        .mustPost(
            "/staff/accounts/" + user + "/state",
            office().administrator(),
            Map.of("state", "CLOSED", "reason", "has left"));
    return token;
  }

  private static Map<String, String> bad() {
    String clerk = office().clerk();
    String party = "Bearer " + office().user("Ida Known").token();
    Map<String, String> bad = new LinkedHashMap<>();
    bad.put("no token", "Bearer");
    bad.put("an empty token", "Bearer ");
    bad.put("a cut session", clerk.substring(0, clerk.length() - 1));
    bad.put("a session with more", clerk + "A");
    bad.put(
        "a session in capitals", "Bearer " + clerk.substring(7).toUpperCase(java.util.Locale.ROOT));
    bad.put("two sessions", clerk + "," + clerk.substring(7));
    bad.put("a session without a scheme", clerk.substring(7));
    bad.put("a session as a password", "Basic " + clerk.substring(7));
    bad.put("a cut party token", party.substring(0, party.length() - 1));
    bad.put("a party token with more", party + "A");
    bad.put("one of the right length", "Bearer " + "A".repeat(43));
    bad.put("a long one", "Bearer " + "A".repeat(4_000));
    bad.put("an unsigned one", "Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJhZG1pbiJ9.");
    bad.put("a malformed one", "Bearer ..");
    bad.put("one that is none", "Bearer \u00e9\u00ff");
    bad.put("a session of an account that is closed", ended());
    return bad;
  }

  private static final String HOUR_AGO =
      "update partner_token set issued_at = issued_at - interval '1 hour',"
          + " expires_at = expires_at - interval '1 hour' where client_id ="
          + " (select id from partner_client where name = ?)";

  private static final int AHEAD_SECONDS = 400;

  private final Map<String, String> none = new LinkedHashMap<>();
  private final Map<String, String> forged = new LinkedHashMap<>();
  private final Map<String, String> assertions = new LinkedHashMap<>();
  private OidcProvider provider;
  private BankTables before;

  @BeforeAll
  void open() throws Exception {
    none.putAll(bad());
    provider = new OidcProvider();
    ofTheProvider();
    ofPrograms();
    before = BankTables.quiet();
  }

  @AfterAll
  void close() {
    provider.close();
  }

  private void ofTheProvider() throws GeneralSecurityException {
    Instant now = Instant.now();
    String claims = OidcProvider.claims(now, "bank-clerk");
    String header = "{\"typ\":\"at+jwt\",\"alg\":\"ES256\",\"kid\":\"it\"";
    Map<String, String> tokens = new LinkedHashMap<>();
    tokens.put("one that is over", provider.token(shifted(now, -AHEAD_SECONDS)));
    tokens.put("one made in the future", provider.token(shifted(now, AHEAD_SECONDS)));
    long later = now.getEpochSecond() + AHEAD_SECONDS / 2;
    tokens.put("one for later", provider.token(claims.replace("{", "{\"nbf\":" + later + ",")));
    tokens.put("one for another", provider.token(claims.replace("tallystick", "other")));
    tokens.put("one for several others", provider.token(claims.replace("\"tallystick\"", "[]")));
    tokens.put("another issuer's", provider.token(claims.replace("id.bank", "id.evil")));
    tokens.put("one without an end", provider.token(claims.replace("\"exp\"", "\"end\"")));
    tokens.put("an unsigned one", provider.unsigned(claims));
    tokens.put("one with the public key as secret", provider.forged(claims));
    tokens.put("one by another key", provider.strangers(claims));
    tokens.put("one by an unknown key", provider.token(header.replace("it", "no") + "}", claims));
    tokens.put(
        "one of another type", provider.token(header.replace("at+jwt", "JWT") + "}", claims));
    tokens.put("one that is critical", provider.token(header + ",\"crit\":[\"b64\"]}", claims));
    tokens.forEach((what, token) -> forged.put("of the provider, " + what, "Bearer " + token));
  }

  private static String shifted(Instant now, int seconds) {
    return OidcProvider.claims(now.plusSeconds(seconds), "bank-clerk");
  }

  private void ofPrograms() throws Exception {
    List<String> scopes = List.of("REGISTRATIONS", "WEBHOOKS", "TRANSACTIONS_READ");
    PartnerProgram ours = AccessPeople.registered(AccessPeople.opened(), scopes);
    PartnerProgram theirs = AccessPeople.registered(AccessPeople.opened(), scopes);
    forged.put("of a program, a token that is over", over(ours));
    PartnerProgram gone = AccessPeople.registered(AccessPeople.opened(), scopes);
    forged.put("of a program that was revoked", AccessPeople.authorization(gone));
    client()
        .mustPost(
            "/partner-clients/" + gone.client() + "/revocation",
            office().administrator(),
            Map.of("reason", "has left"));
    Map<String, Object> claims = ours.claims(baseUri());
    String used = ours.assertion(claims);
    assertThat(send(PartnerProgram.request(api("token"), used)).statusCode()).isEqualTo(200);
    assertions.put("used before", used);
    assertions.put("of a program that was revoked", gone.assertion(gone.claims(baseUri())));
    assertions.put("by another institution's key", theirs.assertion(ours.claims(baseUri())));
    long now = Instant.now().getEpochSecond();
    assertions.put("over", with(ours, "exp", now - AHEAD_SECONDS));
    assertions.put("made in the future", with(ours, "iat", now + AHEAD_SECONDS));
    assertions.put("for another bank", with(ours, "aud", "https://another.example"));
    assertions.put("for too long", with(ours, "exp", now + 10 * AHEAD_SECONDS));
    String body = PartnerProgram.encoded(PartnerProgram.json(ours.claims(baseUri())));
    String none = PartnerProgram.encoded("{\"alg\":\"none\",\"kid\":\"key-1\"}");
    assertions.put("unsigned", none + "." + body + ".");
    assertions.put("with the public key as secret", secret(ours, body));
    forged.put("of a program, its assertion", "Bearer " + ours.assertion(ours.claims(baseUri())));
  }

  private static String with(PartnerProgram program, String claim, Object value) {
    Map<String, Object> claims = program.claims(baseUri());
    claims.put(claim, value);
    return program.assertion(claims);
  }

  private static String secret(PartnerProgram program, String body)
      throws GeneralSecurityException {
    String input = PartnerProgram.encoded("{\"alg\":\"HS256\",\"kid\":\"key-1\"}") + "." + body;
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(program.publicBytes(), "HmacSHA256"));
    return input + "." + Base64Url.encode(mac.doFinal(input.getBytes(StandardCharsets.US_ASCII)));
  }

  /** A token whose time is over. */
  private static String over(PartnerProgram program) throws Exception {
    String token = AccessPeople.authorization(program);
    try (Connection bank = BankTables.connect();
        PreparedStatement update = bank.prepareStatement(HOUR_AGO)) {
      update.setString(1, program.client());
      assertThat(update.executeUpdate()).isOne();
    }
    return token;
  }

  /** Operations that want a credential which a request carries. */
  private static List<Operation> closed(KeptConnection bank) throws IOException {
    return Operation.all(bank.send(RawRequest.of("GET", "openapi.json", ""))).stream()
        .filter(one -> !one.described().path("security").isEmpty())
        .filter(one -> one.described().path("responses").has("401"))
        .toList();
  }

  private static RawRequest asked(Operation operation, String authorization) {
    Map<String, String> names = new LinkedHashMap<>();
    operation.parameters().forEach(name -> names.put(name, AccessThings.nothing(name)));
    return operation.request(names).with("Accept", "*/*").with("Authorization", authorization);
  }

  @Test
  void tokenThatIsForgedOrOver_isRefusedByEveryOperation_andChangesNothing() throws Exception {
    List<String> faults = new ArrayList<>();
    String good = "Bearer " + provider.token(OidcProvider.claims(Instant.now(), "visitor"));
    try (KeptConnection bank = new KeptConnection(baseUri())) {
      List<Operation> operations = closed(bank);
      assertThat(operations).hasSizeGreaterThan(70);
      for (Map.Entry<String, String> token : forged.entrySet()) {
        for (Operation operation : operations) {
          RawAnswer answer = bank.send(asked(operation, token.getValue()));
          if (answer.status() != 401 || !answer.text().contains(":not-authenticated\"")) {
            faults.add(operation + " with " + token.getKey() + ": " + answer.start());
          }
        }
      }
      before = before.assertUnchanged("forged tokens");
      // the same with nothing wrong in it is known to every operation for staff
      for (Operation operation : operations) {
        if (operation.isForStaff()
            && operation.method().equals("GET")
            && bank.send(asked(operation, good)).status() == 401) {
          faults.add(operation + " does not know the provider");
        }
      }
    }
    assertThat(forged).hasSizeGreaterThan(15);
    assertThat(faults).isEmpty();
  }

  @Test
  void assertionThatIsNone_getsNoToken_andChangesNothing()
      throws IOException, InterruptedException {
    for (Map.Entry<String, String> assertion : assertions.entrySet()) {
      HttpResponse<String> answer =
          send(PartnerProgram.request(api("token"), assertion.getValue()));
      assertThat(answer.statusCode()).as(assertion.getKey()).isEqualTo(401);
      assertThat(answer.body()).isEqualTo("{\"error\":\"invalid_client\"}");
    }
    before = before.assertUnchanged("assertions");
  }

  @Test
  void credentialThatIsNone_isRefusedEverywhere_andChangesNothing()
      throws IOException, InterruptedException {
    List<String> faults = new ArrayList<>();
    for (Map.Entry<String, String> bad : none.entrySet()) {
      for (String path : PATHS) {
        HttpResponse<String> answer =
            send(request(api(path)).header("Authorization", bad.getValue()));
        for (String fault : Refusal.faults(answer, 401)) {
          faults.add(path + " with " + bad.getKey() + ": " + fault);
        }
      }
      before = before.assertUnchanged(bad.getKey());
    }
    assertThat(faults).isEmpty();
  }
}
