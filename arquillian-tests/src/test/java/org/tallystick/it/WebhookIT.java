package org.tallystick.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tallystick.it.Problems.assertProblem;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Webhooks over HTTP, with a receiver on this machine that fails as it is told. */
final class WebhookIT extends BankIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> SCOPES = List.of("REGISTRATIONS", "WEBHOOKS");
  private static final String NOBODYS = "00000000-0000-4000-8000-000000000000";

  private final List<Delivered> delivered = new CopyOnWriteArrayList<>();
  private final AtomicInteger failures = new AtomicInteger();
  private HttpServer receiver;
  private String program;

  /** What came: headers and body. */
  private record Delivered(String id, String timestamp, String signature, String body) {}

  @BeforeEach
  void listen() throws IOException, InterruptedException {
    receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
    receiver.createContext("/in", this::take);
    receiver.start();
    program = program(SCOPES);
  }

  @AfterEach
  void hangUp() {
    receiver.stop(0);
  }

  private void take(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    delivered.add(
        new Delivered(
            exchange.getRequestHeaders().getFirst("webhook-id"),
            exchange.getRequestHeaders().getFirst("webhook-timestamp"),
            exchange.getRequestHeaders().getFirst("webhook-signature"),
            body));
    exchange.sendResponseHeaders(failures.getAndDecrement() > 0 ? 500 : 204, -1);
    exchange.close();
  }

  private static String program(List<String> scopes) throws IOException, InterruptedException {
    return AccessPeople.authorization(AccessPeople.registered(AccessPeople.opened(), scopes));
  }

  private static HttpResponse<String> asked(
      String method, String path, String authorization, String body)
      throws IOException, InterruptedException {
    return send(
        request(api(path))
            .header("Authorization", authorization)
            .header("Content-Type", "application/json")
            .method(
                method,
                body.isEmpty()
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body)));
  }

  private static JsonNode good(HttpResponse<String> answer, int status) throws IOException {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    return JSON.readTree(answer.body());
  }

  private String body() {
    return "{\"url\":\"http://127.0.0.1:"
        + receiver.getAddress().getPort()
        + "/in\",\"events\":[\"registration.moved\"]}";
  }

  private JsonNode created() throws IOException, InterruptedException {
    return good(asked("POST", "webhooks", program, body()), 201);
  }

  private void awaitDeliveries(int count) throws InterruptedException {
    await(count + " deliveries", () -> delivered.size() >= count);
  }

  private static String signature(String secret, Delivered of) {
    try {
      byte[] key = Base64.getDecoder().decode(secret.substring("whsec_".length()));
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      String signed = of.id() + "." + of.timestamp() + "." + of.body();
      return "v1,"
          + Base64.getEncoder()
              .encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void move_ofAParty_isTold_signed_againAfterAFailure_underOneId()
      throws IOException, InterruptedException {
    JsonNode webhook = created();
    String path = "webhooks/" + webhook.path("webhook").asText();
    assertThat(good(asked("GET", path, program, ""), 200).has("secret")).isFalse();
    failures.set(1);
    JsonNode registered =
        good(
            asked(
                "POST",
                "partner/registrations",
                program,
                "{\"kind\":\"PERSON\",\"role\":\"USER\",\"name\":\"Ada Byron\"}"),
            201);
    String registration = registered.path("registration").asText();
    String party = "Bearer " + registered.path("partyToken").asText();
    assertThat(asked("DELETE", "registrations/" + registration, party, "").statusCode())
        .isEqualTo(204);

    awaitDeliveries(2);
    Delivered first = delivered.get(0);
    Delivered second = delivered.get(1);
    assertThat(second.id()).isEqualTo(first.id());
    assertThat(second.body()).isEqualTo(first.body()).doesNotContain("Ada");
    JsonNode event = JSON.readTree(second.body());
    assertThat(event.path("id").asText()).isEqualTo(first.id());
    assertThat(event.path("type").asText()).isEqualTo("registration.moved");
    assertThat(event.path("data").path("registration").asText()).isEqualTo(registration);
    assertThat(second.signature()).isEqualTo(signature(webhook.path("secret").asText(), second));

    await("the delivery is noted", () -> state(path).equals("DELIVERED"));
    JsonNode one =
        good(asked("GET", path + "/deliveries", program, ""), 200).path("deliveries").get(0);
    assertThat(one.path("attempts").asInt()).isEqualTo(2);
    assertThat(one.path("lastResult").asText()).isEqualTo("HTTP_204");
    good(asked("POST", path + "/deliveries/" + first.id() + "/redelivery", program, ""), 202);
    awaitDeliveries(3);
    assertThat(delivered.get(2).id()).isEqualTo(first.id());
    assertThat(delivered.get(2).body()).isEqualTo(first.body());
  }

  private String state(String path) {
    try {
      return good(asked("GET", path + "/deliveries", program, ""), 200)
          .path("deliveries")
          .path(0)
          .path("state")
          .asText();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Test
  void test_afterRotation_isSignedByBoth_andNothingIsSentWhilePaused()
      throws IOException, InterruptedException {
    JsonNode webhook = created();
    String path = "webhooks/" + webhook.path("webhook").asText();
    JsonNode rotated = good(asked("POST", path + "/secret", program, ""), 200);
    good(asked("POST", path + "/test", program, ""), 202);
    awaitDeliveries(1);
    Delivered test = delivered.get(0);
    assertThat(test.body()).contains("\"type\":\"webhook.test\"");
    assertThat(test.signature())
        .isEqualTo(
            signature(rotated.path("secret").asText(), test)
                + " "
                + signature(webhook.path("secret").asText(), test));
    String paused = body().replace("]}", "],\"state\":\"PAUSED\"}");
    assertThat(good(asked("PUT", path, program, paused), 200).path("pausedBecause").asText())
        .isEqualTo("OWNER");
    HttpResponse<String> refused = asked("POST", path + "/test", program, "");
    assertProblem(refused, 409);
    assertThat(refused.body()).contains("webhook-paused");
    assertThat(asked("DELETE", path, program, "").statusCode()).isEqualTo(204);
    assertProblem(asked("GET", path, program, ""), 404);
  }

  @Test
  void stranger_seesNothing_andWhatIsNotGood_isRefused() throws IOException, InterruptedException {
    String id = created().path("webhook").asText();
    String stranger = program(SCOPES);
    for (String path : List.of("webhooks/" + id, "webhooks/" + id + "/deliveries")) {
      HttpResponse<String> theirs = asked("GET", path, stranger, "");
      assertProblem(theirs, 404);
      assertThat(theirs.body())
          .isEqualTo(asked("GET", path.replace(id, NOBODYS), stranger, "").body());
    }
    assertProblem(asked("POST", "webhooks/" + id + "/secret", stranger, ""), 404);
    assertProblem(asked("GET", "webhooks/x", program, ""), 404);
    assertProblem(asked("GET", "webhooks", program(List.of("REGISTRATIONS")), ""), 403);
    String narrow = program(List.of("WEBHOOKS"));
    assertProblem(asked("POST", "webhooks", narrow, body()), 403);
    for (String bad :
        List.of(
            body().replace("registration.moved", "webhook.test"),
            body().replace("registration.moved", "nothing"),
            body().replace("\"registration.moved\"", ""),
            body().replace("\"events\"", "\"event\""))) {
      assertProblem(asked("POST", "webhooks", program, bad), 400);
    }
    for (String url :
        List.of("https://10.0.0.1/", "http://hooks.example.org/", "https://u@hooks.example.org/")) {
      HttpResponse<String> refused =
          asked("POST", "webhooks", program, body().replaceAll("http://127[^\"]*", url));
      assertProblem(refused, 422);
      assertThat(refused.body()).contains("webhook-url-not-valid");
    }
    JsonNode events = good(asked("GET", "webhook-events", narrow, ""), 200).path("events");
    assertThat(events).hasSize(4);
    assertThat(JSON.readTree(events.get(0).path("body").asText()).has("data")).isTrue();
  }
}
