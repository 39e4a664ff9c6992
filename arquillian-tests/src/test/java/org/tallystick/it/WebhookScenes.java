package org.tallystick.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;

/** Webhooks of a program, and what was delivered to one. */
final class WebhookScenes {
  private static final List<String> SHOWN_EVENTS =
      List.of("registration.moved", "transaction.decided");
  private static final int BACKLOG = 10;

  private WebhookScenes() {}

  static Map<String, Scene> all() {
    return Map.of(
        "createWebhook", sample -> program().call(),
        "webhooks", sample -> made(),
        "webhook", sample -> made(),
        "changeWebhook", sample -> made(),
        "deleteWebhook", sample -> made(),
        "rotateWebhookSecret", sample -> made(),
        "testWebhook", sample -> made(),
        "webhookDeliveries", sample -> delivered(),
        "redeliver", sample -> delivered(),
        "webhookEvents", sample -> program().call());
  }

  /**
   * A program that has signed in.
   *
   * @param client its name
   * @param bearer its authorization
   */
  private record Program(String client, String bearer) {
    Call call() {
      return new Call().as(bearer).says("harbour-core", client);
    }

    /** A webhook there. */
    String webhook(String url, List<String> events) {
      return BankIT.client()
          .mustPost("/webhooks", bearer, Map.of("url", url, "events", events))
          .text("webhook");
    }
  }

  private static Program program() throws IOException, InterruptedException {
    PartnerProgram program =
        AccessPeople.registered(
            ExampleState.institution(ExampleState.fresh("First Harbour Bank ")),
            AccessPeople.SCOPES);
    return new Program(program.client(), AccessPeople.authorization(program));
  }

  /** A webhook to which nothing was sent yet. */
  private static Call made() throws IOException, InterruptedException {
    Program program = program();
    String webhook = program.webhook("https://hooks.harbour.example/tallystick", SHOWN_EVENTS);
    return program.call().at("webhook", webhook);
  }

  /** One whose receiver has heard of a registration that was withdrawn. */
  private static Call delivered() throws IOException, InterruptedException {
    Program program = program();
    HttpServer receiver =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
    receiver.createContext(
        "/in",
        exchange -> {
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    receiver.start();
    try {
      String webhook =
          program.webhook(
              "http://127.0.0.1:" + receiver.getAddress().getPort() + "/in",
              List.of("registration.moved"));
      withdrawn(program);
      BankIT.await(
          "the delivery is noted",
          () -> newest(program, webhook).path("state").asText().equals("DELIVERED"));
      return program
          .call()
          .at("webhook", webhook)
          .at("delivery", newest(program, webhook).path("delivery").asText());
    } finally {
      receiver.stop(0);
    }
  }

  private static void withdrawn(Program program) throws IOException, InterruptedException {
    var party =
        BankIT.client().mustPost("/partner/registrations", program.bearer(), ExampleState.ADA);
    ExampleState.withdrawn(party.text("registration"), "Bearer " + party.text("partyToken"));
  }

  private static JsonNode newest(Program program, String webhook) {
    return BankIT.client()
        .mustGet("/webhooks/" + webhook + "/deliveries", program.bearer())
        .body()
        .path("deliveries")
        .path(0);
  }
}
