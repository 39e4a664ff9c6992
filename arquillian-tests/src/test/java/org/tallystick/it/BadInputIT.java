package org.tallystick.it;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.tallystick.it.Problems.assertProblem;
import static org.tallystick.it.Problems.assertTellsNothing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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
    assertProblem(post(api("registrations"), " ".repeat(MAX_BODY + 1)), 413);
  }

  @Test
  void body_farOverTheLimit_isRefusedBeforeItHasAllCome() throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), baseUri().getPort())) {
      socket.setSoTimeout((int) PATIENCE.toMillis());
      String head =
          String.join(
              "\r\n",
              "POST /api/v1/codes HTTP/1.1",
              "Host: bank",
              "Content-Type: application/json",
              "Content-Length: 1000000000",
              "",
              "");
      socket.getOutputStream().write((head + " ".repeat(MAX_CODE_BODY + 1)).getBytes(US_ASCII));
      socket.getOutputStream().flush();
      BufferedReader answer =
          new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII));

      assertThat(answer.readLine()).startsWith("HTTP/1.1 413 ");
    }
  }

  @Test
  void code_ofAMediaTypeThatIsNone_isRefused() throws IOException, InterruptedException {
    HttpResponse<String> answer =
        send(
            request(api("codes"))
                .header("Content-Type", "nonsense")
                .POST(HttpRequest.BodyPublishers.ofString("{\"code\":\"x\"}")));

    // the server itself refuses the header
    assertThat(answer.statusCode()).isIn(400, 415);
    assertTellsNothing(answer);
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/plain", "application/xml", "application/octet-stream"})
  void code_ofAnotherMediaType_isUnsupported(String type) throws IOException, InterruptedException {
    HttpRequest.Builder request =
        request(api("codes"))
            .header("Content-Type", type)
            .POST(HttpRequest.BodyPublishers.ofString("{\"code\":\"x\"}"));

    assertProblem(send(request), 415);
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
        "enrolments/AAAA"
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
  @ValueSource(strings = {"api/v1/enrolments/%00", "api/v1/..%2f..%2fWEB-INF%2fweb.xml", "%ff"})
  void path_thatIsNone_tellsNothing(String path) throws IOException, InterruptedException {
    HttpResponse<String> answer = send(request(baseUri().resolve(path)));

    assertThat(answer.statusCode()).isIn(400, 404);
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

  @Test
  void health_always_tellsNothingOfTheServer() throws IOException, InterruptedException {
    assertTellsNothing(send(request(api("health"))));
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
