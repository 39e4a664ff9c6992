package org.tallystick.it;

import static org.tallystick.it.ExampleState.NOBODY;
import static org.tallystick.it.ExampleState.fresh;
import static org.tallystick.it.ExampleState.party;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import org.tallystick.it.WalletScenes.Wallet;
import org.tallystick.launcher.bank.BackOffice;
import org.tallystick.launcher.bank.Customer;

/** How each problem of parties and wallets, and those of all resources, comes about. */
final class ProblemScenes {
  private static final String REASON = "{\"reason\":\"checked\"}";
  private static final String ACCOUNT = "{\"currency\":\"USD\",\"shorthand\":\"current\"}";
  private static final String CARD =
      "{\"pan\":\"9999000000000004\",\"expiry\":\"2031-12\",\"shorthand\":\"blue card\"}";
  private static final String IBAN =
      "{\"form\":\"IBAN\",\"iban\":\"DE89370400440532013000\",\"currency\":\"EUR\","
          + "\"shorthand\":\"elsewhere\"}";
  private static final String HOME =
      "{\"shorthand\":\"home\",\"recipient\":\"Ada Byron\",\"lines\":[\"12 St James's Square\"],"
          + "\"locality\":\"London\",\"country\":\"GB\"}";
  private static final String SHOP =
      "{\"kind\":\"ORGANISATION\",\"role\":\"PROVIDER\",\"name\":\"A Ltd\",\"displayName\":\"%s\","
          + "\"place\":\"High Street\"}";

  /** Four characters that are compared as 72. */
  private static final String LIGATURES = "\ufdfa".repeat(4);

  /** Bytes that come one a second: in ten seconds a body may come as it likes. */
  private static final int TOO_SLOW = 15;

  private ProblemScenes() {}

  /** Asks, in the state that it has made, for what is refused. */
  @FunctionalInterface
  interface Way {
    HttpResponse<String> ask() throws Exception;
  }

  static Map<String, Way> all() {
    return Map.ofEntries(
        Map.entry("malformed-body", () -> Asked.post("registrations").send("{")),
        Map.entry("bad-request", () -> Asked.get("keys?nonsense=1").send()),
        Map.entry("idempotency-key-missing", ProblemScenes::keyMissing),
        Map.entry("not-authenticated", () -> Asked.get("registrations").send()),
        Map.entry("not-permitted", () -> Asked.get("institutions").as(office().clerk()).send()),
        Map.entry("not-found", () -> Asked.get("accounts/999999").as(office().clerk()).send()),
        Map.entry("registration-not-active", ProblemScenes::notActive),
        Map.entry("name-confusable", ProblemScenes::confusable),
        Map.entry("institution-not-open", ProblemScenes::notOpen),
        Map.entry("state-not-permitted", ProblemScenes::stateNotPermitted),
        Map.entry("identification-incomplete", ProblemScenes::incomplete),
        Map.entry("identification-not-valid", ProblemScenes::notValid),
        Map.entry("second-person-needed", ProblemScenes::secondPerson),
        Map.entry("screening-open", ProblemScenes::screeningOpen),
        Map.entry("too-many-documents", ProblemScenes::manyDocuments),
        Map.entry("document-not-acceptable", ProblemScenes::badDocument),
        Map.entry("precondition-failed", ProblemScenes::changed),
        Map.entry("body-too-large", () -> Asked.post("registrations").send(" ".repeat(1 << 17))),
        Map.entry("body-too-slow", () -> Asked.post("registrations").sendSlowly(TOO_SLOW)),
        Map.entry(
            "unsupported-media-type",
            () -> Asked.post("registrations").media("text/plain").send("{}")),
        Map.entry("idempotency-key-reused", ProblemScenes::reused),
        Map.entry("shorthand-taken", ProblemScenes::sameName),
        Map.entry(
            "already-added", () -> twice("cards", CARD, CARD.replace("blue card", "red card"))),
        Map.entry("wallet-full", ProblemScenes::full),
        Map.entry("order-not-complete", ProblemScenes::incompleteOrder),
        Map.entry("verification-not-open", ProblemScenes::nothingToConfirm),
        Map.entry("verification-limit", ProblemScenes::manyVerifications),
        Map.entry("issuer-not-reachable", ProblemScenes::noIssuer),
        Map.entry("currency-mismatch", () -> deposit("EUR")),
        Map.entry("card-not-valid", () -> added("cards", CARD.replace("0004", "0005"))),
        Map.entry("card-expired", () -> added("cards", CARD.replace("2031", "2021"))),
        Map.entry(
            "account-not-valid", () -> added("external-accounts", IBAN.replace("3000", "3001"))),
        Map.entry("amounts-wrong", ProblemScenes::wrongAmounts),
        Map.entry("address-not-valid", () -> added("addresses", HOME.replace("GB", "XX"))),
        Map.entry(
            "shorthand-not-valid", () -> added("accounts", ACCOUNT.replace("current", LIGATURES))),
        Map.entry("export-over", ProblemScenes::exportOver),
        Map.entry("too-many-exports", ProblemScenes::manyExports),
        Map.entry("erasure-too-early", ProblemScenes::tooEarly));
  }

