package org.tallystick.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tallystick.it.ExampleState.NOBODY;
import static org.tallystick.it.ExampleState.brand;
import static org.tallystick.it.ExampleState.fresh;
import static org.tallystick.it.ExampleState.hired;
import static org.tallystick.it.ExampleState.staff;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.tallystick.codec.Base64Url;
import org.tallystick.it.ProblemScenes.Way;
import org.tallystick.launcher.bank.BackOffice;
import org.tallystick.launcher.bank.SampleList;

/** How each problem of the staff, of institutions, of lists and of agreements comes about. */
final class StaffProblemScenes {
  private static final String ORIGIN =
      "http://localhost:" + Integer.getInteger("tallystick.it.httpPort");
  private static final String LIST = "screening/lists/UN?format=UN_XML";
  private static final String XML = "application/xml";

  private StaffProblemScenes() {}

  static Map<String, Way> all() {
    return Map.ofEntries(
        Map.entry("password-choice-required", StaffProblemScenes::noPassword),
        Map.entry("password-not-acceptable", StaffProblemScenes::weakPassword),
        Map.entry("staff-name-not-valid", () -> opened("two words")),
        Map.entry("name-taken", () -> opened("clerk")),
        Map.entry("own-account", StaffProblemScenes::ownAccount),
        Map.entry("roles-not-together", StaffProblemScenes::oddRoles),
        Map.entry("security-key-not-accepted", StaffProblemScenes::oddKey),
        Map.entry("security-key-known", StaffProblemScenes::knownKey),
        Map.entry("too-many-security-keys", StaffProblemScenes::manyKeys),
        Map.entry("brand-not-legible", () -> opened("backgroundColour", "#eeeeee")),
        Map.entry(
            "logo-not-valid", () -> opened("logo", Base64Url.encode(new byte[] {1, 2, 3, 4}))),
        Map.entry("client-keys-not-valid", StaffProblemScenes::noKeys),
        Map.entry("list-shrunk", StaffProblemScenes::shrunk),
        Map.entry(
            "list-stays",
            () ->
                Asked.post("screening/lists/UN/retirement")
                    .as(office().approver())
                    .send(text(Map.of("reason", "old")))),
        Map.entry("list-not-acceptable", () -> loaded("<CONSOLIDATED_LIST>")),
        Map.entry("agreement-pending", () -> proposed(twice())),
        Map.entry("agreement-not-valid", () -> proposed(proposal("A\tB", 60))),
        Map.entry("effective-too-late", () -> proposed(proposal("Good\n", 1_000 * 86_400))),
        Map.entry("notice-too-short", () -> proposed(proposal("Good\n", -60))),
        Map.entry("unavailable", StaffProblemScenes::whileAnotherIsLoaded),
        Map.entry("idempotency-key-in-progress", StaffProblemScenes::atOnce),
        Map.entry("too-many-requests", StaffProblemScenes::tooOften));
  }

  private static BackOffice office() {
    return BankIT.office();
  }

  private static String text(Map<String, ?> members) {
    return ExampleState.JSON.valueToTree(members).toString();
  }

  private static HttpResponse<String> noPassword() throws Exception {
    String user = fresh("anna");
    String oneTime = hired(user, Map.of(), "CLERK");
    return Asked.post("sessions").send(text(Map.of("user", user, "password", oneTime)));
  }

  private static HttpResponse<String> weakPassword() throws Exception {
    String user = fresh("anna");
    String oneTime = hired(user, Map.of(), "CLERK");
    return Asked.post("staff/password")
        .send(text(Map.of("user", user, "password", oneTime, "newPassword", "password1234")));
  }

  private static HttpResponse<String> opened(String user) throws Exception {
    return Asked.post("staff")
        .as(office().administrator())
        .send(text(Map.of("user", user, "roles", List.of("CLERK"))));
  }

