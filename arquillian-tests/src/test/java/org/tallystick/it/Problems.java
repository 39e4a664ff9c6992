package org.tallystick.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.util.Locale;

/** What every refusal looks like, RFC 9457, and what it never tells. */
final class Problems {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Problems() {}

  static void assertProblem(HttpResponse<String> answer, int status) {
    assertThat(answer.statusCode()).as("status of %s", answer.body()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type").orElse(""))
        .startsWith("application/problem+json");
    JsonNode problem = parse(answer.body());
    assertThat(problem.path("type").asText()).startsWith("urn:tallystick:problem:");
    assertThat(problem.path("title").asText()).isNotBlank();
    assertThat(problem.path("status").asInt()).isEqualTo(status);
    assertTellsNothing(answer);
  }

  /** Neither body nor headers name what the server is made of. */
  static void assertTellsNothing(HttpResponse<String> answer) {
    assertThat(answer.body()).doesNotContain("Exception", "at org.", "java.", "at com.", "SQL");
    String headers = answer.headers().map().toString().toLowerCase(Locale.ROOT);
    assertThat(headers)
        .doesNotContain("payara", "glassfish", "grizzly", "jersey", "java", "x-powered-by");
  }

  private static JsonNode parse(String body) {
    try {
      return JSON.readTree(body);
    } catch (JsonProcessingException e) {
      throw new AssertionError("not JSON: " + body, e);
    }
  }
}