  private static BackOffice office() {
    return BankIT.office();
  }

  private static String of(Customer customer, String more) {
    return "registrations/" + customer.registration() + more;
  }

  private static HttpResponse<String> exportOver() throws Exception {
    Customer ada = ExampleState.ada();
    Asked fetch =
        Asked.get(of(ada, "/exports/" + PrivacyScenes.openedBy(ada)))
            .as(party(ada))
            .with("Accept", "*/*");
    HttpResponse<String> answer = fetch.send();
    // the place of the one before may be given back only after its last byte has come
    for (int i = 0; i < 50 && Set.of(200, 503).contains(answer.statusCode()); i++) {
      answer = fetch.send();
    }
    return answer;
  }

  private static HttpResponse<String> manyExports() throws Exception {
    Customer ada = ExampleState.ada();
    for (int i = 0; i < 20; i++) {
      PrivacyScenes.openedBy(ada);
    }
    return Asked.post(of(ada, "/exports")).as(party(ada)).send();
  }

  private static HttpResponse<String> keyMissing() throws Exception {
    return Asked.post("accounts/1/deposits")
        .as(office().clerk())
        .send("{\"amountMinor\":1,\"currency\":\"USD\"}");
  }

  private static HttpResponse<String> notActive() throws Exception {
    return Asked.post("wallet/accounts").as(party(ExampleState.ada())).send(ACCOUNT);
  }

  private static HttpResponse<String> confusable() throws Exception {
    String name = fresh("Corner Shop ");
    Customer shop = office().provider("A Ltd", name, "High Street");
    BankIT.devices().device(shop, fresh("till"), null);
    return Asked.post("registrations").send(SHOP.formatted(name));
  }

  private static HttpResponse<String> notOpen() throws Exception {
    String application =
        ExampleState.JSON
            .valueToTree(Map.of("kind", "PERSON", "role", "USER", "name", "Ada"))
            .toString();
    return Asked.post("registrations")
        .send(application.replace("}", ",\"institution\":\"" + NOBODY + "\"}"));
  }

  private static HttpResponse<String> stateNotPermitted() throws Exception {
    return Asked.post(of(ExampleState.ada(), "/state"))
        .as(office().approver())
        .send("{\"state\":\"SUSPENDED\",\"reason\":\"checked\"}");
  }

  private static HttpResponse<String> incomplete() throws Exception {
    Customer ada = ExampleState.ada();
    return Asked.post(of(ada, "/submission")).as(party(ada)).send();
  }

  private static HttpResponse<String> notValid() throws Exception {
    Customer ada = ExampleState.ada();
    String said = ExampleState.JSON.writeValueAsString(ExampleState.person());
    return Asked.put(of(ada, "/identification")).as(party(ada)).send(said.replace("1990", "2990"));
  }

  private static HttpResponse<String> secondPerson() throws Exception {
    Customer ada = ExampleState.inReview();
    ExampleState.approve(ada, office().approver(), "papers seen");
    return Asked.post(of(ada, "/approval")).as(office().approver()).send(REASON);
  }

  private static HttpResponse<String> screeningOpen() throws Exception {
    return Asked.post(of(ScreeningScenes.listed(), "/approval")).as(office().clerk()).send(REASON);
  }

  private static HttpResponse<String> manyDocuments() throws Exception {
    Customer ada = ExampleState.ada();
    for (int i = 0; ; i++) {
      String pdf = ExampleState.PDF.replace("/Catalog", "/Catalog /Size " + i);
      HttpResponse<String> answer =
          Asked.post(of(ada, "/documents?type=PASSPORT"))
              .as(party(ada))
              .media("application/pdf")
              .send(pdf.getBytes(StandardCharsets.US_ASCII));
      if (answer.statusCode() != 201 || i > 20) {
        return answer;
      }
    }
  }

  private static HttpResponse<String> badDocument() throws Exception {
    Customer ada = ExampleState.ada();
    return Asked.post(of(ada, "/documents?type=PASSPORT"))
        .as(party(ada))
        .media("application/pdf")
        .send("<html>");
  }

