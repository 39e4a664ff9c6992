package org.tallystick.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tallystick.it.ApiDocument.Operation;
import org.tallystick.it.ApiDocument.Shown;
import org.tallystick.launcher.bank.Customer;

/**
 * What each operation documents that every operation of its kind answers: to what is malformed,
 * from whoever is nobody or may not, of what is not there, of another type or too long. What only
 * some operations answer is in {@link ProblemExamplesIT}.
 */
final class RefusalExamplesIT extends BankIT {
  private static final int TOO_LONG = 1 << 20;

  private static final String NO_UUID = "00000000-0000-4000-8000-000000000000";

  /** Things that are not there, by their names in paths; else 22 letters. */
  private static final Map<String, String> UNKNOWN =
      Map.ofEntries(
          Map.entry("version", "9999"),
          Map.entry("account", "999999"),
          Map.entry("number", "0000000000000000"),
          Map.entry("user", "nobody-here"),
          Map.entry("client", "nobody-here"),
          Map.entry("slug", "no-such-problem"),
          Map.entry("list", "EU"),
          Map.entry("webhook", NO_UUID),
          Map.entry("delivery", NO_UUID),
          Map.entry("leaf", "A".repeat(43)));

  /** What an operation needs in its address; parameters that others may leave out. */
  private static final Map<String, Map<String, String>> QUERIES =
      Map.of(
          "handInDocument", Map.of("type", "PASSPORT"),
          "loadList", Map.of("format", "UN_XML"),
          "inclusion", Map.of("size", "1"),
          "consistency", Map.of("from", "1", "to", "1"));

  /** Answers that need more than what all operations have in common, or cannot be had here. */
  private static final Map<String, String> ELSEWHERE =
      Map.of(
          "checkpoint 404", "a bank whose tree has no leaf",
          "loadList 413", "more than a list may have is a quarter of a gigabyte",
          "beginVerification 403", "a party not active with an instrument; who has none gets 404",
          "signIn 403", "password-choice-required",
          "agreementProposal 404", "where nothing is proposed",
          "endSession 404", "as of others: StaffIT");

  /** Asked of what is the asking party's: of what is not there, nothing more would be read. */
  private static final Set<String> OWN = Set.of("403", "413");

  private static final Set<String> STATUSES = Set.of("400", "401", "403", "404", "413", "415");

  /** An operation and a status that it documents. */
  private record Refusal(Operation operation, String status) {
    @Override
    public String toString() {
      return operation.id() + " " + status;
    }
  }

  private static final class Lazy {
    static final ApiDocument DOCUMENT;
    static final Customer ADA = ExampleState.ada();
    static final String REGISTERING;
    static final String READING;

    static {
      try {
        DOCUMENT = ApiDocument.served();
        String institution = ExampleState.institution(ExampleState.fresh("Bank "));
        REGISTERING =
            AccessPeople.authorization(
                AccessPeople.registered(institution, List.of("REGISTRATIONS", "WEBHOOKS")));
        READING =
            AccessPeople.authorization(
                AccessPeople.registered(institution, List.of("TRANSACTIONS_READ")));
        // an empty tree has no size to ask about
        assertPays(user(), shop(), 1_00);
        await("a leaf in the tree", () -> client().get("/log/checkpoint", null).good());
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private static Stream<Refusal> refusals() {
    List<Refusal> found = new ArrayList<>();
    for (Operation operation : Lazy.DOCUMENT.operations()) {
      for (String status : Lazy.DOCUMENT.statuses(operation)) {
        boolean problem =
            Lazy.DOCUMENT.answers(operation, status).stream()
                .anyMatch(one -> one.media().equals(ApiDocument.PROBLEM));
        Refusal refusal = new Refusal(operation, status);
        if (problem && STATUSES.contains(status) && !ELSEWHERE.containsKey(refusal.toString())) {
          found.add(refusal);
        }
      }
    }
    return found.stream();
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void refusal_isOneOfTheDocumentedProblems(Refusal refusal) throws Exception {
    HttpResponse<String> answer = send(asked(refusal));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(Integer.parseInt(refusal.status()));
    Problems.assertProblem(answer, answer.statusCode());
    JsonNode body = ExampleState.json(answer);
    List<JsonNode> shown =
        Lazy.DOCUMENT.answers(refusal.operation(), refusal.status()).stream()
            .map(Shown::value)
            .toList();
    assertThat(shown)
        .as("what is shown, beside %s", body)
        .anySatisfy(one -> assertThat(Likeness.faults(one, body, Map.of(), Set.of())).isEmpty());
    for (String header : Lazy.DOCUMENT.headers(refusal.operation(), refusal.status())) {
      assertThat(answer.headers().firstValue(header)).as(header).isPresent();
    }
  }

  private static HttpRequest.Builder asked(Refusal refusal) {
    Operation operation = refusal.operation();
    Call call = new Call();
    String authorization = authorization(operation, refusal.status());
    if (!authorization.isEmpty()) {
      call.as(authorization);
    }
    pathNames(operation)
        .forEach(
            name -> {
              boolean own = OWN.contains(refusal.status()) && authorization.equals(ada());
              String unknown = UNKNOWN.getOrDefault(name, ExampleState.NOBODY);
              call.at(name, own ? Lazy.ADA.registration() : unknown);
            });
    Map<String, String> query = new HashMap<>(QUERIES.getOrDefault(operation.id(), Map.of()));
    List<Shown> requests = Lazy.DOCUMENT.requests(operation);
    Shown shown = requests.isEmpty() ? null : requests.get(0);
    String media = shown == null ? null : shown.media();
    if (operation.path().endsWith("/deposits")) {
      call.header("Idempotency-Key", ExampleState.fresh("k"));
    }
    if (shown != null && shown.value() == null) {
      call.bytes(ExampleState.PDF.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    }
    switch (refusal.status()) {
      case "400" -> {
        if (shown == null || shown.value() == null) {
          query.put("nonsense", "1");
        } else {
          call.bytes(new byte[] {'{'});
        }
      }
      case "413" -> call.bytes(new byte[shown.value() == null ? 6 * TOO_LONG : TOO_LONG]);
      case "415" -> media = "text/plain";
      default -> {}
    }
    query.forEach(call::query);
    return call.request(
        operation.method(),
        call.address(baseUri(), operation.path()),
        media,
        shown == null ? null : shown.value());
  }

  private static List<String> pathNames(Operation operation) {
    return java.util.regex.Pattern.compile("\\{(\\w+)}")
        .matcher(operation.path())
        .results()
        .map(found -> found.group(1))
        .toList();
  }

  private static String ada() {
    return ExampleState.party(Lazy.ADA);
  }

  /** Somebody who may ask; for 403 somebody who may ask for other things. */
  private static String authorization(Operation operation, String status) {
    JsonNode schemes = Lazy.DOCUMENT.of(operation).path("security");
    if (schemes.isEmpty() || status.equals("401")) {
      return "";
    }
    JsonNode scheme = schemes.get(0);
    if (scheme.has("party")) {
      return ada();
    }
    if (scheme.has("partner")) {
      return status.equals("403") ? Lazy.READING : Lazy.REGISTERING;
    }
    if (!scheme.has("staff")) {
      return "";
    }
    if (status.equals("403")) {
      return Lazy.REGISTERING;
    }
    return switch (scheme.get("staff").path(0).asText("CLERK")) {
      case "APPROVER" -> office().approver();
      case "ADMINISTRATOR" -> office().administrator();
      case "AUDITOR" -> office().auditor();
      default -> office().clerk();
    };
  }
}
