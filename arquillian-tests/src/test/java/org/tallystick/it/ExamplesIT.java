package org.tallystick.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tallystick.it.ApiDocument.Operation;
import org.tallystick.it.ApiDocument.Shown;
import org.tallystick.it.Scene.Sample;

/**
 * Every example of the API's document is sent to the running server and gets its documented answer:
 * status, media type, headers, a body of the documented schema with the documented members and
 * words.
 */
final class ExamplesIT extends BankIT {
  private static final String REPLAYED = "Idempotency-Replayed";
  private static final int TRIES = 4;
  private static final Map<String, Scene> SCENES = scenes();

  /** What needs a fault, and where else it is shown. */
  private static final Map<String, String> FAULTS =
      Map.of("health 503", "a broker that is gone, as in the drill of nodes");

  private static Map<String, Scene> scenes() {
    Map<String, Scene> all = new HashMap<>();
    for (Map<String, Scene> some :
        List.of(
            DeviceScenes.all(),
            PartyScenes.all(),
            ScreeningScenes.all(),
            WalletScenes.all(),
            StaffScenes.all(),
            InstitutionScenes.all(),
            PrivacyScenes.all(),
            WebhookScenes.all())) {
      some.forEach(
          (name, scene) -> {
            if (all.put(name, scene) != null) {
              throw new IllegalStateException("two scenes for " + name);
            }
          });
    }
    return all;
  }

  private static ApiDocument document() {
    return ApiDocument.served();
  }

  /** Each request that is shown, each answer that is shown, at least once. */
  private static Stream<Sample> samples() {
    return document().operations().stream().flatMap(operation -> samples(operation).stream());
  }

  private static List<Sample> samples(Operation operation) {
    List<Shown> requests = document().requests(operation);
    List<Sample> found = new ArrayList<>();
    for (String status : document().statuses(operation)) {
      List<Shown> answers = document().answers(operation, status);
      boolean problem = answers.stream().anyMatch(one -> one.media().equals(ApiDocument.PROBLEM));
      if (problem || status.equals("304") || FAULTS.containsKey(operation.id() + " " + status)) {
        continue;
      }
      int count = Math.max(1, Math.max(requests.size(), answers.size()));
      for (int i = 0; i < count; i++) {
        found.add(
            new Sample(
                operation,
                requests.isEmpty() ? null : requests.get(i % requests.size()),
                status,
                answers.isEmpty() ? null : answers.get(i % answers.size())));
      }
    }
    return found;
  }

  @ParameterizedTest
  @MethodSource("samples")
  void example_sent_getsItsDocumentedAnswer(Sample sample) throws Exception {
    Scene scene = SCENES.get(sample.operation().id());
    assertThat(scene).as("a scene for %s", sample.operation()).isNotNull();
    Call call = scene.set(sample);
    boolean keyed = document().headers(sample.operation(), sample.status()).contains(REPLAYED);
    if (keyed && !call.headers().containsKey("Idempotency-Key")) {
      call.header("Idempotency-Key", UUID.randomUUID().toString());
    }
    HttpResponse<byte[]> answer = sent(sample, call);
    assertThat(faults(sample, call, answer)).as(new String(answer.body(), UTF_8)).isEmpty();
    if (keyed) {
      HttpResponse<byte[]> again = sent(sample, call);
      assertThat(again.headers().firstValue(REPLAYED)).hasValue("true");
      assertThat(again.statusCode()).isEqualTo(answer.statusCode());
      assertThat(again.body()).isEqualTo(answer.body());
    }
    if (document().statuses(sample.operation()).contains("304")) {
      assertUnchanged(sample, call, answer);
    }
  }

  private static HttpResponse<byte[]> sent(Sample sample, Call call)
      throws IOException, InterruptedException {
    Shown sent = sample.request();
    HttpRequest.Builder request =
        call.request(
            sample.operation().method(),
            call.address(baseUri(), sample.operation().path()),
            sent == null ? null : sent.media(),
            sent == null ? null : sent.value());
    return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  /** The tag that came is good for 304; others may change the thing meanwhile, so a few tries. */
  private static void assertUnchanged(Sample sample, Call call, HttpResponse<byte[]> first)
      throws IOException, InterruptedException {
    HttpResponse<byte[]> latest = first;
    for (int i = 0; i < TRIES && latest.statusCode() == 200; i++) {
      call.header("If-None-Match", latest.headers().firstValue("ETag").orElseThrow());
      latest = sent(sample, call);
    }
    assertThat(latest.statusCode()).isEqualTo(304);
    assertThat(latest.body()).isEmpty();
    assertThat(headerFaults(sample.operation(), "304", latest)).isEmpty();
  }

  private static List<String> faults(Sample sample, Call call, HttpResponse<byte[]> answer)
      throws IOException {
    List<String> faults = new ArrayList<>();
    if (!Integer.toString(answer.statusCode()).equals(sample.status())) {
      faults.add(
          "status "
              + answer.statusCode()
              + " instead of "
              + sample.status()
              + ": "
              + new String(answer.body(), UTF_8));
      return faults;
    }
    faults.addAll(headerFaults(sample.operation(), sample.status(), answer));
    Shown shown = sample.answer();
    String media = answer.headers().firstValue("Content-Type").orElse("").split(";", 2)[0];
    if (shown == null) {
      if (answer.body().length > 0) {
        faults.add("a body of " + media + " where none is documented");
      }
      return faults;
    }
    if (!media.equals(shown.media())) {
      faults.add("media type " + media + " instead of " + shown.media());
      return faults;
    }
    JsonNode example = shown.value();
    if (example != null) {
      JsonNode body = ExampleState.JSON.readTree(answer.body());
      faults.addAll(document().faults(sample.operation(), sample.status(), media, body));
      faults.addAll(Likeness.faults(example, body, call.replaced(), call.freed()));
    } else if (answer.body().length == 0) {
      faults.add("no body");
    }
    return faults;
  }

  private static List<String> headerFaults(
      Operation operation, String status, HttpResponse<?> answer) {
    Set<String> missing = new TreeSet<>(document().headers(operation, status));
    // only where the answer is given again
    missing.remove(REPLAYED);
    missing.removeIf(name -> answer.headers().firstValue(name).isPresent());
    return missing.isEmpty() ? List.of() : List.of("headers that are missing: " + missing);
  }

  @Test
  void scenes_areForOperationsThatAreThere_andForAll() {
    Set<String> documented = new TreeSet<>();
    document().operations().forEach(operation -> documented.add(operation.id()));
    assertThat(SCENES.keySet()).containsExactlyInAnyOrderElementsOf(documented);
  }
}
