package org.tallystick.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tallystick.it.Problems.assertProblem;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tallystick.launcher.bank.AccountHolder;
import org.tallystick.launcher.bank.Customer;

/** What holds for all resources: keys, tags, limits, pages, headers, and the page for people. */
final class MannersIT extends BankIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int AT_ONCE = 8;
  private static final String APPLICATION =
      "{\"kind\":\"PERSON\",\"role\":\"USER\",\"name\":\"Paula Page\"}";

  private static HttpRequest.Builder post(String path, String authorization, String body) {
    HttpRequest.Builder request =
        request(api(path))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body));
    return authorization.isEmpty() ? request : request.header("Authorization", authorization);
  }

  private static HttpResponse<String> get(String path, String authorization, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = request(api(path));
    if (!authorization.isEmpty()) {
      request.header("Authorization", authorization);
    }
    for (int i = 0; i + 1 < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return send(request);
  }

  private static String header(HttpResponse<String> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }

  private static Customer customer() {
    return office().user("Ida Empotent");
  }

  private static String bearer(Customer customer) {
    return "Bearer " + customer.token();
  }

  // ------------------------------------------------------------------------- idempotency keys

  @Test
  void sameKeyAgain_getsTheSameAnswer_andOtherPayloadIsRefused() throws Exception {
    String party = bearer(customer());
    String body = "{\"currency\":\"USD\",\"shorthand\":\"once\"}";
    HttpResponse<String> first =
        send(post("wallet/accounts", party, body).header("Idempotency-Key", "k-1"));
    HttpResponse<String> again =
        send(post("wallet/accounts", party, body).header("Idempotency-Key", "\"k-1\""));
    assertThat(first.statusCode()).as(first.body()).isEqualTo(201);
    assertThat(header(first, "Idempotency-Replayed")).isEmpty();
    assertThat(again.statusCode()).isEqualTo(201);
    assertThat(again.body()).isEqualTo(first.body());
    assertThat(header(again, "Content-Type")).isEqualTo(header(first, "Content-Type"));
    assertThat(header(again, "Idempotency-Replayed")).isEqualTo("true");

    HttpResponse<String> other =
        send(
            post("wallet/accounts", party, body.replace("once", "twice"))
                .header("Idempotency-Key", "k-1"));
    assertProblem(other, 422);
    assertThat(other.body()).contains("idempotency-key-reused");
    // without a key the same request is another one
    assertProblem(send(post("wallet/accounts", party, body)), 409);
    assertThat(get("wallet/instruments", party).body()).doesNotContain("twice");
  }

  @Test
  void whatWasMadeUnderAKey_isFoundAgainByTheReplay() throws Exception {
    String body =
        "{\"name\":\"Bank %s\",\"textColour\":\"#ffffff\",\"backgroundColour\":\"#003366\",\"terms\":\"Be good.\"}"
            .formatted(java.util.UUID.randomUUID());
    String administrator = office().administrator();
    HttpResponse<String> first =
        send(post("institutions", administrator, body).header("Idempotency-Key", "made-1"));
    HttpResponse<String> again =
        send(post("institutions", administrator, body).header("Idempotency-Key", "made-1"));
    assertThat(first.statusCode()).as(first.body()).isEqualTo(201);
    assertThat(header(again, "Idempotency-Replayed")).isEqualTo("true");
    for (String name : List.of("Location", "ETag")) {
      assertThat(header(again, name)).as(name).isNotEmpty().isEqualTo(header(first, name));
    }
  }

  @Test
  void refusal_underAKey_isGivenAgain_butABadBodyLeavesTheKeyFree() throws Exception {
    String party = bearer(customer());
    String good = "{\"currency\":\"USD\",\"shorthand\":\"good\"}";
    assertProblem(send(post("wallet/accounts", party, "{").header("Idempotency-Key", "k-2")), 400);
    assertThat(
            send(post("wallet/accounts", party, good).header("Idempotency-Key", "k-2"))
                .statusCode())
        .isEqualTo(201);
    HttpResponse<String> refused =
        send(post("wallet/accounts", party, good).header("Idempotency-Key", "k-3"));
    assertProblem(refused, 409);
    HttpResponse<String> again =
        send(post("wallet/accounts", party, good).header("Idempotency-Key", "k-3"));
    assertProblem(again, 409);
    assertThat(header(again, "Idempotency-Replayed")).isEqualTo("true");
  }

  @Test
  void anotherPartysKey_isAnotherKey() throws Exception {
    String body = "{\"currency\":\"USD\",\"shorthand\":\"mine\"}";
    for (String party : List.of(bearer(customer()), bearer(customer()))) {
      HttpResponse<String> answer =
          send(post("wallet/accounts", party, body).header("Idempotency-Key", "shared"));
      assertThat(answer.statusCode()).isEqualTo(201);
      assertThat(header(answer, "Idempotency-Replayed")).isEmpty();
    }
  }

  @Test
  void sameKey_manyTimesAtOnce_isDoneOnce() throws Exception {
    AccountHolder holder = devices().fundedUser("Rita Race", OPENING_MINOR);
    String path = "accounts/" + holder.account() + "/deposits";
    ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
    try {
      for (int round = 1; round <= 5; round++) {
        String key = "race-" + UUID.randomUUID();
        CyclicBarrier start = new CyclicBarrier(AT_ONCE);
        List<Future<HttpResponse<String>>> answers = new ArrayList<>();
        for (int i = 0; i < AT_ONCE; i++) {
          answers.add(
              threads.submit(
                  () -> {
                    start.await();
                    return send(
                        post(path, office().clerk(), "{\"amountMinor\":7,\"currency\":\"USD\"}")
                            .header("Idempotency-Key", key));
                  }));
        }
        int firsts = 0;
        for (Future<HttpResponse<String>> future : answers) {
          HttpResponse<String> answer = future.get();
          assertThat(answer.statusCode()).as(answer.body()).isIn(201, 409);
          if (answer.statusCode() == 409) {
            assertThat(answer.body()).contains("idempotency-key-in-progress");
            assertThat(header(answer, "Retry-After")).isEqualTo("1");
          } else if (header(answer, "Idempotency-Replayed").isEmpty()) {
            firsts++;
          }
        }
        assertThat(firsts).isOne();
        assertThat(office().postedMinor(holder.account())).isEqualTo(OPENING_MINOR + 7L * round);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  // ------------------------------------------------------------------------------ entity tags

  @Test
  void thingThatHasNotChanged_isNotSentAgain() throws Exception {
    Customer customer = customer();
    for (String path :
        List.of(
            "keys",
            "agreements/1",
            "openapi.json",
            "problems",
            "registrations/" + customer.registration(),
            "wallet/instruments")) {
      HttpResponse<String> first = get(path, bearer(customer));
      String tag = header(first, "ETag");
      assertThat(tag).as(path).matches("\"[A-Za-z0-9_-]{22}\"");
      HttpResponse<String> second =
          get(path, bearer(customer), "If-None-Match", "\"other\", W/" + tag);
      assertThat(second.statusCode()).as(path).isEqualTo(304);
      assertThat(second.body()).isEmpty();
      assertThat(header(second, "ETag")).isEqualTo(tag);
      assertThat(get(path, bearer(customer), "If-None-Match", "\"other\"").body())
          .isEqualTo(first.body());
      assertProblem(get(path, bearer(customer), "If-None-Match", "unquoted"), 400);
    }
    String before = header(get("wallet/instruments", bearer(customer)), "ETag");
    customer.account("USD", "new one");
    assertThat(get("wallet/instruments", bearer(customer), "If-None-Match", before).statusCode())
        .isEqualTo(200);
    // who may not see it learns nothing by a tag
    assertProblem(get("registrations/" + customer.registration(), "", "If-None-Match", "*"), 401);
  }

  // -------------------------------------------------------------------------- limits and pages

  @ParameterizedTest
  @CsvSource({"keys, general", "agreements/1, general", "problems, general", "health, general"})
  void everyAnswer_tellsWhatIsLeft(String path, String policy) throws Exception {
    HttpResponse<String> answer = get(path, "");
    assertThat(header(answer, "RateLimit-Policy")).matches("\"" + policy + "\";q=\\d+;w=1");
    assertThat(header(answer, "RateLimit")).matches("\"" + policy + "\";r=\\d+;t=1");
  }

  @Test
  void signedInAnswer_tellsOfTheAccountsLimitToo() throws Exception {
    HttpResponse<String> answer = get("ledger/trial-balance", office().auditor());
    assertThat(header(answer, "RateLimit-Policy"))
        .matches("\"general\";q=\\d+;w=1, \"account\";q=\\d+;w=1");
    assertThat(header(answer, "RateLimit")).contains("\"account\";r=");
  }

  @Test
  void pages_goOnByCursor_andNobodyElseMakesOne() throws Exception {
    for (int i = 0; i < 3; i++) {
      assertThat(send(post("registrations", "", APPLICATION)).statusCode()).isEqualTo(201);
    }
    String list = "registrations?state=APPLIED&limit=1";
    JsonNode first = JSON.readTree(get(list, office().clerk()).body());
    String next = first.path("next").asText();
    JsonNode second = JSON.readTree(get(list + "&after=" + next, office().clerk()).body());
    assertThat(second.path("registrations")).hasSize(1).isNotEqualTo(first.path("registrations"));

    String shown = first.path("registrations").path(0).path("registration").asText();
    for (String bad : List.of(shown, "AAAA", next.substring(1), next + "AAAA", "%00")) {
      assertProblem(get(list + "&after=" + bad, office().clerk()), 400);
    }
    assertProblem(get("registrations?state=CLOSED&limit=1&after=" + next, office().clerk()), 400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "registrations?stat=ACTIVE",
        "registrations?limit=1&limit=2",
        "keys?x",
        "keys?a=b"
      })
  void queryThatNobodyAskedFor_isRefused(String path) throws Exception {
    assertProblem(get(path, office().clerk()), 400);
  }

  // -------------------------------------------------------------------------------- strictness

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/json; charset=iso-8859-1",
        "application/json; charset=utf-16",
        "text/plain",
        "application/xml"
      })
  void bodyOfAnotherType_isRefused(String type) throws Exception {
    assertProblem(
        send(
            request(api("registrations"))
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofString(APPLICATION))),
        415);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "deflate", "br", "identity, gzip", "x"})
  void packedBody_isRefused(String encoding) throws Exception {
    assertProblem(
        send(post("registrations", "", APPLICATION).header("Content-Encoding", encoding)), 415);
  }

  @Test
  void utf8_isTakenByName() throws Exception {
    HttpResponse<String> answer =
        send(
            request(api("registrations"))
                .header("Content-Type", "application/json; charset=UTF-8")
                .POST(HttpRequest.BodyPublishers.ofString(APPLICATION)));
    assertThat(answer.statusCode()).isEqualTo(201);
    String registration = JSON.readTree(answer.body()).path("registration").asText();
    assertThat(header(answer, "Location"))
        .isEqualTo(api("registrations/" + registration).toString());
  }

  @Test
  void methods_areSane() throws Exception {
    HttpResponse<String> head =
        send(request(api("keys")).method("HEAD", HttpRequest.BodyPublishers.noBody()));
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    HttpResponse<String> options =
        send(request(api("registrations")).method("OPTIONS", HttpRequest.BodyPublishers.noBody()));
    assertThat(options.statusCode()).isIn(200, 204);
    assertThat(header(options, "Allow")).contains("GET", "POST");
    assertThat(options.body()).doesNotContain("<", "jersey");
    assertProblem(get("application.wadl", ""), 404);
    HttpResponse<String> deleted = send(request(api("keys")).DELETE());
    assertProblem(deleted, 405);
    assertThat(header(deleted, "Allow")).contains("GET");
    assertProblem(get("nothing-here", ""), 404);
    assertProblem(get("keys/nothing-here", ""), 404);
  }

  @Test
  void everyAnswer_hasTheHeadersThatKeepItFromHarm() throws Exception {
    for (HttpResponse<String> answer :
        List.of(get("keys", ""), get("ledger/trial-balance", ""), get("nothing-here", ""))) {
      assertThat(header(answer, "X-Content-Type-Options")).isEqualTo("nosniff");
      assertThat(header(answer, "Cache-Control")).isEqualTo("no-store");
      assertThat(header(answer, "Referrer-Policy")).isEqualTo("no-referrer");
    }
    assertThat(header(get("keys", ""), "Content-Security-Policy")).contains("default-src 'none'");
  }

  // ------------------------------------------------------------------------------- for people

  @Test
  void problems_areToldToPeople() throws Exception {
    JsonNode all = JSON.readTree(get("problems", "").body()).path("problems");
    assertThat(all.size()).isGreaterThan(25);
    for (JsonNode problem : all) {
      JsonNode one = JSON.readTree(get("problems/" + problem.path("slug").asText(), "").body());
      assertThat(one).isEqualTo(problem);
    }
    assertProblem(get("problems/nothing-here", ""), 404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"api", "api/"})
  void pageOfTheApi_isWhole_andAsksNobodyElse(String path) throws Exception {
    URI page = baseUri().resolve(path);
    HttpResponse<String> html = send(HttpRequest.newBuilder(page));
    assertThat(html.statusCode()).isEqualTo(200);
    assertThat(header(html, "Content-Type")).startsWith("text/html");
    assertThat(header(html, "Content-Security-Policy"))
        .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
        .doesNotContain("unsafe");
    Matcher asset = Pattern.compile("(?:src|href)=\"([^\"]+)\"").matcher(html.body());
    int assets = 0;
    while (asset.find()) {
      assertThat(asset.group(1)).startsWith("/api/");
      HttpResponse<String> file = send(HttpRequest.newBuilder(page.resolve(asset.group(1))));
      assertThat(file.statusCode()).as(asset.group(1)).isEqualTo(200);
      assertThat(file.body()).isNotEmpty();
      assets++;
    }
    assertThat(assets).isEqualTo(5);
    assertThat(html.body()).doesNotContain("<style", "style=", "onload", "<script>");
    HttpResponse<String> script = send(HttpRequest.newBuilder(page.resolve("/api/ui/init.js")));
    assertThat(script.body()).contains("/api/v1/openapi.json").doesNotContain("http:", "https:");
  }
}
