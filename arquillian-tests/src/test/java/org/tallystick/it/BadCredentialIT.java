package org.tallystick.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tallystick.launcher.portability.Refusal;

/** Credentials that are none, cut, long, ended, or of another kind: 401, and nothing is stored. */
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

  @Test
  void credentialThatIsNone_isRefusedEverywhere_andChangesNothing()
      throws IOException, InterruptedException {
    Map<String, String> all = bad();
    List<String> faults = new ArrayList<>();
    BankTables before = BankTables.quiet();
    for (Map.Entry<String, String> bad : all.entrySet()) {
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
