package org.tallystick.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tallystick.it.SlowBody.Manner.A_BYTE_A_SECOND;
import static org.tallystick.it.SlowBody.Manner.RESET;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.tallystick.launcher.bank.Customer;
import org.tallystick.launcher.portability.Refusal;

/**
 * Uploads that are meant to fill memory, disk or threads: packed bodies, archives and documents
 * that unpack to more than the heap, huge lengths that are announced, bodies that come slowly or
 * not at all. Each has its answer in bounded time, others are answered meanwhile, nothing is
 * stored.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class BadUploadIT extends BankIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SESSIONS = "staff_session";
  private static final String LIST = "screening/lists/OFAC-SDN?format=OFAC_CSV";
  private static final String PDF = "application/pdf";
  private static final String PNG = "image/png";
  private static final String ZIP = "application/zip";

  /** To read a bomb of a megabyte, and refuse it. */
  private static final Duration MOMENT = Duration.ofSeconds(5);

  /**
   * To give up a body: what one may take at first, and a wait for its next byte, which is a minute
   * on WildFly (server.cli says why) and ten seconds elsewhere.
   */
  private static final Duration GIVEN_UP =
      Duration.ofSeconds(System.getProperty("tallystick.it.server").equals("wildfly") ? 75 : 25);

  /** What virtual machines, fuzzers, databases that start and native libraries keep there. */
  private static final Pattern OF_OTHERS =
      Pattern.compile(
          "hsperf|byteBuddyAgent|jazzer-agent|detect_linux_distribution|\\.so|\\.lck|\\.out|\\.log");

  private static final int MANY_SLOW = 8;
  private static final long TEN_GIGABYTES = 10_000_000_000L;

  private String party;
  private String documents;
  private BankTables before;

  @BeforeAll
  void open() throws InterruptedException {
    Customer customer = office().user("Ida Known");
    party = "Bearer " + customer.token();
    documents = "registrations/" + customer.registration() + "/documents?type=NATIONAL_ID";
    office().administrator();
    before = BankTables.quiet();
  }

  private static Set<String> files() throws IOException {
    Set<String> names = new TreeSet<>();
    for (String folder : List.of(System.getProperty("java.io.tmpdir"), folder().toString())) {
      try (Stream<Path> files = Files.list(Path.of(folder))) {
        files
            .filter(Files::isRegularFile)
            .map(Path::toString)
            .filter(name -> !OF_OTHERS.matcher(name).find())
            .forEach(names::add);
      }
    }
    return names;
  }

  private static HttpResponse<String> sent(
      String method, String path, String who, String type, byte[] body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        request(api(path))
            .header("Content-Type", type)
            .method(method, HttpRequest.BodyPublishers.ofByteArray(body));
    return send(who.isEmpty() ? request : request.header("Authorization", who));
  }

  private static void judge(
      List<String> faults, String what, long start, HttpResponse<String> answer, int status) {
    Refusal.faults(answer, status).forEach(fault -> faults.add(what + ": " + fault));
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    if (took.compareTo(MOMENT) > 0) {
      faults.add(what + " took " + took);
    }
  }

  /** Whoever sends it, and wherever a body is taken at all. */
  @Test
  void packedBody_isRefusedEverywhere_unread() throws IOException, InterruptedException {
    JsonNode paths = JSON.readTree(send(request(api("openapi.json"))).body()).path("paths");
    byte[] bomb = Bombs.gzip();
    List<String> faults = new ArrayList<>();
    int operations = 0;
    for (Map.Entry<String, JsonNode> path : paths.properties()) {
      for (Map.Entry<String, JsonNode> operation : path.getValue().properties()) {
        JsonNode body = operation.getValue().path("requestBody");
        if (!body.isMissingNode()) {
          operations++;
          packed(faults, operation.getKey(), path.getKey(), operations == 1 ? bomb : new byte[20]);
        }
      }
    }
    packed(faults, "post", "/api/v1/" + documents, bomb);
    packed(faults, "put", "/api/v1/" + LIST, bomb);
    assertThat(operations).isGreaterThan(45);
    assertThat(faults).isEmpty();
    before = before.assertUnchanged("packed bodies", SESSIONS);
  }

  private static void packed(List<String> faults, String method, String path, byte[] body)
      throws IOException, InterruptedException {
    for (String coding : List.of("gzip", "deflate", "identity, gzip")) {
      long start = System.nanoTime();
      String named =
          path.replace("{account}", "999999").replaceAll("\\{[^}]+}", "AAAAAAAAAAAAAAAAAAAAAA");
      String type =
          path.endsWith("/token") ? "application/x-www-form-urlencoded" : "application/json";
      String given = path.contains("/documents") ? PDF : path.contains("/lists/") ? ZIP : type;
      HttpResponse<String> answer =
          send(
              request(baseUri().resolve(named))
                  .setHeader("Accept", "*/*")
                  .header("Content-Type", given)
                  .header("Content-Encoding", coding)
                  .method(
                      method.toUpperCase(java.util.Locale.ROOT),
                      HttpRequest.BodyPublishers.ofByteArray(body)));
      judge(faults, method + " " + path + " in " + coding, start, answer, 415);
    }
  }

  @Test
  void bomb_isRefused_beforeItIsUnpacked() throws IOException, InterruptedException {
    Set<String> there = files();
    List<String> faults = new ArrayList<>();
    for (Map.Entry<String, byte[]> archive : Bombs.archives().entrySet()) {
      long start = System.nanoTime();
      HttpResponse<String> answer =
          sent("PUT", LIST, office().administrator(), ZIP, archive.getValue());
      judge(faults, archive.getKey(), start, answer, 422);
    }
    Map<String, byte[]> pictures = new LinkedHashMap<>();
    pictures.put("a PNG of thirty thousand pixels a side", Bombs.png(30_000, 30_000, false));
    pictures.put("a PNG that says little and holds much", Bombs.png(8, 8, false));
    pictures.put("a PNG with words that unpack", Bombs.png(8, 8, true));
    for (Map.Entry<String, byte[]> picture : pictures.entrySet()) {
      long start = System.nanoTime();
      HttpResponse<String> answer = sent("POST", documents, party, PNG, picture.getValue());
      judge(faults, picture.getKey(), start, answer, 422);
    }
    long start = System.nanoTime();
    judge(faults, "a PDF", start, sent("POST", documents, party, PDF, Bombs.pdf()), 422);
    assertThat(faults).isEmpty();
    assertThat(there).as("files before, of which none is new").containsAll(files());
    before = before.assertUnchanged("bombs", SESSIONS);
  }

  private List<SlowBody> slow() {
    RawRequest document =
        new RawRequest("POST", "/api/v1/" + documents, Map.of(), new byte[0])
            .with("Content-Type", PDF)
            .with("Authorization", party);
    RawRequest list =
        new RawRequest("PUT", "/api/v1/" + LIST, Map.of(), new byte[0])
            .with("Content-Type", ZIP)
            .with("Authorization", office().administrator());
    RawRequest code = RawRequest.of("POST", "codes", "{}");
    Map<String, RawRequest> all = new LinkedHashMap<>();
    all.put("document", document);
    all.put("document under a key", document.with("Idempotency-Key", "slow"));
    all.put("list", list);
    all.put("code", code);
    List<SlowBody> slow = new ArrayList<>();
    all.forEach(
        (name, request) -> {
          for (SlowBody.Manner manner : SlowBody.Manner.values()) {
            slow.add(SlowBody.of("huge " + name + ", " + manner, request, TEN_GIGABYTES, manner));
            slow.add(SlowBody.of("slow " + name + ", " + manner, request, 10_000, manner));
          }
          slow.add(SlowBody.chunked("chunked " + name, request));
        });
    for (int i = 0; i < MANY_SLOW; i++) {
      slow.add(SlowBody.of("slow one of many", code, 10_000, A_BYTE_A_SECOND));
    }
    return slow;
  }

  private static void judge(List<String> faults, SlowBody body, SlowBody.Outcome outcome) {
    if (body.manner() == RESET) {
      return;
    }
    boolean huge = outcome.name().startsWith("huge");
    boolean list = outcome.name().contains("list");
    // one list at a time
    Set<Integer> slow = list ? Set.of(0, 408, 503) : Set.of(0, 408);
    Set<Integer> documented = huge ? Set.of(413) : slow;
    boolean inTime = outcome.after().compareTo(huge ? MOMENT : GIVEN_UP) < 0;
    if (!documented.contains(outcome.status()) || !inTime) {
      faults.add(outcome.toString());
    }
  }

  @Test
  void bodyThatDoesNotCome_isGivenUp_othersAreAnswered_andNothingIsStored() throws Exception {
    Set<String> there = files();
    List<SlowBody> bodies = slow();
    List<String> faults = new ArrayList<>();
    ExecutorService threads = Executors.newFixedThreadPool(bodies.size());
    try {
      List<Future<SlowBody.Outcome>> outcomes = new ArrayList<>();
      bodies.forEach(body -> outcomes.add(threads.submit(body)));
      while (outcomes.stream().anyMatch(outcome -> !outcome.isDone())) {
        long start = System.nanoTime();
        assertThat(send(request(api("health"))).statusCode()).isEqualTo(200);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(MOMENT);
        Thread.sleep(500);
      }
      for (int i = 0; i < bodies.size(); i++) {
        judge(faults, bodies.get(i), outcomes.get(i).get());
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(faults).isEmpty();
    assertThat(there).as("files before, of which none is new").containsAll(files());
    // the turn to load a list is free again
    assertThat(sent("PUT", LIST, office().administrator(), ZIP, new byte[10]).statusCode())
        .isEqualTo(422);
    before = before.assertUnchanged("slow bodies", SESSIONS);
  }
}
