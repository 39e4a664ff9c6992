package org.tallystick.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tallystick.it.ProblemScenes.Way;

/** Every problem that the API's document shows is brought about, and is as it is shown. */
final class ProblemExamplesIT extends BankIT {
  private static final Map<String, Way> WAYS = ways();

  /** With a Retry-After. */
  private static final Set<String> WAITS =
      Set.of("too-many-requests", "too-many-exports", "idempotency-key-in-progress");

  /** What this server, set as it is, does not say to anybody; and where it is shown instead. */
  private static final Map<String, String> NOT_HERE =
      Map.of(
          "security-key-required", "a policy of the bank that this one has not",
          "last-security-key", "the same policy; StaffKeysTest",
          "last-administrator", "two administrators at once; StaffAccountsTest",
          "screening-not-possible", "a bank without a list, or with one that has just changed",
          "card-not-verified", "a link to issuers, which this bank has not; VerificationTest",
          "exports-busy", "four readers at once who stop in the middle; ExportStreamsTest",
          "insufficient-funds", "cash is paid in without a limit");

  private static Map<String, Way> ways() {
    Map<String, Way> all = new HashMap<>(ProblemScenes.all());
    all.putAll(StaffProblemScenes.all());
    all.putAll(FaultScenes.all());
    all.putAll(WebhookProblemScenes.all());
    return all;
  }

  private static final class Lazy {
    static final Map<String, JsonNode> SHOWN = ApiDocument.served().problems();
  }

  private static Stream<String> here() {
    return Lazy.SHOWN.keySet().stream().filter(name -> !NOT_HERE.containsKey(name));
  }

  @ParameterizedTest
  @MethodSource("here")
  void problem_broughtAbout_isAsItIsShown(String name) throws Exception {
    Way way = WAYS.get(name);
    assertThat(way).as("a way to %s", name).isNotNull();
    HttpResponse<String> answer = way.ask();
    JsonNode shown = Lazy.SHOWN.get(name);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(shown.path("status").asInt());
    Problems.assertProblem(answer, shown.path("status").asInt());
    JsonNode body = ExampleState.json(answer);
    assertThat(Likeness.faults(shown, body, Map.of(), Set.of())).isEmpty();
    assertThat(body.has("incident")).isEqualTo(answer.statusCode() == 500);
    for (String header : List.of("RateLimit", "RateLimit-Policy")) {
      assertThat(answer.headers().firstValue(header)).as(header).isPresent();
    }
    assertThat(answer.headers().firstValue("Retry-After").isPresent())
        .isEqualTo(WAITS.contains(name));
  }

  @Test
  void ways_areForProblemsThatAreShown() {
    Set<String> known = new TreeSet<>(WAYS.keySet());
    assertThat(known).doesNotContainAnyElementsOf(NOT_HERE.keySet());
    known.addAll(NOT_HERE.keySet());
    assertThat(known).isEqualTo(new TreeSet<>(new HashSet<>(Lazy.SHOWN.keySet())));
  }
}
