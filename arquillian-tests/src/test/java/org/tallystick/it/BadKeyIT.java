package org.tallystick.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Every operation that takes an Idempotency-Key, as the running server's own document lists them,
 * gets the same request several times at once, then again, with another payload, by somebody else,
 * about another thing, and under keys that are none: it is done once, and nothing else is stored.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class BadKeyIT extends BankIT {
  private static final Pattern PARAMETER = Pattern.compile("\\{(\\w+)}");
  private static final String SESSIONS = "staff_session";
  private static final String REPLAYED = "Idempotency-Replayed";
  private static final int AT_ONCE = 3;

  /** Statuses that say that a request has not reached what it is for: no answer to keep. */
  private static final Set<Integer> NOT_KEPT = Set.of(400, 401, 403, 405, 406, 413, 415, 429);

  private static final List<String> NO_KEYS =
      List.of(
          "", "\"\"", "two words", "\"half", "a\\b", "\u00e9", "k".repeat(65), "k".repeat(5_000));

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private AccessPeople people;
  private AccessThings things;
  private AccessBodies bodies;

  /**
   * A request under a key, and what it was answered first.
   *
   * @param row the operation
   * @param who asks
   * @param address where
   * @param body what is sent
   * @param key under which
   * @param first the answer; empty where all were told that another is under way
   */
  private record Keyed(
      AccessTable.Row row,
      AccessColumn who,
      URI address,
      AccessBodies.Body body,
      String key,
      Optional<HttpResponse<String>> first) {}

  @BeforeAll
  void open() throws IOException, InterruptedException, GeneralSecurityException {
    people = new AccessPeople();
    things = new AccessThings(people);
    bodies = new AccessBodies(things);
  }

  @AfterAll
  static void end() {
    AccessThings.withdrawProposal();
  }

  /** Rows of ACCESS.md about operations whose entry in the document names the header. */
  private static List<AccessTable.Row> rows() throws IOException {
    Set<String> keyed = new LinkedHashSet<>();
    try (KeptConnection bank = new KeptConnection(baseUri())) {
      for (Operation one : Operation.all(bank.send(RawRequest.of("GET", "openapi.json", "")))) {
        if (one.described().path("parameters").toString().contains("/IdempotencyKey\"")) {
          keyed.add(one.method() + " /api/v1" + one.path());
        }
      }
    }
    assertThat(keyed).hasSizeGreaterThan(35);
    List<AccessTable.Row> rows =
        AccessTable.read().rows().stream().filter(row -> keyed.contains(row.endpoint())).toList();
    assertThat(rows.stream().map(AccessTable.Row::endpoint).distinct())
        .containsExactlyInAnyOrderElementsOf(keyed);
    return rows;
  }

  /** Who is let in: whoever does it, or else gets as far as the thing. */
  private static AccessColumn caller(AccessTable.Row row) {
    for (AccessCell cell : List.of(AccessCell.YES, AccessCell.IN, AccessCell.NOTHING_THERE)) {
      for (Map.Entry<AccessColumn, AccessCell> one : row.cells().entrySet()) {
        if (one.getValue() == cell && one.getKey() != AccessColumn.NOBODY) {
          return one.getKey();
        }
      }
    }
    throw new AssertionError("nobody may " + row);
  }

  private static URI address(AccessTable.Row row, UnaryOperator<String> named) {
    String path = PARAMETER.matcher(row.path()).replaceAll(one -> named.apply(one.group(1)));
    return baseUri().resolve(path);
  }

  private HttpRequest request(Keyed keyed, URI address, String authorization, byte[] body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address)
            .timeout(PATIENCE)
            .header("Accept", "*/*")
            .header("Authorization", authorization)
            .header("Idempotency-Key", keyed.key())
            .header("If-Match", "\"another\"")
            .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    if (!keyed.body().type().isEmpty()) {
      request.header("Content-Type", keyed.body().type());
    }
    return request.build();
  }

  private HttpRequest request(Keyed keyed) {
    return request(keyed, keyed.address(), people.authorization(keyed.who()), keyed.body().bytes());
  }

  private HttpResponse<String> answer(HttpRequest request)
      throws IOException, InterruptedException {
    return http.send(request, HttpResponse.BodyHandlers.ofString());
  }

  private static boolean replayed(HttpResponse<String> answer) {
    return answer.headers().firstValue(REPLAYED).isPresent();
  }

  private static boolean underWay(HttpResponse<String> answer) {
    return answer.statusCode() == 409 && answer.body().contains(":idempotency-key-in-progress\"");
  }

  /** Several at once: one of them is the first. */
  private Keyed begun(AccessTable.Row row, List<String> faults) {
    AccessColumn who = caller(row);
    things.prepare(row.path(), who);
    boolean last = row.path().endsWith("/revocation");
    Keyed keyed =
        new Keyed(
            row,
            who,
            address(row, last ? things::spare : things::named),
            bodies.of(row, who),
            UUID.randomUUID().toString(),
            Optional.empty());
    List<CompletableFuture<HttpResponse<String>>> sent = new ArrayList<>();
    for (int i = 0; i < AT_ONCE; i++) {
      sent.add(http.sendAsync(request(keyed), HttpResponse.BodyHandlers.ofString()));
    }
    List<HttpResponse<String>> answers = sent.stream().map(CompletableFuture::join).toList();
    List<HttpResponse<String>> done =
        answers.stream().filter(one -> !underWay(one) && !replayed(one)).toList();
    boolean kept = done.stream().noneMatch(one -> NOT_KEPT.contains(one.statusCode()));
    if (done.isEmpty() || (kept && done.size() > 1)) {
      faults.add(row + " at once: " + answers);
    }
    for (HttpResponse<String> again : answers) {
      if (replayed(again) && !again.body().equals(done.get(0).body())) {
        faults.add(row + " is answered in two ways: " + answers);
      }
    }
    return new Keyed(
        row, who, keyed.address(), keyed.body(), keyed.key(), done.stream().findFirst());
  }

  private void repeat(Keyed keyed, List<String> faults) throws IOException, InterruptedException {
    HttpResponse<String> first = keyed.first().orElseThrow();
    if (NOT_KEPT.contains(first.statusCode())) {
      return;
    }
    HttpResponse<String> again = answer(request(keyed));
    if (!replayed(again)
        || again.statusCode() != first.statusCode()
        || !again.body().equals(first.body())) {
      faults.add(keyed.row() + " again: " + first.statusCode() + ", then " + again);
    }
    byte[] other = (new String(keyed.body().bytes(), ISO_8859_1) + " ").getBytes(ISO_8859_1);
    HttpResponse<String> reused =
        answer(request(keyed, keyed.address(), people.authorization(keyed.who()), other));
    if (reused.statusCode() != 422 || !reused.body().contains(":idempotency-key-reused\"")) {
      faults.add(keyed.row() + " with another payload: " + reused.body());
    }
  }

  /** Somebody else, who may not do it; and the same caller about what is not there. */
  private void elsewhere(Keyed keyed, List<String> faults)
      throws IOException, InterruptedException {
    for (Map.Entry<AccessColumn, AccessCell> other : keyed.row().cells().entrySet()) {
      String authorization = people.authorization(other.getKey());
      boolean may = Set.of(AccessCell.YES, AccessCell.IN).contains(other.getValue());
      may |= other.getKey() == keyed.who();
      if (may || authorization.isEmpty() || other.getValue() == AccessCell.NOT_ASKED) {
        continue;
      }
      HttpResponse<String> answer =
          answer(request(keyed, keyed.address(), authorization, keyed.body().bytes()));
      if (replayed(answer) || !other.getValue().allows(answer.statusCode())) {
        faults.add(keyed.row() + " by " + other.getKey() + ": " + answer);
      }
    }
    URI nothing = address(keyed.row(), AccessThings::nothing);
    if (!nothing.equals(keyed.address())) {
      HttpResponse<String> answer =
          answer(request(keyed, nothing, people.authorization(keyed.who()), keyed.body().bytes()));
      if (replayed(answer)) {
        faults.add(keyed.row() + " about nothing: " + answer);
      }
    }
  }

  /** Raw, for no client library sends such headers. */
  private void noKeys(Keyed keyed, List<String> faults) throws IOException {
    List<RawRequest> requests = new ArrayList<>();
    RawRequest plain =
        new RawRequest("POST", keyed.address().getRawPath(), Map.of(), keyed.body().bytes())
            .with("Authorization", people.authorization(keyed.who()))
            .with("Accept", "*/*")
            .with("If-Match", "\"another\"");
    if (!keyed.body().type().isEmpty()) {
      plain = plain.with("Content-Type", keyed.body().type());
    }
    for (String key : NO_KEYS) {
      requests.add(plain.with("Idempotency-Key", key));
    }
    requests.add(plain.with("Idempotency-Key", "one").with("idempotency-key", "another"));
    try (KeptConnection bank = new KeptConnection(baseUri())) {
      for (RawRequest request : requests) {
        RawAnswer answer = bank.send(request);
        String key = request.headers().get("Idempotency-Key");
        // a header beyond ASCII may be refused by the server itself
        boolean told = key.equals("\u00e9") || answer.text().contains(":bad-request\"");
        if (answer.status() != 400 || !told) {
          faults.add(keyed.row() + " under " + key + ": " + answer.start());
        }
      }
    }
  }

  @Test
  void key_ofEveryOperation_isGoodForOneRequestOfOneCaller_andNothingIsStoredTwice()
      throws Exception {
    List<String> faults = new ArrayList<>();
    List<Keyed> all = new ArrayList<>();
    for (AccessTable.Row row : rows()) {
      all.add(begun(row, faults));
    }
    assertThat(faults).isEmpty();
    long kept =
        all.stream()
            .filter(one -> !NOT_KEPT.contains(one.first().orElseThrow().statusCode()))
            .count();
    assertThat(kept).as("operations with an answer to keep").isGreaterThan(25);
    BankTables before = BankTables.quiet();
    for (Keyed keyed : all) {
      repeat(keyed, faults);
      noKeys(keyed, faults);
    }
    before = before.assertUnchanged("keys that came before, or are none", SESSIONS);
    for (Keyed keyed : all) {
      elsewhere(keyed, faults);
    }
    // refusals under a key are kept for who was refused
    before.assertUnchanged("keys of others", SESSIONS, "idempotent_answer");
    assertThat(faults).isEmpty();
  }
}
