package org.tallystick.it;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * docs/ACCESS.md, which a person wrote, against the running server: it has a row for each thing
 * that the server says it answers and for nothing else, and each cell is what happens when it is
 * asked, with everybody's own credentials and two institutions' real things.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class AccessTableIT extends BankIT {
  private static final Pattern PARAMETER = Pattern.compile("\\{(\\w+)}");

  private static final Pattern PARTYS = Pattern.compile("\\{(registration|account)}");

  /** Nothing is there, or the server's own servlet is switched off. */
  private static final Set<Integer> CLOSED = Set.of(403, 404);

  /** What proves nothing: no scheme, no token, unknown, too long, of another kind. */
  private static final List<String> BAD =
      List.of(
          "Bearer",
          "Bearer ",
          "Bearer " + "A".repeat(43),
          "Bearer " + "A".repeat(4000),
          "Basic YWRtaW46YWRtaW4=",
          "Receipt AAAAAAAAAAAAAAAAAAAAAA");

  private final AccessTable table = AccessTable.read();
  private AccessPeople people;
  private AccessThings things;
  private AccessBodies bodies;
  private JsonNode served;

  @BeforeAll
  void open() throws IOException, InterruptedException, GeneralSecurityException {
    people = new AccessPeople();
    things = new AccessThings(people);
    bodies = new AccessBodies(things);
    served = client().mustGet("/endpoints", office().auditor()).body();
  }

  @AfterAll
  static void end() {
    AccessThings.withdrawProposal();
  }

  @Test
  void rows_areWhatTheServerAnswers_bothWays() {
    List<String> answered = new ArrayList<>();
    for (JsonNode method : served.path("methods")) {
      answered.add(method.path("method").asText() + " " + method.path("path").asText());
    }
    assertThat(answered).hasSizeGreaterThan(90).doesNotHaveDuplicates();
    assertThat(table.rows().stream().map(AccessTable.Row::endpoint).distinct())
        .containsExactlyInAnyOrderElementsOf(answered);
    assertThat(table.rows().stream().map(AccessTable.Row::request)).doesNotHaveDuplicates();
  }

  @Test
  void pages_areWhatTheServerOpens_bothWays() throws IOException, InterruptedException {
    List<String> opened = texts("pages");
    assertThat(opened.stream().filter(page -> !isPattern(page)))
        .containsExactlyInAnyOrderElementsOf(table.pages());
    assertThat(table.patterns())
        .containsAll(opened.stream().filter(AccessTableIT::isPattern).toList());
    List<String> wrong = new ArrayList<>();
    for (String page : table.pages()) {
      lookAt(page, Set.of(200), wrong);
    }
    for (String pattern : table.patterns()) {
      lookAt(pattern.replace("*", "nothing"), CLOSED, wrong);
      lookAt(pattern.replace("/*", ""), CLOSED, wrong);
    }
    assertThat(wrong).isEmpty();
  }

  private static void lookAt(String page, Set<Integer> expected, List<String> wrong)
      throws IOException, InterruptedException {
    URI address = baseUri().resolve("/" + page.replaceFirst("^/", ""));
    int status = send(HttpRequest.newBuilder(address)).statusCode();
    if (!expected.contains(status)) {
      wrong.add(page + ": " + status);
    }
  }

  /** The server's own patterns are not the same on all servers. */
  private static boolean isPattern(String page) {
    return page.contains("*") || page.equals("/");
  }

  @Test
  void sockets_areWhatTheServerOpens_bothWays() throws InterruptedException {
    assertThat(texts("sockets")).containsExactlyInAnyOrderElementsOf(table.sockets());
    for (String socket : table.sockets()) {
      URI address = URI.create(baseUri().resolve(socket).toString().replaceFirst("^http", "ws"));
      WebSocket open =
          HTTP.newWebSocketBuilder().buildAsync(address, new WebSocket.Listener() {}).join();
      assertThat(open.isInputClosed()).as(socket).isFalse();
      open.abort();
    }
  }

  private List<String> texts(String member) {
    List<String> texts = new ArrayList<>();
    served.path(member).forEach(text -> texts.add(text.asText()));
    return texts;
  }

  /** In the table's order, but those last that end the sessions of who asks. */
  private Stream<AccessTable.Row> rows() {
    return table.rows().stream().sorted(Comparator.comparing(AccessTableIT::endsSessions));
  }

  private static boolean endsSessions(AccessTable.Row row) {
    return row.method().equals("DELETE") && row.path().matches(".*/sessions(/current)?");
  }

  @ParameterizedTest
  @MethodSource("rows")
  void row_isWhatEachCallerIsAnswered(AccessTable.Row row)
      throws IOException, InterruptedException {
    List<String> wrong = new ArrayList<>();
    for (Map.Entry<AccessColumn, AccessCell> cell : row.cells().entrySet()) {
      if (cell.getValue() != AccessCell.NOT_ASKED) {
        look(row, cell.getKey(), cell.getValue(), wrong);
      }
    }
    assertThat(wrong).as(row.request()).isEmpty();
  }

  private Stream<AccessTable.Row> closed() {
    return rows().filter(row -> row.cells().get(AccessColumn.NOBODY) == AccessCell.NO_CREDENTIAL);
  }

  @ParameterizedTest
  @MethodSource("closed")
  void row_withWhatIsNoCredential_isRefused(AccessTable.Row row)
      throws IOException, InterruptedException {
    for (String credential : BAD) {
      HttpResponse<String> answer = ask(row, AccessColumn.NOBODY, credential, things::named);
      assertThat(answer.statusCode()).as(credential).isEqualTo(401);
    }
  }

  /** What the server does not say that it answers, it does not answer. */
  @Test
  void otherMethods_areNotPermitted() throws IOException, InterruptedException {
    List<String> wrong = new ArrayList<>();
    for (String path : table.rows().stream().map(AccessTable.Row::path).collect(toSet())) {
      for (String method : List.of("GET", "POST", "PUT", "DELETE", "PATCH")) {
        AccessTable.Row other = new AccessTable.Row(method, path, Map.of());
        if (table.rows().stream().noneMatch(row -> row.answers(other))) {
          HttpRequest.Builder request =
              HttpRequest.newBuilder(address(other, things::named))
                  .method(method, HttpRequest.BodyPublishers.noBody());
          int status = send(request).statusCode();
          if (status != 405) {
            wrong.add(other + ": " + status);
          }
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  private void look(AccessTable.Row row, AccessColumn who, AccessCell cell, List<String> wrong)
      throws IOException, InterruptedException {
    boolean last = row.method().equals("DELETE") || row.path().endsWith("/revocation");
    boolean does = last && cell == AccessCell.YES;
    HttpResponse<String> answer = ask(row, who, does ? things::spare : things::named);
    String said = who + " is answered " + answer.statusCode() + ", not " + cell;
    if (!cell.allows(answer.statusCode())) {
      wrong.add(said + ": " + answer.body());
      return;
    }
    if (cell == AccessCell.NOTHING_THERE) {
      HttpResponse<String> nothing = ask(row, who, AccessThings::nothing);
      if (nothing.statusCode() != 404
          || !nothing.body().equals(answer.body())
          || !nothing.headers().map().keySet().equals(answer.headers().map().keySet())) {
        wrong.add(who + " can tell it from nothing: " + answer.body() + nothing.body());
      }
    }
    if (who.isForeign() || who == AccessColumn.OTHER_PARTY || who == AccessColumn.NOBODY) {
      tellsNothing(row, who, answer, wrong);
    }
    if (who.isForeign() && PARTYS.matcher(row.path()).find()) {
      HttpResponse<String> consortiums = ask(row, who, things::ofTheConsortium);
      if (!cell.allows(consortiums.statusCode())) {
        wrong.add(who + " is answered " + consortiums.statusCode() + " about the consortium's own");
      }
    }
    if (endsSessions(row) && cell == AccessCell.YES) {
      people.signIn(who);
    }
  }

  private void tellsNothing(
      AccessTable.Row row, AccessColumn who, HttpResponse<String> answer, List<String> wrong) {
    for (String secret : things.secrets()) {
      if (answer.body().contains(secret)) {
        wrong.add(who + " reads " + secret + " in the answer to " + row);
      }
    }
  }

  private HttpResponse<String> ask(
      AccessTable.Row row, AccessColumn who, UnaryOperator<String> named)
      throws IOException, InterruptedException {
    return ask(row, who, people.authorization(who), named);
  }

  private HttpResponse<String> ask(
      AccessTable.Row row, AccessColumn who, String authorization, UnaryOperator<String> named)
      throws IOException, InterruptedException {
    things.prepare(row.path(), who);
    AccessBodies.Body body = bodies.of(row, who);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address(row, named))
            .timeout(PATIENCE)
            .header("Accept", "*/*")
            .method(
                row.method(),
                body.type().isEmpty()
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofByteArray(body.bytes()));
    if (!body.type().isEmpty()) {
      request.header("Content-Type", body.type());
    }
    if (row.path().endsWith("/decision")) {
      request.header("If-Match", "\"another\"");
    }
    if (!authorization.isEmpty()) {
      request.header("Authorization", authorization);
      if (row.method().equals("POST")) {
        request.header("Idempotency-Key", UUID.randomUUID().toString());
      }
    }
    return send(request);
  }

  private static URI address(AccessTable.Row row, UnaryOperator<String> named) {
    boolean receipt = row.path().contains("/receipts/");
    Matcher parameters = PARAMETER.matcher(row.path());
    String path =
        parameters.replaceAll(
            found ->
                named.apply(
                    receipt && found.group(1).equals("number") ? "receipt" : found.group(1)));
    return baseUri().resolve(path);
  }
}
