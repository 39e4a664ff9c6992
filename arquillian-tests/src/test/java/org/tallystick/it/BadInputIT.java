package org.tallystick.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.tallystick.it.Problems.assertProblem;
import static org.tallystick.it.Problems.assertTellsNothing;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tallystick.launcher.bank.AccountHolder;

/**
 * Requests that no client should make: each is refused in one form that tells nothing of the
 * inside, and changes nothing.
 *
 * <p>TSE-09, TSE-10: what arrives where codes are taken, and beside it.
 */
final class BadInputIT extends BankIT {
  private static final int MAX_CODE_BODY = 16 * 1024;
  private static final int MAX_BODY = 64 * 1024;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "null",
        "\"code\"",
        "{",
        "{\"code\":\"\"}",
        "{\"code\":null}",
        "{\"code\":7}",
        "{\"code\":[\"TL\"]}",
        "{\"code\":\"x\"}",
        "{\"code\":\"TL::A::B::C\"}",
        "{\"code\":\"TL::0000000000000000::AAAAAAAAAAAAAAAAAAAAAAA::gA\"}",
        "{\"code\":\":::::::::::\"}",
        "{\"code\":\"x\",\"code\":\"x\"}",
        "{\"code\":\"x\",\"more\":1}",
        "{\"Code\":\"x\"}",
        "{\"code\":\"x\"} {}",
        "{\"code\":\"\\ud800\"}",
        "{\"code\":\"x\\u0000\"}",
        "{'code':'x'}",
        "{\"code\":\"x\",}",
        "{\"code\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{}}}}}}}}}}"
      })
  void code_malformed_isRefused(String body) throws IOException, InterruptedException {
    assertProblem(post(api("codes"), body), 400);
  }

  @Test
  void code_emptyBody_isRefused() throws IOException, InterruptedException {
    assertProblem(post(api("codes"), ""), 400);
  }

  @Test
  void code_ofRandomBytes_isRefused() throws IOException, InterruptedException {
    Random random = new Random(20_251_122);
    for (int length : new int[] {1, 7, 64, 1000, 8192}) {
      byte[] garbage = new byte[length];
      random.nextBytes(garbage);
      HttpRequest.Builder request =
          request(api("codes"))
              .header("Content-Type", "application/json")
              .POST(HttpRequest.BodyPublishers.ofByteArray(garbage));
      assertProblem(send(request), 400);
    }
  }

  @Test
  void code_ofTooManyCharacters_isRefused() throws IOException, InterruptedException {
    assertProblem(post(api("codes"), "{\"code\":\"" + "A".repeat(8193) + "\"}"), 400);
  }

  @Test
  void body_overTheLimit_isTooLarge() throws IOException, InterruptedException {
    assertProblem(post(api("codes"), "{\"code\":\"" + "A".repeat(MAX_CODE_BODY) + "\"}"), 413);
    assertProblem(post(api("codes"), " ".repeat(MAX_CODE_BODY + 1)), 413);
    assertProblem(post(api("codes"), " ".repeat(4 * 1024 * 1024)), 413);
    assertProblem(post(api("registrations"), " ".repeat(MAX_BODY + 1)), 413);
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/plain", "application/xml", "application/octet-stream", "nonsense"})
  void code_ofAnotherMediaType_isUnsupported(String type) throws IOException, InterruptedException {
    HttpRequest.Builder request =
        request(api("codes"))
            .header("Content-Type", type)
            .POST(HttpRequest.BodyPublishers.ofString("{\"code\":\"x\"}"));
    HttpResponse<String> answer = send(request);

    assertThat(answer.statusCode()).isIn(400, 415);
    assertProblem(answer, answer.statusCode());
  }

  @ParameterizedTest
  @CsvSource({
    "GET, codes",
    "PUT, codes",
    "DELETE, codes",
    "PATCH, codes",
    "POST, keys",
    "DELETE, health",
    "POST, answers/AAAAAAAAAAAAAAAAAAAAAA",
    "PUT, sessions"
  })
  void method_thatIsNotTaken_isNotAllowed(String method, String path)
      throws IOException, InterruptedException {
    assertProblem(
        send(
            request(api(path))
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString("{}"))),
        405);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nothing",
        "codes/1",
        "receipts/short",
        "receipts/UUUUUUUUUUUUUUUU",
        "accounts/abc",
        "transactions/0",
        "agreements/0",
        "enrolments/AAAA",
        "enrolments/%00"
      })
  void path_thatIsUnknown_isNotFound(String path) throws IOException, InterruptedException {
    assertProblem(send(request(api(path))), 404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"nothing", "WEB-INF/web.xml", "META-INF/MANIFEST.MF", "api", "api/v2/"})
  void path_besideTheInterface_tellsNothing(String path) throws IOException, InterruptedException {
    HttpResponse<String> answer = send(request(baseUri().resolve(path)));

    assertThat(answer.statusCode()).isEqualTo(404);
    assertTellsNothing(answer);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "answers/short",
        "answers/AAAAAAAAAAAAAAAAAAAAAB",
        "answers/AAAAAAAAAAAAAAAAAAAAAA?wait=-1",
        "answers/AAAAAAAAAAAAAAAAAAAAAA?wait=31",
        "answers/AAAAAAAAAAAAAAAAAAAAAA?wait=soon",
        "answers/AAAAAAAAAAAAAAAAAAAAAA?wait=1.5"
      })
  void pickup_malformed_isRefused(String path) throws IOException, InterruptedException {
    assertProblem(send(request(api(path))), 400);
  }

  @Test
  void form_thatWasNotOffered_isNotAcceptable() throws IOException, InterruptedException {
    assertProblem(
        send(HttpRequest.newBuilder(api("keys")).header("Accept", "application/xml")), 406);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\"amountMinor\":null,",
        "\"amountMinor\":1.5,",
        "\"amountMinor\":1.0,",
        "\"amountMinor\":\"100\",",
        "\"amountMinor\":18446744073709551616,",
        "\"amountMinor\":9223372036854775808,",
        "\"amountMinor\":1000000000000001,",
        "\"amountMinor\":1e3,",
        "\"amountMinor\":0,",
        "\"amountMinor\":-100,",
        "\"amountMinor\":-0,",
        "\"amountMinor\":0100,",
        "\"amountMinor\":+100,",
        "\"amountMinor\":0x64,",
        "\"amountMinor\":NaN,",
        "\"amountMinor\":true,",
        "\"amountMinor\":[100],",
        "\"amountMinor\":100,\"amountMinor\":100,",
        "\"amountMinor\":100,\"amountMinor\":200,"
      })
  void deposit_ofAnOddNumber_isRefusedAndNothingIsBooked(String amount)
      throws IOException, InterruptedException {
    AccountHolder holder = Lazy.HOLDER;
    long entries = entriesInBalancedBooks();
    String body = "{" + amount + "\"currency\":\"USD\",\"idempotencyKey\":\"odd\"}";

    assertProblem(deposit(holder, body), 400);
    assertThat(office().postedMinor(holder.account())).isEqualTo(OPENING_MINOR);
    assertThat(entriesInBalancedBooks()).isEqualTo(entries);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"amountMinor\":1,\"idempotencyKey\":\"odd\"}",
        "{\"amountMinor\":1,\"currency\":\"usd\",\"idempotencyKey\":\"odd\"}",
        "{\"amountMinor\":1,\"currency\":\"XXZ\",\"idempotencyKey\":\"odd\"}",
        "{\"amountMinor\":1,\"currency\":\"USD\"}",
        "{\"amountMinor\":1,\"currency\":\"USD\",\"idempotencyKey\":\"\"}",
        "{\"amountMinor\":1,\"currency\":\"USD\",\"idempotencyKey\":\" \"}",
        "{\"amountMinor\":1,\"currency\":\"USD\",\"idempotencyKey\":\"odd\",\"note\":\"x\"}",
        "{\"amountMinor\":1,\"currency\":\"USD\",\"idempotencyKey\":\"a\\u202eb\"}"
      })
  void deposit_ofAnOddBody_isRefusedAndNothingIsBooked(String body)
      throws IOException, InterruptedException {
    assertProblem(deposit(Lazy.HOLDER, body), 400);
    assertThat(office().postedMinor(Lazy.HOLDER.account())).isEqualTo(OPENING_MINOR);
  }

  @Test
  void deposit_withAKeyUsedBefore_isBookedOnceOrRefused() throws IOException, InterruptedException {
    AccountHolder holder = devices().fundedUser("Ursula Twice", OPENING_MINOR);
    String body = "{\"amountMinor\":500,\"currency\":\"USD\",\"idempotencyKey\":\"twice\"}";
    HttpResponse<String> first = deposit(holder, body);
    HttpResponse<String> again = deposit(holder, body);

    assertThat(first.statusCode()).isEqualTo(201);
    assertThat(again.statusCode()).isEqualTo(200);
    assertThat(again.body()).isEqualTo(first.body());
    assertProblem(deposit(holder, body.replace("500", "501")), 409);
    assertProblem(deposit(holder, body.replace("USD", "EUR").replace("twice", "other")), 409);
    assertThat(office().postedMinor(holder.account())).isEqualTo(OPENING_MINOR + 500);
  }

  @Test
  void health_always_tellsNothingOfTheServer() throws IOException, InterruptedException {
    assertTellsNothing(send(request(api("health"))));
  }

  /** One account for all odd deposits: none of them changes it. */
  private static final class Lazy {
    static final AccountHolder HOLDER = devices().fundedUser("Ursula Odd", OPENING_MINOR);
  }

  private static HttpResponse<String> deposit(AccountHolder holder, String body)
      throws IOException, InterruptedException {
    return send(
        json(api("accounts/" + holder.account() + "/deposits"), body)
            .header("Authorization", office().clerk()));
  }

  private static HttpResponse<String> post(URI uri, String body)
      throws IOException, InterruptedException {
    return send(json(uri, body));
  }

  private static HttpRequest.Builder json(URI uri, String body) {
    return request(uri)
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(body, UTF_8));
  }
}
