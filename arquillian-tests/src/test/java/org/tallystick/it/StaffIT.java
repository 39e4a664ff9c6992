package org.tallystick.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.tallystick.launcher.bank.Reply;

/** TSE-01, TSE-03: how the bank's people prove who they are, over HTTP. */
final class StaffIT extends BankIT {
  private static final AtomicInteger NAMES = new AtomicInteger();
  private static final String OWN = "three small boats at noon";
  static final String ORIGIN = "http://localhost:" + Integer.getInteger("tallystick.it.httpPort");

  private static String hire(String role) {
    String user = "staff-" + NAMES.incrementAndGet();
    String oneTime =
        client()
            .mustPost(
                "/staff", office().administrator(), Map.of("user", user, "roles", List.of(role)))
            .text("oneTimePassword");
    client()
        .mustPost(
            "/staff/password", null, Map.of("user", user, "password", oneTime, "newPassword", OWN));
    return user;
  }

  private static Reply password(String user) {
    return client().post("/sessions", null, Map.of("user", user, "password", OWN));
  }

  private static String signIn(String user) {
    return "Bearer " + password(user).text("token");
  }

  /** A security key for who has that session. */
  static void register(String session, EmulatedKey key) {
    String challenge =
        client()
            .mustPost("/security-keys/options", session, Map.of())
            .body()
            .path("publicKey")
            .path("challenge")
            .asText();
    client()
        .mustPost(
            "/security-keys",
            session,
            Map.of("name", "blue key", "credential", key.create(challenge)));
  }

  private static String challenge(String user) {
    JsonNode asked = password(user).body().path("publicKey");
    assertThat(asked.path("rpId").asText()).isEqualTo("localhost");
    assertThat(asked.path("userVerification").asText()).isEqualTo("required");
    return asked.path("challenge").asText();
  }

  private static int delete(String path, String session) throws IOException, InterruptedException {
    HttpRequest.Builder request = request(api(path)).header("Authorization", session).DELETE();
    return send(request).statusCode();
  }

  private static int status(String path, String session) {
    return client().get(path, session).status();
  }

  @Test
  void securityKey_registered_isTheSecondStep() throws GeneralSecurityException {
    String user = hire("AUDITOR");
    EmulatedKey key = new EmulatedKey(ORIGIN);
    register(signIn(user), key);

    Reply first = password(user);
    assertThat(first.status()).isEqualTo(201);
    assertThat(first.body().has("token")).isFalse();
    Map<String, Object> signed = key.sign(challenge(user));
    Reply second = client().post("/sessions/assertion", null, signed);
    assertThat(second.status()).isEqualTo(201);
    assertThat(status("/ledger/trial-balance", "Bearer " + second.text("token"))).isEqualTo(200);
    assertThat(client().post("/sessions/assertion", null, signed).status())
        .as("the same again")
        .isEqualTo(401);
  }

