package org.tallystick.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tallystick.it.Problems.assertProblem;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tallystick.code.TransactionNumber;
import org.tallystick.codec.Base64Url;
import org.tallystick.cose.CoseSign1;
import org.tallystick.device.state.FinishedEntry;
import org.tallystick.device.state.OutboxEntry;
import org.tallystick.launcher.bank.AccountHolder;
import org.tallystick.launcher.bank.Customer;
import org.tallystick.receipt.Receipt;

/**
 * Who may do what, and that a refusal does not tell what is there.
 *
 * <p>TSE-01 (only registered parties and the bank's people act), TSE-14 (receipts are for their
 * party and the auditor), TSE-06 (a wallet is its owner's).
 */
final class AccessIT extends BankIT {
  private static final String NOBODY = "AAAAAAAAAAAAAAAAAAAAAA";
  private static final String NUMBER = "0000000000000000";
  private static final String CLERK = "clerk";
  private static final String APPROVER = "approver";
  private static final String AUDITOR = "auditor";

  /**
   * A request that only some of the staff may make.
   *
   * @param method of HTTP
   * @param path below the interface's root
   * @param body JSON, empty for none
   * @param allowed who may; the administrator alone where empty
   */
  private record StaffOnly(String method, String path, String body, List<String> allowed) {}

  private static final String REASON = "{\"reason\":\"checked\"}";
  private static final String STATE = "{\"state\":\"SUSPENDED\",\"reason\":\"checked\"}";
  private static final String DEPOSIT = "{\"amountMinor\":1,\"currency\":\"USD\"}";

  private static final String PERSON =
      "{\"person\":{\"given\":\"Eve\",\"family\":\"Moneypenny\",\"born\":\"1990-01-02\","
          + "\"address\":{\"lines\":[\"1 Main Street\"],\"locality\":\"Springfield\",\"country\":\"US\"},"
          + "\"nationality\":\"US\",\"paper\":{\"kind\":\"TAX_ID\",\"number\":\"1\",\"country\":\"US\"}}}";

  private static Stream<StaffOnly> staffOnly() {
    List<String> counter = List.of(CLERK, APPROVER);
    List<String> approver = List.of(APPROVER);
    List<String> auditor = List.of(AUDITOR);
    return Stream.of(
        new StaffOnly("POST", "staff", "{\"user\":\"eve\",\"roles\":[\"CLERK\"]}", List.of()),
        new StaffOnly("GET", "registrations", "", counter),
        new StaffOnly("POST", "registrations/" + NOBODY + "/approval", REASON, counter),
        new StaffOnly("POST", "registrations/" + NOBODY + "/state", STATE, approver),
        new StaffOnly("GET", "registrations/" + NOBODY + "/dossier", "", counter),
        new StaffOnly("GET", "registrations/" + NOBODY + "/documents/" + NOBODY, "", counter),
        new StaffOnly(
            "GET",
            "registrations/" + NOBODY + "/transitions",
            "",
            List.of(CLERK, APPROVER, AUDITOR)),
        new StaffOnly("GET", "registrations/" + NOBODY + "/accesses", "", auditor),
        new StaffOnly("POST", "registrations/" + NOBODY + "/activation-approvals", "", approver),
        new StaffOnly("POST", "devices/" + NOBODY + "/state", STATE, approver),
        new StaffOnly("GET", "devices/" + NOBODY + "/log", "", auditor),
        new StaffOnly("GET", "accounts/999999", "", List.of(CLERK, APPROVER, AUDITOR)),
        new StaffOnly("POST", "accounts/999999/deposits", DEPOSIT, List.of(CLERK)),
        new StaffOnly("GET", "ledger/trial-balance", "", auditor),
        new StaffOnly("GET", "transactions/" + NUMBER, "", auditor),
        new StaffOnly("GET", "transactions/" + NUMBER + "/evidence", "", auditor),
        new StaffOnly("GET", "transactions/summary", "", auditor));
  }

  @ParameterizedTest
  @MethodSource("staffOnly")
  void staffResource_withoutAStaffSession_isRefused(StaffOnly resource)
      throws IOException, InterruptedException {
    String party = "Bearer " + Parties.ALICE.customer().token();
    for (String authorization : notSignedIn(party)) {
      assertProblem(ask(resource.method(), resource.path(), resource.body(), authorization), 401);
    }
  }

