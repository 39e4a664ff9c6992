package org.tallystick.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.tallystick.launcher.portability.Refusal;

/**
 * Names that people would take for another's, or see nothing of: refused wherever a name is shown
 * to others, one after the other and at once, and nothing is stored.
 */
final class BadNameIT extends BankIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SESSIONS = "staff_session";
  private static final int AT_ONCE = 4;

  /** What looks like a name that begins with "Bank ". */
  private static List<String> lookAlikes(String name) {
    return List.of(
        name,
        name.toUpperCase(Locale.ROOT),
        name.replace("Bank", "B\u0430nk"),
        name.replace("Bank", "\uff22ank"),
        name.replace("Bank", "Ba\u200bnk"),
        name.replace("Bank", "Ba\u034fnk"),
        name.replace("Bank", "Ba\u00adnk"),
        name.replace("Bank ", "Bank  "),
        name.replace("Bank ", "Bank\u00a0"),
        name + "\u200b",
        "\u3164",
        "\u2800",
        "\u00a0");
  }

  private static HttpResponse<String> post(String path, Map<String, ?> body, String authorization)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        request(api(path))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)));
    return send(authorization.isEmpty() ? request : request.header("Authorization", authorization));
  }

  private static void check(List<String> faults, HttpResponse<String> answer, String what) {
    int status = answer.statusCode();
    boolean refused = Set.of(400, 409, 422).contains(status);
    List<String> found = refused ? Refusal.faults(answer, status) : List.of("status " + status);
    found.forEach(fault -> faults.add(what + ": " + fault));
  }

  @Test
  void nameThatMisleads_isRefusedEverywhere_andChangesNothing()
      throws IOException, InterruptedException {
    String institution = "Bank " + UUID.randomUUID();
    client().mustPost("/institutions", office().administrator(), ExampleState.brand(institution));
    String provider = "Bank " + UUID.randomUUID();
    office().provider("Bank Ltd", provider, "Springfield");
    List<String> faults = new ArrayList<>();
    BankTables before = BankTables.quiet();
    for (String name : lookAlikes(institution)) {
      check(
          faults,
          post("institutions", ExampleState.brand(name), office().administrator()),
          "bank " + name);
    }
    for (String name : lookAlikes(provider)) {
      Map<String, String> application = new HashMap<>();
      application.put("kind", "ORGANISATION");
      application.put("role", "PROVIDER");
      application.put("name", "Other Ltd");
      application.put("displayName", name);
      application.put("place", "Springfield");
      check(faults, post("registrations", application, ""), "provider " + name);
    }
    for (String name :
        List.of("\u0441lerk", "cl\u200berk", "clerk\u202e", "CLERK", "cl erk", "a:b", "")) {
      Map<String, ?> account = Map.of("user", name, "roles", List.of("CLERK"));
      check(faults, post("staff", account, office().administrator()), "staff " + name);
    }
    before.assertUnchanged("a name", SESSIONS);
    assertThat(faults).isEmpty();
  }

  @Test
  void sameNameAtOnce_isOnes_andTheOthersAreToldSo() throws Exception {
    String name = "Bank " + UUID.randomUUID();
    List<String> alike = lookAlikes(name);
    assertOneOf(
        i -> post("institutions", ExampleState.brand(alike.get(i)), office().administrator()));
    String user = "twin-" + UUID.randomUUID();
    assertOneOf(
        i ->
            post(
                "staff",
                Map.of("user", user, "roles", List.of("CLERK")),
                office().administrator()));
  }

  /** One of several at once. */
  private interface Attempt {
    HttpResponse<String> send(int number) throws IOException, InterruptedException;
  }

  private static void assertOneOf(Attempt attempt) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
    try {
      CyclicBarrier start = new CyclicBarrier(AT_ONCE);
      List<Callable<HttpResponse<String>>> attempts = new ArrayList<>();
      for (int i = 0; i < AT_ONCE; i++) {
        int number = i;
        attempts.add(
            () -> {
              start.await();
              return attempt.send(number);
            });
      }
      List<Integer> statuses = new ArrayList<>();
      for (Future<HttpResponse<String>> answer : threads.invokeAll(attempts)) {
        statuses.add(answer.get().statusCode());
      }
      assertThat(statuses).filteredOn(status -> status == 201).hasSize(1);
      assertThat(new HashSet<>(statuses)).isEqualTo(Set.of(201, 409));
    } finally {
      threads.shutdownNow();
    }
  }
}