  @Test
  void securityKey_onAnotherSite_orOfAnother_isRefused() throws GeneralSecurityException {
    String user = hire("AUDITOR");
    register(signIn(user), new EmulatedKey(ORIGIN));
    EmulatedKey other = new EmulatedKey(ORIGIN);
    register(signIn(hire("AUDITOR")), other);
    assertThat(client().post("/sessions/assertion", null, other.sign(challenge(user))).status())
        .isEqualTo(401);

    String phished = hire("AUDITOR");
    String session = signIn(phished);
    String asked =
        client()
            .mustPost("/security-keys/options", session, Map.of())
            .body()
            .path("publicKey")
            .path("challenge")
            .asText();
    Map<String, Object> elsewhere = new EmulatedKey("http://evil.localhost").create(asked);
    Reply refused =
        client().post("/security-keys", session, Map.of("name", "x", "credential", elsewhere));
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.text("type")).endsWith(":security-key-not-accepted");
    assertThat(password(phished).body().has("token")).isTrue();
  }

  @Test
  void lostKeys_areTakenAway_byTwoPersons() throws GeneralSecurityException {
    String user = hire("AUDITOR");
    register(signIn(user), new EmulatedKey(ORIGIN));
    String path = "/staff/accounts/" + user + "/recovery";
    Map<String, String> reason = Map.of("reason", "key lost on the train");
    assertThat(client().post(path, office().approver(), reason).status()).isEqualTo(403);
    assertThat(client().mustPost(path, office().administrator(), reason).text("outcome"))
        .isEqualTo("PROPOSED");
    Reply alone = client().post(path, office().administrator(), reason);
    assertThat(alone.status()).isEqualTo(409);
    assertThat(alone.text("type")).endsWith(":second-person-needed");
    assertThat(client().mustPost(path, office().approver(), reason).text("outcome"))
        .isEqualTo("DONE");
    assertThat(password(user).body().has("token")).isTrue();
  }

  @Test
  void sessions_areListed_andEnded() throws IOException, InterruptedException {
    String user = hire("AUDITOR");
    String first = signIn(user);
    String second = signIn(user);
    JsonNode own = client().mustGet("/sessions", first).body().path("sessions");
    assertThat(own).hasSize(2);
    String others = "";
    for (JsonNode session : own) {
      if (!session.path("current").asBoolean()) {
        others = session.path("session").asText();
      }
    }
    assertThat(delete("sessions/" + others, office().clerk())).isEqualTo(404);
    assertThat(delete("sessions/" + others, first)).isEqualTo(204);
    assertThat(status("/sessions", second)).isEqualTo(401);
    assertThat(delete("sessions", first)).isEqualTo(204);
    assertThat(status("/sessions", first)).isEqualTo(401);
  }

  @Test
  void account_isLookedAfter_andWhatWasDoneStays() throws IOException, InterruptedException {
    String user = hire("AUDITOR");
    String session = signIn(user);
    String account = "/staff/accounts/" + user;
    HttpRequest.Builder roles =
        request(api("staff/accounts/" + user + "/roles"))
            .header("Authorization", office().administrator())
            .header("Content-Type", "application/json")
            .PUT(
                HttpRequest.BodyPublishers.ofString(
                    "{\"roles\":[\"CLERK\"],\"reason\":\"moves to the counter\"}"));
    assertThat(send(roles).statusCode()).isEqualTo(200);
    assertThat(status("/ledger/trial-balance", session)).isEqualTo(403);
    Map<String, String> rest = Map.of("state", "SUSPENDED", "reason", "on leave");
    client().mustPost(account + "/state", office().administrator(), rest);
    assertThat(status("/sessions", session)).isEqualTo(401);
    assertThat(password(user).status()).isEqualTo(401);
    Reply own = client().post("/staff/accounts/admin/state", office().administrator(), rest);
    assertThat(own.status()).isEqualTo(409);
    assertThat(own.text("type")).endsWith(":own-account");

    JsonNode changes = client().mustGet(account + "/changes", office().auditor()).body();
    List<String> what = new ArrayList<>();
    changes.path("changes").forEach(change -> what.add(change.path("what").asText()));
    assertThat(what).containsExactly("OPENED", "PASSWORD_CHOSEN", "ROLES_CHANGED", "SUSPENDED");
    assertThat(client().mustGet(account, office().auditor()).text("state")).isEqualTo("SUSPENDED");
    assertThat(status(account, office().clerk())).isEqualTo(403);
  }

  @Test
  void passwordOrName_thatWillNotDo_isRefused() {
    String user = "staff-" + NAMES.incrementAndGet();
    String oneTime =
        client()
            .mustPost(
                "/staff", office().administrator(), Map.of("user", user, "roles", List.of("CLERK")))
            .text("oneTimePassword");
    for (String guess : List.of("password1234", user + user + user, "aaaaaaaaaaaaaaaa")) {
      Map<String, String> choice = Map.of("user", user, "password", oneTime, "newPassword", guess);
      assertThat(client().post("/staff/password", null, choice).status()).isEqualTo(422);
    }
    for (String name : List.of("oidc:ida", "device:x", "two words", "аdmin")) {
      assertThat(
              client()
                  .post(
                      "/staff",
                      office().administrator(),
                      Map.of("user", name, "roles", List.of("CLERK")))
                  .status())
          .isEqualTo(422);
    }
  }

  @Test
  void tokenOfTheProvider_opensWhatItsRolesOpen_andNoOtherDoes()
      throws GeneralSecurityException, IOException {
    try (OidcProvider provider = new OidcProvider()) {
      Instant now = Instant.now();
      String claims = OidcProvider.claims(now, "bank-auditor");
      assertThat(trialBalance(provider.token(claims))).isEqualTo(200);
      assertThat(trialBalance(provider.token(OidcProvider.claims(now, "bank-clerk"))))
          .isEqualTo(403);
      assertThat(trialBalance(provider.token(OidcProvider.claims(now, "visitor")))).isEqualTo(403);
      Instant old = now.minusSeconds(400);
      List<String> bad =
          List.of(
              provider.token(OidcProvider.claims(old, "bank-auditor")),
              provider.token(claims.replace("id.bank", "id.evil")),
              provider.token(claims.replace("tallystick", "other")),
              provider.unsigned(claims),
              provider.forged(claims),
              provider.token(claims) + "A",
              "a.b.c",
              ".".repeat(4000));
      for (String token : bad) {
        assertThat(trialBalance(token)).as(token).isEqualTo(401);
      }
      assertThat(status("/security-keys", "Bearer " + provider.token(claims)))
          .as("keys are for accounts of this bank")
          .isEqualTo(403);
    }
  }

  private static int trialBalance(String token) {
    return status("/ledger/trial-balance", "Bearer " + token);
  }
}