  private static HttpResponse<String> changed() throws Exception {
    Customer ada = ExampleState.identified();
    return Asked.put(of(ada, "/identification"))
        .as(party(ada))
        .with("If-Match", "\"99\"")
        .send(ExampleState.JSON.writeValueAsString(ExampleState.person()));
  }

  private static HttpResponse<String> reused() throws Exception {
    String party = party(Lazy.PARTY);
    Asked.post("wallet/accounts").as(party).with("Idempotency-Key", "same").send("{}");
    Asked.post("wallet/accounts").as(party).with("Idempotency-Key", "same").send(ACCOUNT);
    return Asked.post("wallet/accounts")
        .as(party)
        .with("Idempotency-Key", "same")
        .send(ACCOUNT.replace("current", "other"));
  }

  /** A party whose wallet may have anything in it. */
  private static final class Lazy {
    static final Customer PARTY = ExampleState.approved();
  }

  private static HttpResponse<String> added(String kind, String body) throws Exception {
    return Asked.post("wallet/" + kind).as(party(Lazy.PARTY)).send(body);
  }

  private static HttpResponse<String> sameName() throws Exception {
    String party = Wallet.empty().party();
    Asked.post("wallet/accounts").as(party).send(ACCOUNT);
    return Asked.post("wallet/cards").as(party).send(CARD.replace("blue card", "current"));
  }

  /** Has withdrawn just now. */
  private static HttpResponse<String> tooEarly() throws Exception {
    Customer ada = ExampleState.ada();
    Asked.delete(of(ada, "")).as(party(ada)).send();
    return Asked.post(of(ada, "/erasure")).as(office().clerk()).send(REASON);
  }

  private static HttpResponse<String> twice(String kind, String first, String second)
      throws Exception {
    String party = Wallet.empty().party();
    Asked.post("wallet/accounts").as(party).send(ACCOUNT.replace("current", "paying"));
    Asked.post("wallet/" + kind).as(party).send(first);
    return Asked.post("wallet/" + kind).as(party).send(second);
  }

  private static HttpResponse<String> full() throws Exception {
    String party = Wallet.empty().party();
    for (int i = 0; ; i++) {
      HttpResponse<String> answer =
          Asked.post("wallet/addresses").as(party).send(HOME.replace("home", "home " + i));
      if (answer.statusCode() != 201 || i > 100) {
        return answer;
      }
    }
  }

  private static HttpResponse<String> incompleteOrder() throws Exception {
    Wallet wallet = Wallet.external();
    return Asked.put("wallet/order").as(wallet.party()).send("{\"instruments\":[]}");
  }

  private static HttpResponse<String> nothingToConfirm() throws Exception {
    Wallet wallet = Wallet.external();
    return confirmation(wallet, 1, 2);
  }

  private static HttpResponse<String> confirmation(Wallet wallet, long first, long second)
      throws Exception {
    return Asked.post(wallet.verification().substring(1) + "/confirmation")
        .as(wallet.party())
        .send("{\"firstMinor\":" + first + ",\"secondMinor\":" + second + "}");
  }

  /** Takes the account out and adds it again until it may not be proven once more. */
  private static HttpResponse<String> manyVerifications() throws Exception {
    Wallet wallet = Wallet.empty();
    for (int i = 0; ; i++) {
      wallet.addExternal();
      HttpResponse<String> answer =
          Asked.post(wallet.verification().substring(1)).as(wallet.party()).send();
      if (answer.statusCode() != 200 || i > 20) {
        return answer;
      }
      Asked.delete("wallet/instruments/" + wallet.id("savings elsewhere"))
          .as(wallet.party())
          .send();
    }
  }

  private static HttpResponse<String> noIssuer() throws Exception {
    Wallet wallet = Wallet.empty();
    wallet.add("accounts", Map.of("currency", "USD", "shorthand", "current"));
    wallet.add(
        "cards", Map.of("pan", "4111111111111111", "expiry", "2031-12", "shorthand", "theirs"));
    return Asked.post("wallet/instruments/" + wallet.id("theirs") + "/verification")
        .as(wallet.party())
        .send();
  }

  private static HttpResponse<String> deposit(String currency) throws Exception {
    String account = BankIT.devices().fundedUser("Ada Byron", 1).account();
    return Asked.post("accounts/" + account + "/deposits")
        .as(office().clerk())
        .with("Idempotency-Key", fresh("k"))
        .send("{\"amountMinor\":1,\"currency\":\"" + currency + "\"}");
  }

  private static HttpResponse<String> wrongAmounts() throws Exception {
    Wallet wallet = Wallet.external();
    Wallet.beginVerification(wallet);
    long first = wallet.sendDeposit().path("firstMinor").asLong();
    return confirmation(wallet, first, 100 - first == first ? 1 : 100 - first);
  }
}