  private static HttpResponse<String> ownAccount() throws Exception {
    return Asked.post("staff/accounts/admin/state")
        .as(office().administrator())
        .send("{\"state\":\"SUSPENDED\",\"reason\":\"on leave\"}");
  }

  private static HttpResponse<String> oddRoles() throws Exception {
    String institution = ExampleState.institution(fresh("Bank "));
    return Asked.post("staff")
        .as(office().administrator())
        .send(
            text(
                Map.of(
                    "user",
                    fresh("anna"),
                    "roles",
                    List.of("ADMINISTRATOR"),
                    "institution",
                    institution)));
  }

  private static HttpResponse<String> register(String session, EmulatedKey key) throws Exception {
    HttpResponse<String> asked = Asked.post("security-keys/options").as(session).send();
    JsonNode challenge = ExampleState.json(asked).path("publicKey").path("challenge");
    if (challenge.isMissingNode()) {
      return asked;
    }
    return Asked.post("security-keys")
        .as(session)
        .send(text(Map.of("name", "blue", "credential", key.create(challenge.asText()))));
  }

  private static HttpResponse<String> oddKey() throws Exception {
    return register(staff(fresh("anna"), Map.of(), "CLERK"), new EmulatedKey("http://evil.test"));
  }

  private static HttpResponse<String> knownKey() throws Exception {
    EmulatedKey key = new EmulatedKey(ORIGIN);
    register(staff(fresh("anna"), Map.of(), "CLERK"), key);
    return register(staff(fresh("anna"), Map.of(), "CLERK"), key);
  }

  private static HttpResponse<String> manyKeys() throws Exception {
    String session = staff(fresh("anna"), Map.of(), "CLERK");
    for (int i = 0; ; i++) {
      HttpResponse<String> answer = register(session, new EmulatedKey(ORIGIN));
      if (answer.statusCode() != 204 || i > 20) {
        return answer;
      }
    }
  }

  private static HttpResponse<String> opened(String member, String value) throws Exception {
    Map<String, Object> brand = brand(fresh("Bank "));
    brand.put(member, value);
    return Asked.post("institutions").as(office().administrator()).send(text(brand));
  }

  private static HttpResponse<String> noKeys() throws Exception {
    String institution = ExampleState.institution(fresh("Bank "));
    return Asked.post("institutions/" + institution + "/partner-clients")
        .as(office().administrator())
        .send(text(Map.of("client", fresh("harbour-"), "scopes", List.of("REGISTRATIONS"))));
  }

  private static HttpResponse<String> loaded(String list) throws Exception {
    return Asked.put(LIST).as(office().administrator()).media(XML).send(list);
  }

  private static HttpResponse<String> shrunk() throws Exception {
    String whole = new String(SampleList.bytes(), StandardCharsets.UTF_8);
    return loaded(
        whole.substring(0, whole.indexOf("<ENTITIES>"))
            + "<ENTITIES></ENTITIES></CONSOLIDATED_LIST>");
  }

  private static String proposal(String text, int inSeconds) {
    Instant from = Instant.now().plusSeconds(inSeconds).truncatedTo(ChronoUnit.SECONDS);
    return text(Map.of("text", text, "effectiveAt", from.toString()));
  }

  /** What is proposed already. */
  private static String twice() throws Exception {
    DeviceScenes.next();
    String wanted = proposal("AGREEMENT\n\n1. " + fresh("As before ") + "\n", 60);
    proposed(wanted);
    return wanted;
  }

  private static HttpResponse<String> proposed(String wanted) throws Exception {
    if (!wanted.contains("As before")) {
      DeviceScenes.next();
    }
    return Asked.post("agreements/proposal").as(office().approver()).send(wanted);
  }