  @ParameterizedTest
  @MethodSource("staffOnly")
  void staffResource_withAnotherRole_isNotPermitted(StaffOnly resource)
      throws IOException, InterruptedException {
    Map<String, String> staff =
        Map.of(CLERK, office().clerk(), APPROVER, office().approver(), AUDITOR, office().auditor());
    for (Map.Entry<String, String> one : staff.entrySet()) {
      HttpResponse<String> answer =
          ask(resource.method(), resource.path(), resource.body(), one.getValue());
      if (resource.allowed().contains(one.getKey())) {
        assertThat(answer.statusCode()).as("%s as %s", resource, one.getKey()).isIn(200, 404);
      } else {
        assertProblem(answer, 403);
      }
    }
  }

  /**
   * A request that only a party may make, for itself.
   *
   * @param method of HTTP
   * @param path below the interface's root, for Alice
   * @param body JSON, empty for none
   * @param tellsOwner whether it names whose it is, so that another party is told that nothing is
   *     there
   */
  private record PartyOnly(String method, String path, String body, boolean tellsOwner) {}

  private static Stream<PartyOnly> partyOnly() {
    String alice = Parties.ALICE.customer().registration();
    return Stream.of(
        new PartyOnly("GET", "registrations/" + alice, "", true),
        new PartyOnly("DELETE", "registrations/" + alice, "", true),
        new PartyOnly("GET", "registrations/" + alice + "/identification", "", true),
        new PartyOnly("PUT", "registrations/" + alice + "/identification", PERSON, true),
        new PartyOnly("POST", "registrations/" + alice + "/submission", "", true),
        new PartyOnly("GET", "registrations/" + alice + "/messages", "", true),
        new PartyOnly("GET", "registrations/" + alice + "/documents", "", true),
        new PartyOnly("DELETE", "registrations/" + alice + "/documents/" + document(), "", true),
        new PartyOnly("POST", "registrations/" + alice + "/activations", "{}", true),
        new PartyOnly(
            "POST", "wallet/accounts", "{\"currency\":\"EUR\",\"shorthand\":\"x\"}", false),
        new PartyOnly(
            "POST",
            "wallet/cards",
            "{\"pan\":\"4111111111111111\",\"expiry\":\"2031-12\",\"shorthand\":\"y\"}",
            false),
        new PartyOnly("GET", "wallet/instruments", "", false),
        new PartyOnly("PUT", "wallet/instruments/" + instrument() + "/preferred", "", true),
        new PartyOnly("DELETE", "wallet/instruments/" + instrument(), "", true));
  }

  private static String document() {
    Customer alice = Parties.ALICE.customer();
    return client()
        .mustGet("/registrations/" + alice.registration() + "/documents", "Bearer " + alice.token())
        .body()
        .path("documents")
        .path(0)
        .path("document")
        .asText();
  }

  private static String instrument() {
    return client()
        .mustGet("/wallet/instruments", "Bearer " + Parties.ALICE.customer().token())
        .body()
        .path("instruments")
        .path(0)
        .path("instrument")
        .asText();
  }

  @ParameterizedTest
  @MethodSource("partyOnly")
  void partyResource_withoutAPartyToken_isRefused(PartyOnly resource)
      throws IOException, InterruptedException {
    for (String authorization : notSignedIn(office().auditor())) {
      assertProblem(ask(resource.method(), resource.path(), resource.body(), authorization), 401);
    }
  }

  private static Stream<PartyOnly> namedInTheirPath() {
    return partyOnly().filter(PartyOnly::tellsOwner);
  }

  @ParameterizedTest
  @MethodSource("namedInTheirPath")
  void partyResource_ofAnotherParty_looksAsIfNothingWereThere(PartyOnly resource)
      throws IOException, InterruptedException {
    Customer bob = Parties.BOB.customer();
    String nobodys = resource.path().replaceAll("/[A-Za-z0-9_-]{22}(?=/|$)", "/" + NOBODY);
    HttpResponse<String> others = ask(resource, resource.path(), bob);
    HttpResponse<String> unknown = ask(resource, nobodys, bob);

    assertProblem(others, 404);
    assertThat(others.body()).isEqualTo(unknown.body());
    assertThat(instrument()).as("Alice's wallet is as it was").isNotEmpty();
  }

  /** No credentials, malformed ones, unknown ones, and good ones of the other kind. */
  private static List<String> notSignedIn(String otherKind) {
    return List.of(
        "",
        "Bearer",
        "Bearer ",
        "Bearer " + "A".repeat(43),
        "Bearer " + "A".repeat(4000),
        "Basic YWRtaW46YWRtaW4=",
        "Receipt " + NOBODY,
        otherKind);
  }

