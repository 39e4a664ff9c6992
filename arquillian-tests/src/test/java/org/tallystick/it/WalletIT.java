package org.tallystick.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tallystick.it.Problems.assertProblem;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tallystick.answer.ReasonClass;
import org.tallystick.device.state.Ending;
import org.tallystick.device.state.OutboxEntry;
import org.tallystick.launcher.bank.AccountHolder;

/**
 * The eWallet over HTTP: a party fills it, orders it, proves what is its own and limits it; the
 * back office pays out and searches.
 *
 * <p>TSE-06.
 */
final class WalletIT extends BankIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String IBAN = "DE89370400440532013000";
  private static final String NOBODY = "AAAAAAAAAAAAAAAAAAAAAA";
  private static final String HOME =
      "{\"shorthand\":\"home\",\"recipient\":\"Ada Byron\",\"lines\":[\"12 St James's Square\"],"
          + "\"locality\":\"London\",\"postcode\":\"SW1Y 4LE\",\"country\":\"GB\"}";

  private static String party(AccountHolder holder) {
    return "Bearer " + holder.customer().token();
  }

  private static AccountHolder holder(String name) {
    return devices().fundedUser(name, OPENING_MINOR);
  }

  private static HttpResponse<String> ask(
      String method, String path, String authorization, String body)
      throws IOException, InterruptedException {
    return ask(method, path, authorization, body, "");
  }

  private static HttpResponse<String> ask(
      String method, String path, String authorization, String body, String ifMatch)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        request(api(path))
            .header("Authorization", authorization)
            .method(
                method,
                body.isEmpty()
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body));
    if (!body.isEmpty()) {
      request.header("Content-Type", "application/json");
    }
    if (!ifMatch.isEmpty()) {
      request.header("If-Match", ifMatch);
    }
    return send(request);
  }

  private static JsonNode good(HttpResponse<String> answer) throws IOException {
    assertThat(answer.statusCode()).as(answer.body()).isIn(200, 201, 204);
    return answer.body().isEmpty() ? JSON.nullNode() : JSON.readTree(answer.body());
  }

  private static String external(String party, String iban)
      throws IOException, InterruptedException {
    HttpResponse<String> added =
        ask(
            "POST",
            "wallet/external-accounts",
            party,
            "{\"form\":\"IBAN\",\"iban\":\""
                + iban
                + "\",\"currency\":\"EUR\",\"shorthand\":\"elsewhere\"}");
    assertThat(added.body()).doesNotContain("0532013000");
    return good(added).path("instrument").asText();
  }

  /** What the back office finds to pay out to an instrument. */
  private static JsonNode order(String instrument) throws IOException, InterruptedException {
    String after = "";
    do {
      JsonNode page = good(ask("GET", "micro-deposits?limit=1" + after, office().clerk(), ""));
      for (JsonNode order : page.path("microDeposits")) {
        if (order.path("instrument").asText().equals(instrument)) {
          return order;
        }
      }
      after = page.path("next").isTextual() ? "&after=" + page.path("next").asText() : "";
    } while (!after.isEmpty());
    throw new AssertionError("no micro-deposit is ordered");
  }

  private static String amounts(long one, long other) {
    return "{\"firstMinor\":" + one + ",\"secondMinor\":" + other + "}";
  }

  @Test
  void externalAccount_isProvenByTwoSmallAmounts() throws IOException, InterruptedException {
    AccountHolder holder = holder("Ursula Elsewhere");
    String party = party(holder);
    String instrument = external(party, IBAN);
    String verification = "wallet/instruments/" + instrument + "/verification";
    assertProblem(ask("POST", verification + "/confirmation", party, amounts(1, 2)), 409);

    assertThat(good(ask("POST", verification, party, "")).path("verification").asText())
        .isEqualTo("PENDING");
    JsonNode order = order(instrument);
    assertThat(order.path("lastFour").asText()).isEqualTo("3000");
    assertThat(order.toString()).doesNotContain("0532013000");
    long first = order.path("firstMinor").asLong();
    long second = order.path("secondMinor").asLong();
    String sent = "micro-deposits/" + order.path("microDeposit").asText() + "/sent";
    assertThat(good(ask("POST", sent, office().clerk(), "")).path("sentBy").asText())
        .isEqualTo("clerk");
    good(ask("POST", sent, office().clerk(), ""));
    assertProblem(ask("POST", sent, office().approver(), ""), 403);

    HttpResponse<String> wrong =
        ask("POST", verification + "/confirmation", party, amounts(first, second == 99 ? 98 : 99));
    assertProblem(wrong, 422);
    assertThat(wrong.body()).contains("amounts-wrong", "2 tries are left");
    JsonNode proven =
        good(ask("POST", verification + "/confirmation", party, amounts(second, first)));
    assertThat(proven.path("verification").asText()).isEqualTo("VERIFIED");
    assertThat(good(ask("GET", verification, party, ""))).isEqualTo(proven);
    entriesInBalancedBooks();
  }

  @Test
  void foreignCard_withoutALinkToItsIssuer_staysAsItIs() throws IOException, InterruptedException {
    AccountHolder holder = holder("Ursula Card");
    String party = party(holder);
    JsonNode card =
        good(
            ask(
                "POST",
                "wallet/cards",
                party,
                "{\"pan\":\"4111111111111111\",\"expiry\":\"2031-12\",\"shorthand\":\"theirs\"}"));
    assertThat(card.path("verification").asText()).isEqualTo("UNVERIFIED");
    assertThat(card.path("obstacle").asText()).isEqualTo("FOREIGN_CARD");
    HttpResponse<String> asked =
        ask(
            "POST",
            "wallet/instruments/" + card.path("instrument").asText() + "/verification",
            party,
            "");
    assertProblem(asked, 409);
    assertThat(asked.body()).contains("issuer-not-reachable");
  }

  @Test
  void instruments_areRenamedOrderedLimitedAndTakenOut() throws IOException, InterruptedException {
    AccountHolder holder = holder("Ursula Order");
    String party = party(holder);
    String elsewhere = external(party, IBAN);
    String own = instruments(party).get(0);
    String path = "wallet/instruments/" + own;
    assertProblem(ask("PUT", path + "/shorthand", party, "{\"shorthand\":\"ELSEWHERE\"}"), 409);
    good(ask("PUT", path + "/shorthand", party, "{\"shorthand\":\"everyday\"}"));
    assertThat(good(ask("GET", path, party, "")).path("shorthand").asText()).isEqualTo("everyday");

    String turned = "{\"instruments\":[\"" + elsewhere + "\",\"" + own + "\"]}";
    good(ask("PUT", "wallet/order", party, turned));
    assertThat(instruments(party)).containsExactly(elsewhere, own);
    String once = "{\"instruments\":[\"" + elsewhere + "\"]}";
    String twice = "{\"instruments\":[\"" + elsewhere + "\",\"" + elsewhere + "\"]}";
    assertProblem(ask("PUT", "wallet/order", party, once), 409);
    assertProblem(ask("PUT", "wallet/order", party, twice), 409);

    String limits = "{\"currency\":\"USD\",\"perTransactionMinor\":5000}";
    JsonNode limited = good(ask("PUT", path + "/limits", party, limits));
    assertThat(limited.path("limits").path("perTransactionMinor").asLong()).isEqualTo(5000);
    JsonNode raised =
        good(ask("PUT", path + "/limits", party, limits.replace("5000", "6000"))).path("limits");
    assertThat(raised.path("perTransactionMinor").asLong()).isEqualTo(5000);
    assertThat(raised.path("next").path("perTransactionMinor").asLong()).isEqualTo(6000);
    assertThat(raised.path("next").path("from").asText()).endsWith("Z");
    assertProblem(ask("PUT", path + "/limits", party, limits.replace("USD", "EUR")), 409);
    assertProblem(ask("PUT", path + "/limits", party, limits.replace("5000", "-1")), 400);

    good(ask("DELETE", path, party, ""));
    assertProblem(ask("GET", path, party, ""), 404);
    assertThat(instruments(party)).containsExactly(elsewhere);
  }

  private static List<String> instruments(String party) throws IOException, InterruptedException {
    List<String> found = new ArrayList<>();
    good(ask("GET", "wallet/instruments", party, ""))
        .path("instruments")
        .forEach(one -> found.add(one.path("instrument").asText()));
    return found;
  }

  @Test
  void payment_aboveTheOwnersLimit_isDeclinedAndThePayeeIsNotToldWhy()
      throws IOException, InterruptedException {
    User user = user();
    Shop shop = shop();
    String party = party(user.holder());
    String limits = "wallet/instruments/" + instruments(party).get(0) + "/limits";
    good(ask("PUT", limits, party, "{\"currency\":\"USD\",\"perDayMinor\":1000}"));
    assertPays(user, shop, 600);
    OutboxEntry bill = shop.bill(401);
    OutboxEntry half = shop.approvedBy(user, bill);
    send(shop.till(), bill);
    send(user.phone(), half);
    assertHears(user.phone(), half, Ending.DECLINED, ReasonClass.ABOVE_LIMIT);
    assertHears(shop.till(), bill, Ending.DECLINED, ReasonClass.NOT_HONOURED);
    assertThat(exactReason(bill.number(), half.codeHash())).isEqualTo("ABOVE_DAILY_LIMIT");
    assertPays(user, shop, 400);
    assertThat(user.balance()).isEqualTo(OPENING_MINOR - 1000);
  }

  @Test
  void addresses_areKeptReplacedAndDeleted() throws IOException, InterruptedException {
    AccountHolder holder = holder("Ursula Home");
    String party = party(holder);
    JsonNode home = good(ask("POST", "wallet/addresses", party, HOME));
    assertThat(home.path("preferred").asBoolean()).isTrue();
    String path = "wallet/addresses/" + home.path("place").asText();
    assertProblem(ask("POST", "wallet/addresses", party, HOME.replace("home", "HOME")), 409);
    good(ask("POST", "wallet/addresses", party, HOME.replace("home", "work")));
    String seen = ask("GET", path, party, "").headers().firstValue("ETag").orElseThrow();
    JsonNode moved = good(ask("PUT", path, party, HOME.replace("12 St", "13 St"), seen));
    assertThat(moved.path("address").path("lines").path(0).asText()).startsWith("13 St");
    assertProblem(ask("PUT", path, party, HOME, seen), 412);
    assertProblem(ask("GET", path, party(holder("Ursula Stranger")), ""), 404);
    good(ask("DELETE", path, party, ""));
    assertProblem(ask("GET", path, party, ""), 404);
    assertThat(good(ask("GET", "wallet/addresses", party, "")).path("addresses")).hasSize(1);
  }

  @Test
  void search_findsTheWallet_andIsWrittenDown() throws IOException, InterruptedException {
    AccountHolder holder = holder("Ursula Found");
    String party = party(holder);
    String instrument = external(party, "GB29NWBK60161331926819");
    String search =
        "{\"form\":\"IBAN\",\"iban\":\"GB29 NWBK 6016 1331 9268 19\",\"reason\":\"found it\"}";
    HttpResponse<String> answer = ask("POST", "instrument-searches", office().clerk(), search);
    JsonNode found = good(answer).path("instruments");
    assertThat(answer.body()).doesNotContain("31926819");
    assertThat(found).hasSize(1);
    assertThat(found.path(0).path("instrument").asText()).isEqualTo(instrument);
    assertThat(found.path(0).path("registration").asText())
        .isEqualTo(holder.customer().registration());
    assertProblem(ask("POST", "instrument-searches", office().auditor(), search), 403);
    assertProblem(
        ask(
            "POST",
            "instrument-searches",
            office().clerk(),
            search.replace("\"found it\"", "\" \"")),
        400);
    JsonNode log =
        good(ask("GET", "instrument-searches?limit=1", office().auditor(), ""))
            .path("searches")
            .path(0);
    assertThat(log.path("reason").asText()).isEqualTo("found it");
    assertThat(log.path("actor").asText()).isEqualTo("clerk");
    assertThat(log.path("found").asInt()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"form\":\"IBAN\",\"iban\":\"DE89370400440532013001\",\"currency\":\"EUR\"}",
        "{\"form\":\"IBAN\",\"iban\":\"DE8937040044053201300\",\"currency\":\"EUR\"}",
        "{\"form\":\"US\",\"routingNumber\":\"021000022\",\"accountNumber\":\"123456789\"}",
        "{\"form\":\"US\",\"routingNumber\":\"000000000\",\"accountNumber\":\"123456789\"}"
      })
  void accountNumber_thatIsNone_isRefused_andNotRepeated(String body)
      throws IOException, InterruptedException {
    HttpResponse<String> answer =
        ask(
            "POST",
            "wallet/external-accounts",
            party(Lazy.HOLDER),
            body.replace("}", ",\"shorthand\":\"x\"}"));
    assertProblem(answer, 422);
    assertThat(answer.body()).contains("account-not-valid").doesNotContain("0532", "123456789");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"form\":\"IBAN\",\"iban\":\"DE89370400440532013000\"}",
        "{\"form\":\"US\",\"routingNumber\":\"021000021\",\"accountNumber\":\"1234\","
            + "\"currency\":\"USD\"}",
        "{\"form\":\"BIC\",\"iban\":\"DE89370400440532013000\"}",
        "{\"form\":\"US\",\"routingNumber\":21000021,\"accountNumber\":\"1234\"}",
        "{\"form\":\"US\",\"routingNumber\":\"021000021\","
            + "\"accountNumber\":\"123456789012345678\"}"
      })
  void body_ofAnotherForm_isRefused(String body) throws IOException, InterruptedException {
    assertProblem(
        ask(
            "POST",
            "wallet/external-accounts",
            party(Lazy.HOLDER),
            body.replace("}", ",\"shorthand\":\"x\"}")),
        400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET wallet/instruments/" + NOBODY,
        "GET wallet/instruments/" + NOBODY + "/verification",
        "POST wallet/instruments/" + NOBODY + "/verification",
        "GET wallet/addresses/" + NOBODY,
        "DELETE wallet/addresses/" + NOBODY,
        "PUT wallet/addresses/" + NOBODY + "/preferred"
      })
  void thing_thatIsNotThere_isNotFound(String call) throws IOException, InterruptedException {
    String[] words = call.split(" ", -1);
    assertProblem(ask(words[0], words[1], party(Lazy.HOLDER), ""), 404);
    assertProblem(ask(words[0], words[1], office().clerk(), ""), 401);
  }

  /** One party for all that is refused: nothing of it is kept. */
  private static final class Lazy {
    static final AccountHolder HOLDER = holder("Ursula Refused");
  }
}
