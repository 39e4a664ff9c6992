package org.tallystick.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tallystick.it.Problems.assertProblem;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tallystick.it.ApiDocument.Operation;
import org.tallystick.it.Scene.Sample;
import org.tallystick.launcher.bank.Customer;

/**
 * Every list of the API's document that is handed out a page at a time: what leads on tells
 * nothing, leads on, and is good for that list alone. A new list needs a line in {@link #LISTS}.
 */
final class CursorIT extends BankIT {
  /** A list by its number of the first line, as auditors read logs of devices. */
  private static final String NUMBERED = "deviceLog";

  /** Who asks for a list with two items at least, or more. */
  private interface Asking {
    Call asked() throws Exception;
  }

  private static final Map<String, Asking> LISTS =
      Map.ofEntries(
          Map.entry("agreements", CursorIT::versions),
          Map.entry("registrations", () -> scene(PartyScenes.all(), "registrations")),
          Map.entry("messages", () -> scene(PartyScenes.all(), "messages")),
          Map.entry("accesses", CursorIT::opened),
          Map.entry("erasures", () -> twice(PrivacyScenes.all(), "erasures")),
          Map.entry("erasuresDue", () -> twice(PrivacyScenes.all(), "erasuresDue")),
          Map.entry("verificationsDue", CursorIT::endSoon),
          Map.entry("screeningHits", () -> twice(ScreeningScenes.all(), "screeningHits")),
          Map.entry("microDeposits", () -> twice(WalletScenes.all(), "microDeposits")),
          Map.entry("instrumentSearches", () -> twice(WalletScenes.all(), "instrumentSearches")),
          Map.entry("institutions", CursorIT::institutions),
          Map.entry("institutionClients", CursorIT::programs),
          Map.entry(
              "partnerRegistrations", () -> scene(InstitutionScenes.all(), "partnerRegistrations")),
          Map.entry("webhookDeliveries", CursorIT::deliveries),
          Map.entry("staffAccounts", () -> scene(StaffScenes.all(), "staffAccounts")),
          Map.entry("staffChanges", () -> scene(StaffScenes.all(), "staffChanges")));

  private static Stream<Operation> lists() {
    return ApiDocument.served().operations().stream()
        .filter(CursorIT::isHandedOutByPages)
        .filter(operation -> !operation.id().equals(NUMBERED));
  }

  private static boolean isHandedOutByPages(Operation operation) {
    return StreamSupport.stream(
            ApiDocument.served().of(operation).path("parameters").spliterator(), false)
        .anyMatch(parameter -> List.of("after", "limit").contains(parameter.path("name").asText()));
  }

  private static Call scene(Map<String, Scene> scenes, String list) throws Exception {
    return scenes
        .get(list)
        .set(new Sample(ApiDocument.served().operation(list), null, "200", null));
  }

  private static Call twice(Map<String, Scene> scenes, String list) throws Exception {
    scene(scenes, list);
    return scene(scenes, list);
  }

  private static Call versions() throws Exception {
    if (client().mustGet("/agreements", null).body().path("agreements").size() < 2) {
      scene(DeviceScenes.all(), "agreement");
    }
    return new Call();
  }

  private static Call opened() {
    Customer customer = ExampleState.ada();
    for (String who : List.of(office().clerk(), office().approver())) {
      client().mustGet("/registrations/" + customer.registration() + "/dossier", who);
    }
    return new Call().as(office().auditor()).at("registration", customer.registration());
  }

  private static Call endSoon() throws Exception {
    for (int i = 0; i < 2; i++) {
      PrivacyScenes.endsSoon(user().holder().customer());
    }
    return new Call().as(office().clerk());
  }

  private static Call institutions() {
    AccessPeople.opened();
    AccessPeople.opened();
    return new Call().as(office().administrator());
  }

  private static Call programs() {
    String institution = AccessPeople.opened();
    for (int i = 0; i < 2; i++) {
      AccessPeople.registered(institution, List.of("REGISTRATIONS"));
    }
    return new Call().as(office().auditor()).at("institution", institution);
  }

  private static Call deliveries() throws IOException, InterruptedException {
    String program =
        AccessPeople.authorization(
            AccessPeople.registered(AccessPeople.opened(), List.of("WEBHOOKS")));
    String webhook =
        client().mustPost("/webhooks", program, AccessWebhooks.target()).text("webhook");
    for (int i = 0; i < 2; i++) {
      client().mustPost("/webhooks/" + webhook + "/test", program, Map.of());
    }
    return new Call().as(program).at("webhook", webhook);
  }

  private static HttpResponse<String> page(Operation list, Call call)
      throws IOException, InterruptedException {
    return send(call.request(list.method(), call.address(baseUri(), list.path()), null, null));
  }

  /** The one list of an answer that is good. */
  private static JsonNode items(Operation list, HttpResponse<String> answer) throws IOException {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    JsonNode body = ExampleState.json(answer);
    assertThat(ApiDocument.served().faults(list, "200", "application/json", body)).isEmpty();
    for (JsonNode member : body) {
      if (member.isArray()) {
        return member;
      }
    }
    throw new AssertionError("no list in " + body);
  }

  @ParameterizedTest
  @MethodSource("lists")
  void cursor_ofEachList_tellsNothing_leadsOn_andIsNobodyElses(Operation list) throws Exception {
    Asking maker = LISTS.get(list.id());
    assertThat(maker).as("who asks for %s", list).isNotNull();
    Call call = maker.asked().query("limit", "1").without("after");
    HttpResponse<String> first = page(list, call);
    JsonNode items = items(list, first);
    assertThat(items).hasSize(1);
    String next = ExampleState.json(first).path("next").asText();
    assertThat(next).matches("[A-Za-z0-9_-]{24,256}");

    JsonNode second = items(list, page(list, call.query("after", next)));
    assertThat(second).hasSize(1).isNotEqualTo(items);

    for (String bent : bent(list, next, items.get(0))) {
      assertRefused(list, page(list, call.query("after", bent)), "'next' of this list");
    }
    call.query("after", next);
    for (String limit : List.of("0", "-1", "+1", "01", "1000", "x", "")) {
      assertRefused(list, page(list, call.query("limit", limit)), "'limit'");
    }
  }

  private static void assertRefused(Operation list, HttpResponse<String> answer, String why)
      throws IOException {
    assertProblem(answer, 400);
    JsonNode problem = ExampleState.json(answer);
    assertThat(problem.path("detail").asText()).contains(why);
    assertThat(ApiDocument.served().faults(list, "400", ApiDocument.PROBLEM, problem)).isEmpty();
  }

  /** What others make of it, another list's, and all that an item shows, as older cursors did. */
  private static List<String> bent(Operation list, String next, JsonNode item)
      throws IOException, InterruptedException {
    List<String> bent = new ArrayList<>(List.of("0", "1", "50", next + "A", next.substring(1)));
    char last = next.charAt(next.length() - 1);
    bent.add(next.substring(0, next.length() - 1) + (last == 'A' ? 'Q' : 'A'));
    bent.add(foreign(list));
    for (JsonNode member : item) {
      if (member.isValueNode()) {
        bent.add(member.asText());
      }
    }
    return bent;
  }

  private static String foreign(Operation list) throws IOException, InterruptedException {
    boolean own = list.id().equals("staffAccounts");
    String path = own ? "institutions" : "staff/accounts";
    if (own) {
      institutions();
    }
    return ExampleState.json(Asked.get(path + "?limit=1").as(office().administrator()).send())
        .path("next")
        .asText();
  }
}