  @ParameterizedTest
  @ValueSource(strings = {"sessions", "staff/password"})
  void signIn_wrongPasswordAndUnknownUser_haveTheSameAnswer(String path)
      throws IOException, InterruptedException {
    HttpResponse<String> wrong = ask("POST", path, credentials(path, "auditor"), "");
    HttpResponse<String> unknown = ask("POST", path, credentials(path, "nobody-here"), "");

    assertProblem(wrong, 401);
    assertThat(unknown.statusCode()).isEqualTo(401);
    assertThat(unknown.body()).isEqualTo(wrong.body());
    assertThat(unknown.headers().map().keySet()).isEqualTo(wrong.headers().map().keySet());
  }

  private static String credentials(String path, String user) {
    String more = path.equals("sessions") ? "" : ",\"newPassword\":\"long enough for everybody\"";
    return "{\"user\":\"" + user + "\",\"password\":\"not this one at all\"" + more + "}";
  }

  @Test
  void party_whoseRegistrationIsClosed_getsNoActivation() {
    AccountHolder gone = devices().fundedUser("Ursula Gone", 1_00);
    office().registrationState(gone.customer(), "CLOSED", "asked for it");

    assertThat(
            client()
                .post(
                    "/registrations/" + gone.customer().registration() + "/activations",
                    "Bearer " + gone.customer().token(),
                    Map.of())
                .status())
        .isIn(401, 403);
  }

  @Test
  void receipt_withoutItsToken_looksUnknown() throws IOException, InterruptedException {
    User user = user();
    Shop shop = shop();
    FinishedEntry paid = assertPays(user, shop, 1_00);
    String number =
        TransactionNumber.text(
            Receipt.decode(CoseSign1.decode(paid.receipt()).payload()).receiptNumber());
    String unknown = ask("GET", "receipts/" + NUMBER, "", "").body();
    List<String> bad = new ArrayList<>(notSignedIn(office().clerk()));
    bad.addAll(List.of(office().approver(), "Receipt", "Receipt !", "Receipt AAAA"));
    bad.add("Bearer " + shop.holder().customer().token());
    for (String authorization : bad) {
      HttpResponse<String> answer = ask("GET", "receipts/" + number, "", authorization);
      assertProblem(answer, 404);
      assertThat(answer.body()).isEqualTo(unknown);
    }
    assertThat(office().findsReceipt(number)).isTrue();
    assertThat(office().findsReceipt(NUMBER)).isFalse();
  }

  @Test
  void answer_forAnUnknownPickup_looksLikeOneThatIsPending()
      throws IOException, InterruptedException {
    Shop shop = shop();
    OutboxEntry bill = shop.bill(1_00);
    send(shop.till(), bill);
    awaitParked(bill);
    HttpResponse<String> waiting = ask("GET", "answers/" + Base64Url.encode(bill.pickup()), "", "");
    HttpResponse<String> unknown = ask("GET", "answers/" + NOBODY, "", "");
    HttpResponse<String> polled = ask("GET", "answers/" + NOBODY + "?wait=1", "", "");

    assertThat(waiting.statusCode()).isEqualTo(200);
    assertThat(unknown.statusCode()).isEqualTo(200);
    assertThat(waiting.body()).isEqualTo("{\"state\":\"PENDING\"}");
    assertThat(unknown.body()).isEqualTo(waiting.body());
    assertThat(polled.body()).isEqualTo(waiting.body());
    assertThat(unknown.headers().map().keySet()).isEqualTo(waiting.headers().map().keySet());
  }

  /** Two users who know nothing of each other. */
  private static final class Parties {
    static final AccountHolder ALICE = devices().fundedUser("Alice", 1_00);
    static final AccountHolder BOB = devices().fundedUser("Bob", 1_00);
  }

  private static HttpResponse<String> ask(PartyOnly resource, String path, Customer as)
      throws IOException, InterruptedException {
    return ask(resource.method(), path, resource.body(), "Bearer " + as.token());
  }

  private static HttpResponse<String> ask(
      String method, String path, String body, String authorization)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        request(api(path))
            .method(
                method,
                body.isEmpty()
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body));
    if (!body.isEmpty()) {
      request.header("Content-Type", "application/json");
    }
    if (!authorization.isEmpty()) {
      request.header("Authorization", authorization);
    }
    if (path.endsWith("/deposits")) {
      request.header("Idempotency-Key", "access");
    }
    return send(request);
  }
}
