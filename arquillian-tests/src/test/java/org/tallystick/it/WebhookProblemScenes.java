package org.tallystick.it;

import static org.tallystick.it.ExampleState.fresh;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.tallystick.it.ProblemScenes.Way;

/** How each problem of webhooks comes about. */
final class WebhookProblemScenes {
  private WebhookProblemScenes() {}

  static Map<String, Way> all() {
    return Map.of(
        "webhook-url-not-valid", () -> made(program(), target("https://10.0.0.1/")),
        "webhook-paused", WebhookProblemScenes::paused,
        "too-many-webhooks", WebhookProblemScenes::many);
  }

  private static String program() throws Exception {
    return AccessPeople.authorization(
        AccessPeople.registered(
            ExampleState.institution(fresh("Bank ")), List.of("REGISTRATIONS", "WEBHOOKS")));
  }

  private static Map<String, Object> target(String url) {
    return Map.of("url", url, "events", List.of("registration.moved"));
  }

  private static HttpResponse<String> made(String program, Map<String, Object> target)
      throws Exception {
    return Asked.post("webhooks").as(program).send(ExampleState.JSON.writeValueAsString(target));
  }

  private static HttpResponse<String> paused() throws Exception {
    String program = program();
    String url = "https://hooks.bank.example/" + fresh("p");
    String path =
        "webhooks/" + ExampleState.json(made(program, target(url))).path("webhook").asText();
    HttpResponse<String> moved =
        Asked.put(path)
            .as(program)
            .send(
                ExampleState.JSON.writeValueAsString(
                    Map.of(
                        "url", url, "events", List.of("registration.moved"), "state", "PAUSED")));
    if (moved.statusCode() != 200) {
      return moved;
    }
    return Asked.post(path + "/test").as(program).send();
  }

  private static HttpResponse<String> many() throws Exception {
    String program = program();
    for (int i = 0; ; i++) {
      HttpResponse<String> answer =
          made(program, target("https://hooks.bank.example/" + fresh("p")));
      if (answer.statusCode() != 201 || i > 20) {
        return answer;
      }
    }
  }
}