  /**
   * While somebody else's list comes in slowly. Should the second come first after all, the first
   * is the one that is refused: then once more, with a new first.
   */
  private static HttpResponse<String> whileAnotherIsLoaded() throws Exception {
    HttpResponse<String> second;
    Instant end = Instant.now().plusSeconds(30);
    do {
      CountDownLatch underWay = new CountDownLatch(1);
      CountDownLatch done = new CountDownLatch(1);
      CompletableFuture<HttpResponse<String>> first = loadedSlowly(underWay, done);
      try {
        assertThat(underWay.await(10, TimeUnit.SECONDS)).as("the first list is sent").isTrue();
        second = loaded("<CONSOLIDATED_LIST>");
      } finally {
        done.countDown();
        // refused or loaded: it must only be over before another begins
        first.handle((answer, refused) -> answer).get(60, TimeUnit.SECONDS);
      }
    } while (second.statusCode() != 503 && Instant.now().isBefore(end));
    return second;
  }

  /**
   * A list of which all but the last byte is sent when {@code underWay}, and that when {@code
   * done}.
   */
  private static CompletableFuture<HttpResponse<String>> loadedSlowly(
      CountDownLatch underWay, CountDownLatch done) throws IOException {
    byte[] list = SampleList.bytes();
    int last = list.length - 1;
    InputStream gate =
        new InputStream() {
          private boolean sent;

          @Override
          public int read() throws IOException {
            if (sent) {
              return -1;
            }
            underWay.countDown();
            try {
              done.await();
            } catch (InterruptedException e) {
              throw new IOException(e);
            }
            sent = true;
            return list[last] & 0xff;
          }

          @Override
          public int read(byte[] into, int from, int count) throws IOException {
            int one = read();
            if (one < 0) {
              return -1;
            }
            into[from] = (byte) one;
            return 1;
          }
        };
    InputStream slow = new SequenceInputStream(new ByteArrayInputStream(list, 0, last), gate);
    return ServerIT.HTTP.sendAsync(
        ServerIT.request(ServerIT.api(LIST))
            .header("Authorization", office().administrator())
            .header("Content-Type", XML)
            .PUT(BodyPublishers.ofInputStream(() -> slow))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  /** Many at once under one key, until one comes while another is under way. */
  private static HttpResponse<String> atOnce() throws Exception {
    for (int round = 0; round < 30; round++) {
      String key = fresh("k");
      String name = fresh("Bank ");
      List<CompletableFuture<HttpResponse<String>>> sent =
          IntStream.range(0, 8)
              .mapToObj(
                  i ->
                      ServerIT.HTTP.sendAsync(
                          ServerIT.request(ServerIT.api("institutions"))
                              .header("Authorization", office().administrator())
                              .header("Content-Type", "application/json")
                              .header("Idempotency-Key", key)
                              .POST(BodyPublishers.ofString(text(brand(name))))
                              .build(),
                          HttpResponse.BodyHandlers.ofString()))
              .toList();
      for (CompletableFuture<HttpResponse<String>> one : sent) {
        if (one.get().statusCode() == 409) {
          return one.get();
        }
      }
    }
    throw new IllegalStateException("never two at once");
  }

  /**
   * More documents than one source may hand in in a second; where the server ends a connection with
   * so much under way (GOAWAY), what was on it has no answer.
   */
  private static HttpResponse<String> tooOften() throws Exception {
    for (int round = 0; round < 30; round++) {
      List<CompletableFuture<HttpResponse<String>>> sent =
          IntStream.range(0, 300)
              .mapToObj(
                  i ->
                      ServerIT.HTTP.sendAsync(
                          ServerIT.request(ServerIT.api("registrations/" + NOBODY + "/documents"))
                              .header("Content-Type", "application/pdf")
                              .POST(BodyPublishers.noBody())
                              .build(),
                          HttpResponse.BodyHandlers.ofString()))
              .toList();
      for (CompletableFuture<HttpResponse<String>> one : sent) {
        HttpResponse<String> answer = one.exceptionally(lost -> null).get();
        if (answer != null && answer.statusCode() == 429) {
          return answer;
        }
      }
    }
    throw new IllegalStateException("nobody asks too often");
  }
}
