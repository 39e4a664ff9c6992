package org.tallystick.launcher.portability;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintStream;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.tallystick.codec.Base64Url;
import org.tallystick.launcher.LaunchException;
import org.tallystick.launcher.Progress;
import org.tallystick.launcher.bank.BackOffice;
import org.tallystick.launcher.bank.FreshBank;
import org.tallystick.launcher.bank.PushedAnswers;
import org.tallystick.launcher.demo.Demo;
import org.tallystick.launcher.drill.Payments;

/** What customers and strangers try on a fresh bank, whatever server it runs on. */
final class BankTrial implements AutoCloseable {
  private static final int PLANTED_LIFE_SECONDS = 15;
  private static final int WAIT_SECONDS = 30;

  private final FreshBank bank;
  private final Path folder;
  private final boolean planted;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private @Nullable BackOffice office;
  private @Nullable PayingPair pair;

  /**
   * @param folder for devices, evidence and what the main job says
   * @param planted whether it is known to fail, so that nothing is waited for very long
   */
  BankTrial(FreshBank bank, Path folder, boolean planted) {
    this.bank = bank;
    this.folder = folder;
    this.planted = planted;
  }

  /** The main job; what it says goes to {@code main-job.log}. */
  String mainJob() throws IOException {
    Path log = Files.createDirectories(folder).resolve("main-job.log");
    boolean held;
    try (PrintStream out =
        new PrintStream(Files.newOutputStream(log), true, StandardCharsets.UTF_8)) {
      Demo demo = new Demo(bank, folder.resolve("main-job"), null, out, Progress.on(out));
      office = demo.office();
      held = planted ? demo.run(PLANTED_LIFE_SECONDS) : demo.run();
    }
    String sums =
        Files.readString(log)
            .lines()
            .filter(line -> line.startsWith("result demo "))
            .findFirst()
            .orElse("it did not come to its end");
    require(held, sums + ", see " + log);
    return sums.substring("result demo ".length());
  }

  /** Every bad input; all that is wrong is told at once. */
  String badInput() throws IOException, InterruptedException {
    List<String> wrong = new ArrayList<>();
    List<BadInput> all = BadInput.all();
    for (BadInput input : all) {
      List<String> faults = faults(input);
      if (!faults.isEmpty()) {
        wrong.add(input.name() + ": " + String.join(", ", faults));
      }
    }
    require(
        wrong.isEmpty(),
        "%d of %d not refused as they should be: %s"
            .formatted(wrong.size(), all.size(), String.join("; ", wrong)));
    return all.size() + " refused";
  }

  private List<String> faults(BadInput input) throws InterruptedException {
    try {
      return input.faults(http, bank.base());
    } catch (IOException e) {
      return List.of("no answer: " + e);
    }
  }

  /** A payment whose answers are heard on one plain web socket. */
  String push() throws IOException, InterruptedException {
    PayingPair both = pair();
    Payments.Made made = both.make();
    byte[] payee = made.payee().pickup();
    byte[] payer = made.payer().pickup();
    Map<String, String> pushed = new HashMap<>();
    try (PushedAnswers socket = new PushedAnswers(http, bank.base())) {
      socket.subscribe(List.of(payee, payer));
      both.send(made);
      for (int i = 0; i < 2; i++) {
        JsonNode message = socket.next();
        pushed.put(message.path("pickup").asText(), message.path("answer").asText());
      }
    }
    for (byte[] pickup : List.of(payee, payer)) {
      require(
          answer(pickup, 0)
              .path("answer")
              .asText("none")
              .equals(pushed.get(Base64Url.encode(pickup))),
          "the pushed answer is not the one that can be asked for");
    }
    both.hear(made);
    return "both answers pushed";
  }

  /** A payment whose answers are waited for by requests that came before it. */
  String longPoll() throws IOException {
    PayingPair both = pair();
    Payments.Made made = both.make();
    List<CompletableFuture<JsonNode>> asked = new ArrayList<>();
    for (byte[] pickup : List.of(made.payee().pickup(), made.payer().pickup())) {
      require(state(answer(pickup, 0)).equals("PENDING"), "an answer before there was a payment");
      asked.add(CompletableFuture.supplyAsync(() -> answer(pickup, WAIT_SECONDS)));
    }
    both.send(made);
    for (CompletableFuture<JsonNode> one : asked) {
      String state = state(one.join());
      require(state.equals("FINAL"), "the request that waited was answered " + state);
    }
    both.hear(made);
    return "both answers waited for";
  }

  /** Devices for {@link #payAgain}, made before the server stops. */
  void prepare() throws IOException {
    pair();
  }

  /** A payment by the devices that exist. */
  String payAgain() throws IOException {
    PayingPair both = pair();
    Payments.Made made = both.make();
    both.send(made);
    both.hear(made);
    return "devices of before paid";
  }

  private PayingPair pair() throws IOException {
    PayingPair known = pair;
    if (known == null) {
      known = PayingPair.enrol(folder.resolve("devices"), bank, staff());
      pair = known;
    }
    return known;
  }

  private BackOffice staff() {
    BackOffice known = office;
    if (known == null) {
      throw new LaunchException("nobody took the bank over");
    }
    return known;
  }

  private JsonNode answer(byte[] pickup, int waitSeconds) {
    return staff()
        .bank()
        .mustGet("/answers/" + Base64Url.encode(pickup) + "?wait=" + waitSeconds, null)
        .body();
  }

  private static String state(JsonNode answer) {
    return answer.path("state").asText();
  }

  private static void require(boolean holds, String fault) {
    if (!holds) {
      throw new LaunchException(fault);
    }
  }

  @Override
  public void close() {
    PayingPair known = pair;
    if (known != null) {
      known.close();
    }
  }
}
