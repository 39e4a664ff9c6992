package org.tallystick.launcher.portability;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class BadInputTest {
  /** What the suite tried when this set was its own. */
  private static final int NEVER_FEWER_THAN = 200;

  private static final String GOOD =
      "{\"type\":\"urn:tallystick:problem:bad-request\",\"title\":\"no\",\"status\":400}";

  private final HttpClient client = HttpClient.newHttpClient();
  private HttpServer server;
  private String type = "application/problem+json";
  private String body = GOOD;
  private int status = 400;
  private String header = "nothing";

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    // a body that nobody reads would cost the connection, and with it the answer
    exchange.getRequestBody().readAllBytes();
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.getResponseHeaders().set("Server", header);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Test
  void set_asItIs_hasNoFewerAndNoDoubleCases() {
    assertThat(BadInput.all()).hasSizeGreaterThanOrEqualTo(NEVER_FEWER_THAN);
    assertThat(BadInput.all().stream().map(BadInput::name)).doesNotHaveDuplicates();
  }

  @Test
  void problem_asItShouldBe_hasNoFault() throws IOException, InterruptedException {
    assertThat(faults(true)).isEmpty();
  }

  @Test
  void answer_withAnotherStatus_isAFault() throws IOException, InterruptedException {
    status = 200;

    assertThat(faults(true)).contains("status 200 instead of [400]");
    assertThat(faults(false)).contains("status 200 instead of [400]");
  }

  @Test
  void problem_ofAnotherForm_isAFault() throws IOException, InterruptedException {
    type = "text/html";
    body = "<h1>Bad Request</h1>";

    assertThat(faults(true)).contains("content type text/html", "not JSON", "no title");
    assertThat(faults(false)).isEmpty();
  }

  @Test
  void body_thatTellsOfTheInside_isAFault() throws IOException, InterruptedException {
    body = "java.lang.NullPointerException at org.example on Payara 6";

    assertThat(faults(false))
        .contains("the body tells Exception", "the body tells java.", "the body tells payara");
  }

  @Test
  void header_thatNamesTheServer_isAFault() throws IOException, InterruptedException {
    header = "WildFly/39";

    assertThat(faults(true)).containsExactly("a header tells wildfly");
  }

  @Test
  void wholeSet_againstAServerThatSaysYesToEverything_isRefusedNowhere()
      throws IOException, InterruptedException {
    status = 202;
    for (BadInput input : BadInput.all()) {
      // what is no HTTP this server refuses by itself
      if (!(input instanceof EndlessBody || input instanceof RawRequest)) {
        assertThat(input.faults(client, base())).as(input.name()).isNotEmpty();
      }
    }
  }

  @Test
  void rawRequest_thatIsTaken_orToldOfTheInside_isAFault() throws Exception {
    assertThat(raw("HTTP/1.1 400 no\r\nA: b\r\n\r\nno")).isEmpty();
    assertThat(raw("")).isEmpty();
    assertThat(raw("HTTP/1.1 202 yes\r\nA: b\r\n\r\n"))
        .containsExactly("answer HTTP/1.1 202 yes instead of [400]");
    assertThat(raw("HTTP/1.1 400 no\r\nServer: WildFly\r\n\r\nat org.x"))
        .containsExactly("the body tells at org.", "a header tells wildfly");
    assertThat(raw("nonsense")).hasSize(2);
  }

  private static List<String> raw(String answer) throws Exception {
    try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread bank =
          new Thread(
              () -> {
                try (Socket one = listening.accept()) {
                  one.getInputStream().read(new byte[100]);
                  one.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
      bank.start();
      URI base = URI.create("http://127.0.0.1:" + listening.getLocalPort() + "/");
      List<String> faults =
          RawRequest.of("a", "GET /", 400).faults(HttpClient.newHttpClient(), base);
      bank.join();
      return faults;
    }
  }

  private List<String> faults(boolean problem) throws IOException, InterruptedException {
    return new BadRequest("a", "GET", "a", Map.of(), new byte[0], Set.of(400), problem)
        .faults(client, base());
  }

  private URI base() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
  }
}
