package org.tallystick.launcher.portability;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What every refusal looks like, RFC 9457, and what no answer tells. */
public final class Refusal {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> INSIDE =
      List.of("Exception", "at org.", "java.", "at com.", "SQL");
  private static final List<String> PRODUCTS =
      List.of(
          "payara", "glassfish", "grizzly", "jersey", "wildfly", "jboss", "undertow", "resteasy");

  private Refusal() {}

  /** What is wrong with an answer that has to be a problem document with this status. */
  public static List<String> faults(HttpResponse<String> answer, int status) {
    List<String> faults = new ArrayList<>(status(answer, Set.of(status)));
    String type = answer.headers().firstValue("Content-Type").orElse("");
    require(faults, type.startsWith("application/problem+json"), "content type " + type);
    JsonNode problem = parse(answer.body(), faults);
    String kind = problem.path("type").asText();
    require(faults, kind.startsWith("urn:tallystick:problem:"), "problem type " + kind);
    require(faults, !problem.path("title").asText().isBlank(), "no title");
    require(
        faults,
        problem.path("status").asInt() == status,
        "status in the document " + problem.path("status"));
    faults.addAll(told(answer));
    return List.copyOf(faults);
  }

  /** What is wrong with an answer that only has to have one of these states and tell nothing. */
  static List<String> faults(HttpResponse<String> answer, Set<Integer> statuses) {
    List<String> faults = new ArrayList<>(status(answer, statuses));
    faults.addAll(told(answer));
    return List.copyOf(faults);
  }

  /** What body and headers tell of what the server is made of. */
  public static List<String> told(HttpResponse<String> answer) {
    return told(answer.headers().map().toString(), answer.body());
  }

  /** The same of an answer as it came. */
  static List<String> told(String head, String body) {
    List<String> told = new ArrayList<>();
    String lower = body.toLowerCase(Locale.ROOT);
    String headers = head.toLowerCase(Locale.ROOT);
    INSIDE.stream().filter(body::contains).forEach(word -> told.add("the body tells " + word));
    PRODUCTS.stream().filter(lower::contains).forEach(word -> told.add("the body tells " + word));
    PRODUCTS.stream().filter(headers::contains).forEach(word -> told.add("a header tells " + word));
    for (String word : List.of("java", "x-powered-by")) {
      require(told, !headers.contains(word), "a header tells " + word);
    }
    return List.copyOf(told);
  }

  private static List<String> status(HttpResponse<String> answer, Set<Integer> statuses) {
    return statuses.contains(answer.statusCode())
        ? List.of()
        : List.of("status " + answer.statusCode() + " instead of " + statuses);
  }

  private static void require(List<String> faults, boolean holds, String fault) {
    if (!holds) {
      faults.add(fault);
    }
  }

  private static JsonNode parse(String body, List<String> faults) {
    try {
      return JSON.readTree(body);
    } catch (JsonProcessingException e) {
      faults.add("not JSON");
      return JSON.nullNode();
    }
  }
}
