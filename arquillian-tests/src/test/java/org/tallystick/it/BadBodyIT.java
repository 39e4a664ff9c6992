package org.tallystick.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.tallystick.launcher.portability.BadEncodings;
import org.tallystick.launcher.portability.Refusal;

/**
 * Every operation that takes JSON, as the running server's own document lists them, gets bodies
 * that are none, from somebody who may call it: each is refused as malformed and changes nothing in
 * any table. Each operation gets the common faults and some of the odd ones, which go round.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class BadBodyIT extends BankIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String JSON_TYPE = "application/json";
  private static final int ODD_ONES = 7;

  /** Beyond the largest body of JSON that any operation takes, which has a picture in it. */
  private static final int TOO_MUCH = 400_000;

  private static final String NOBODY = "AAAAAAAAAAAAAAAAAAAAAA";

  /** Nobody's input: when a session was last used. */
  private static final String SESSIONS = "staff_session";

  private JsonNode document;
  private String party;
  private String registration;
  private String program;

  /**
   * A body that is none.
   *
   * @param fault for people
   * @param type its media type
   * @param status that it must have
   */
  private record Bad(String fault, String type, byte[] body, int status) {}

  /** An operation and a good body for it. */
  private record Operation(String method, String path, JsonNode security, JsonNode example) {}

  @BeforeAll
  void open() throws IOException, InterruptedException {
    document = JSON.readTree(send(request(api("openapi.json"))).body());
    User user = user();
    party = "Bearer " + user.holder().customer().token();
    registration = user.holder().customer().registration();
    program =
        AccessPeople.authorization(
            AccessPeople.registered(
                AccessPeople.opened(), List.of("REGISTRATIONS", "WEBHOOKS", "TRANSACTIONS_READ")));
  }

  private List<Operation> operations() {
    List<Operation> operations = new ArrayList<>();
    for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
      for (Map.Entry<String, JsonNode> operation : path.getValue().properties()) {
        JsonNode said = resolved(operation.getValue().path("requestBody"));
        JsonNode body = said.path("content").path(JSON_TYPE);
        if (!body.isMissingNode()) {
          operations.add(
              new Operation(
                  operation.getKey().toUpperCase(java.util.Locale.ROOT),
                  path.getKey(),
                  operation.getValue().path("security"),
                  resolved(body.path("examples").elements().next()).path("value")));
        }
      }
    }
    return operations;
  }

  private JsonNode resolved(JsonNode said) {
    return said.has("$ref") ? document.at(said.path("$ref").asText().substring(1)) : said;
  }

  private static List<Bad> common(JsonNode example) throws IOException {
    List<Bad> bad = new ArrayList<>();
    byte[] good = JSON.writeValueAsBytes(example);
    bad.add(new Bad("text", "text/plain", good, 415));
    bad.add(new Bad("a form", "application/x-www-form-urlencoded", good, 415));
    bad.add(new Bad("another charset", "application/json;charset=utf-16", good, 415));
    ObjectNode more = example.deepCopy();
    bad.add(new Bad("a member too many", JSON_TYPE, bytes(more.put("surplus", 1)), 400));
    ObjectNode nothing = example.deepCopy();
    bad.add(new Bad("no member", JSON_TYPE, bytes(nothing.removeAll()), 400));
    bad.add(new Bad("a list", JSON_TYPE, ("[" + example + "]").getBytes(UTF_8), 400));
    String name = example.fieldNames().next();
    ObjectNode other = example.deepCopy();
    JsonNode value = other.path(name);
    String twice = "{\"" + name + "\":" + value + "," + example.toString().substring(1);
    bad.add(new Bad("a member twice", JSON_TYPE, twice.getBytes(UTF_8), 400));
    other.put(name, true);
    bad.add(new Bad("a member of another type", JSON_TYPE, bytes(other), 400));
    bad.add(new Bad("too much", JSON_TYPE, " ".repeat(TOO_MUCH).getBytes(UTF_8), 413));
    return bad;
  }

  private static byte[] bytes(JsonNode node) throws IOException {
    return JSON.writeValueAsBytes(node);
  }

  private String credential(Operation operation) {
    JsonNode first = operation.security().path(0);
    if (first.has("party")) {
      return party;
    }
    if (first.has("partner")) {
      return program;
    }
    if (!first.has("staff")) {
      return "";
    }
    Map<String, String> staff = new LinkedHashMap<>();
    staff.put("CLERK", office().clerk());
    staff.put("APPROVER", office().approver());
    staff.put("AUDITOR", office().auditor());
    return staff.getOrDefault(first.path("staff").path(0).asText(), office().administrator());
  }

  private List<String> faults(Operation operation, Bad bad)
      throws IOException, InterruptedException {
    String path =
        operation
            .path()
            .substring("/api/v1/".length())
            .replace("{registration}", registration)
            .replace("{user}", "nobody-here")
            .replace("{account}", "999999")
            .replace("{client}", "nobody-here")
            .replaceAll("\\{[^}]+}", NOBODY);
    HttpRequest.Builder request =
        request(api(path))
            // what an operation answers with differs; how it refuses does not
            .setHeader("Accept", "*/*")
            .header("Content-Type", bad.type())
            .header("Idempotency-Key", UUID.randomUUID().toString())
            .header("If-Match", "*")
            .method(operation.method(), HttpRequest.BodyPublishers.ofByteArray(bad.body()));
    String credential = credential(operation);
    if (!credential.isEmpty()) {
      request.header("Authorization", credential);
    }
    return Refusal.faults(send(request), bad.status()).stream()
        .map(
            fault ->
                "%s %s with %s: %s"
                    .formatted(operation.method(), operation.path(), bad.fault(), fault))
        .toList();
  }

  @Test
  void bodyThatIsNone_isRefusedEverywhere_andChangesNothing()
      throws IOException, InterruptedException {
    List<Map.Entry<String, byte[]>> odd = List.copyOf(BadEncodings.bodies().entrySet());
    List<Operation> operations = operations();
    assertThat(operations).hasSizeGreaterThan(35);
    List<String> faults = new ArrayList<>();
    int next = 0;
    BankTables before = BankTables.quiet();
    for (Operation operation : operations) {
      List<Bad> all = common(operation.example());
      for (int i = 0; i < ODD_ONES; i++) {
        Map.Entry<String, byte[]> one = odd.get(next++ % odd.size());
        all.add(new Bad(one.getKey(), JSON_TYPE, one.getValue(), 400));
      }
      for (Bad bad : all) {
        faults.addAll(faults(operation, bad));
      }
      before = before.assertUnchanged(operation.method() + " " + operation.path(), SESSIONS);
    }
    assertThat(next).isGreaterThan(odd.size());
    assertThat(faults).isEmpty();
  }
}
