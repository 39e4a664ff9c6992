package org.tallystick.device.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tallystick.codec.Base64Url;
import org.tallystick.device.fixture.FakeBank;
import org.tallystick.device.fixture.FakeBankServer;
import org.tallystick.device.transport.StrictJson;
import org.tallystick.enrolment.Activation;

/** Devices of both SDKs, each a process of its own, with one bank: the same commands and events. */
@Tag("all")
@EnabledIf(
    value = "isInstalled",
    disabledReason = "node 20 or device-sdk-js/node_modules is not there: the Java device alone")
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class JavaScriptDeviceTest {
  private static final String PIN = "739204";
  private static final String JAVA = "java";
  private static final String JAVASCRIPT = "javascript";

  @TempDir Path folder;
  private final FakeBank bank = new FakeBank(Clock.systemUTC());
  private final List<Child> children = new ArrayList<>();
  private FakeBankServer server;

  private static Path sdk() {
    Path folder = Path.of("").toAbsolutePath();
    while (folder != null && !Files.isDirectory(folder.resolve("device-sdk-js"))) {
      folder = folder.getParent();
    }
    return folder == null ? Path.of("device-sdk-js") : folder.resolve("device-sdk-js");
  }

  private static Optional<Path> node() {
    return Stream.of(System.getenv("PATH").split(java.io.File.pathSeparator, -1))
        .map(folder -> Path.of(folder, "node"))
        .filter(Files::isExecutable)
        .findFirst();
  }

  static boolean isInstalled() {
    return node().isPresent() && Files.isDirectory(sdk().resolve("node_modules").resolve("qr"));
  }

  @BeforeEach
  void server() throws IOException {
    server = new FakeBankServer(bank);
  }

  @AfterEach
  void close() throws Exception {
    for (Child child : children) {
      child.process.destroyForcibly();
      child.process.waitFor(10, TimeUnit.SECONDS);
    }
    server.close();
  }

  private static List<String> program(String language) {
    if (language.equals(JAVA)) {
      return List.of(
          Path.of(System.getProperty("java.home"), "bin", "java").toString(),
          "-cp",
          System.getProperty("java.class.path"),
          DeviceProcess.class.getName());
    }
    return List.of(
        node().orElseThrow().toString(),
        "--experimental-websocket",
        sdk().resolve("src").resolve("process.js").toString());
  }

  /** One device process. */
  private final class Child {
    private final Process process;
    private final Writer in;
    private final BufferedReader out;
    private final List<String> transcript = new ArrayList<>();

    Child(String language, String name) throws IOException {
      List<String> command = new ArrayList<>(program(language));
      command.addAll(
          List.of(
              "--state",
              folder.resolve(name + ".state").toString(),
              "--platform-key",
              folder.resolve("keys").resolve(name + ".key").toString(),
              "--bank",
              server.url(),
              "--root",
              Base64Url.encode(bank.rootFingerprint())));
      process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      in = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8);
      out = process.inputReader(StandardCharsets.UTF_8);
      children.add(this);
    }

    private JsonNode line() throws IOException {
      String line = out.readLine();
      assertThat(line).as("after " + transcript).isNotNull();
      transcript.add(line);
      return StrictJson.mapper().readTree(line);
    }

    JsonNode next(String event) throws IOException {
      JsonNode node = line();
      while (!event(node).equals(event)) {
        node = line();
      }
      return node;
    }

    void write(String line) throws IOException {
      in.write(line + "\n");
      in.flush();
    }

    /** Sends a command and returns the one event that answers it. */
    JsonNode ask(ObjectNode command) throws IOException {
      String id = "c" + transcript.size();
      write(command.put("id", id).toString());
      JsonNode node = line();
      while (!node.has("re")) {
        node = line();
      }
      assertThat(node.path("id").textValue()).isEqualTo(id);
      return node;
    }
  }

  private static ObjectNode command(String name) {
    return StrictJson.mapper().createObjectNode().put("command", name);
  }

  private static String event(JsonNode node) {
    return node.path("event").textValue();
  }

  private Child enrolled(String language, String name, String role) throws IOException {
    Child child = new Child(language, name);
    assertThat(child.next("started").path("pid").longValue()).isEqualTo(child.process.pid());
    Activation activation = bank.activate(role, name);
    ObjectNode enrol = command("enrol").put("activation", activation.text()).put("serial", "S-1");
    JsonNode reply = child.ask(role.equals("USER") ? enrol.put("pin", PIN) : enrol);
    assertThat(event(reply)).as(reply.toString()).isEqualTo("enrolled");
    return child;
  }

  private static JsonNode bill(Child till) throws IOException {
    ObjectNode bill =
        command("bill").put("tax", 50).put("currency", "USD").put("expiresInSeconds", 120);
    bill.putArray("items").addObject().put("text", "Coffee").put("amount", 350);
    JsonNode made = till.ask(bill);
    assertThat(event(made)).as(made.toString()).isEqualTo("bill");
    assertThat(made.path("total").longValue()).isEqualTo(400);
    return made;
  }

  /** A Java phone scans the picture; the text is what a JavaScript phone's camera gives. */
  private static JsonNode read(Child phone, String language, JsonNode shown) throws IOException {
    String member = language.equals(JAVA) ? "png" : "bill";
    String from = language.equals(JAVA) ? "png" : "text";
    return phone.ask(command("read").put(member, shown.path(from).textValue()));
  }

  @ParameterizedTest
  @CsvSource({"javascript,java,true", "java,javascript,true", "javascript,javascript,false"})
  void payment_betweenDevicesOfBothSdks_isApproved(String till, String phone, boolean socket)
      throws IOException {
    server.hasSocket(socket);
    Child payee = enrolled(till, "till", "PROVIDER");
    Child payer = enrolled(phone, "phone", "USER");
    for (int i = 1; i <= 3; i++) {
      String number = bill(payee).path("number").textValue();
      assertThat(event(payee.ask(command("send").put("number", number)))).isEqualTo("accepted");
      JsonNode shown = payee.ask(command("show").put("number", number).put("as", "qr"));
      JsonNode read = read(payer, phone, shown);
      assertThat(read.path("provider").textValue()).isEqualTo("till");
      ObjectNode approve = command("approve").put("instrument", "Card 1").put("pin", PIN);
      assertThat(event(payer.ask(approve.put("bill", read.path("text").textValue()))))
          .isEqualTo("sealed");
      assertThat(event(payer.ask(command("send").put("number", number)))).isEqualTo("accepted");
      for (Child child : List.of(payer, payee)) {
        JsonNode answer =
            child.ask(command("await").put("number", number).put("timeoutSeconds", 15));
        assertThat(answer.path("ending").textValue())
            .as(answer + " after " + child.transcript)
            .isEqualTo("APPROVED");
        assertThat(answer.path("receipt").textValue()).hasSize(16);
        JsonNode status = child.ask(command("status"));
        assertThat(status.path("open").size()).isZero();
        assertThat(status.path("logIndex").intValue()).isEqualTo(i);
      }
    }
    for (Child child : List.of(payer, payee)) {
      assertThat(event(child.ask(command("quit")))).isEqualTo("stopped");
      assertThat(String.join("\n", child.transcript)).doesNotContain(PIN);
    }
  }

  @Test
  void kill_betweenSealAndSend_isMadeGoodAtTheNextStart() throws Exception {
    Child till = enrolled(JAVASCRIPT, "till", "PROVIDER");
    String number = bill(till).path("number").textValue();
    till.process.destroyForcibly().waitFor();
    assertThat(bank.codes()).isEmpty();

    JsonNode resumed = new Child(JAVASCRIPT, "till").next("resumed");
    assertThat(resumed.path("resent").intValue()).isEqualTo(1);
    assertThat(bank.codes()).hasSize(1).allMatch(code -> code.contains("::" + number + "::"));
  }

  @Test
  void tamper_flipsOnlyTheSentCopy() throws Exception {
    Child till = enrolled(JAVASCRIPT, "till", "PROVIDER");
    String number = bill(till).path("number").textValue();
    ObjectNode tamper = command("tamper").put("what", "flip-code-byte").put("number", number);
    assertThat(event(till.ask(tamper))).isEqualTo("tampering");
    till.ask(command("send").put("number", number));
    JsonNode waited = till.ask(command("await").put("number", number).put("timeoutSeconds", 1));
    assertThat(event(waited)).isEqualTo("pending");
    till.process.destroyForcibly().waitFor();

    new Child(JAVASCRIPT, "till").next("resumed");
    List<String> codes = bank.codes();
    assertThat(codes).hasSize(2);
    assertThat(TamperingConnection.flipped(codes.get(1))).isEqualTo(codes.get(0));
  }

  @Test
  void secondProcess_onOneState_isToldWhoHoldsIt() throws Exception {
    Child till = enrolled(JAVASCRIPT, "till", "PROVIDER");
    Child second = new Child(JAVASCRIPT, "till");
    JsonNode failed = second.next("failed");
    assertThat(failed.path("type").textValue()).endsWith(":state-locked");
    assertThat(failed.path("title").textValue()).contains("" + till.process.pid());
    assertThat(second.process.waitFor()).isEqualTo(2);
    assertThat(event(till.ask(command("status")))).isEqualTo("status");
  }

  @Test
  void commands_inAnyOtherForm_areRefusedAndTheProcessLives() throws IOException {
    Child phone = enrolled(JAVASCRIPT, "phone", "USER");
    for (String line :
        List.of(
            "nonsense",
            "[]",
            "{\"command\":1}",
            "{\"command\":\"status\",\"command\":\"quit\"}",
            "{\"command\":\"status\",\"pin\":\"1\"}",
            "{\"command\":\"fly\"}",
            "{\"command\":\"await\",\"number\":\"x\",\"timeoutSeconds\":1.5}",
            "{\"command\":\"approve\",\"bill\":\"x\",\"pin\":7}",
            "{\"command\":\"status\"" + " ".repeat(70_000) + "}")) {
      phone.write(line);
      assertThat(phone.next("refused").path("type").textValue()).endsWith(":bad-command");
    }
    assertThat(event(phone.ask(command("status")))).isEqualTo("status");
  }

  @Test
  void wrongPin_isRefusedByTheBankAlone() throws IOException {
    Child till = enrolled(JAVA, "till", "PROVIDER");
    Child phone = enrolled(JAVASCRIPT, "phone", "USER");
    String number = bill(till).path("number").textValue();
    till.ask(command("send").put("number", number));
    JsonNode shown = till.ask(command("show").put("number", number).put("as", "json"));
    ObjectNode approve = command("approve").put("bill", shown.path("text").textValue());
    assertThat(event(phone.ask(approve.put("pin", "000000")))).isEqualTo("sealed");
    phone.ask(command("send").put("number", number));
    JsonNode answer = phone.ask(command("await").put("number", number).put("timeoutSeconds", 15));
    assertThat(answer.path("ending").textValue()).isEqualTo("DECLINED");
    assertThat(answer.path("reason").textValue()).isEqualTo("OWN_HALF_REFUSED");
  }
}
