package org.tallystick.device.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tallystick.codec.Base64Url;
import org.tallystick.device.fixture.FakeBank;
import org.tallystick.device.fixture.FakeBankServer;
import org.tallystick.device.transport.StrictJson;
import org.tallystick.enrolment.Activation;

/** Real processes, each a JVM of its own, against the fake bank over HTTP. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DeviceProcessTest {
  private static final String PIN = "739204";

  @TempDir Path folder;
  private final FakeBank bank = new FakeBank(Clock.systemUTC());
  private final List<Child> children = new ArrayList<>();
  private FakeBankServer server;

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

  /** One device process. */
  private final class Child {
    private final Process process;
    private final Writer in;
    private final BufferedReader out;
    private final List<String> transcript = new ArrayList<>();

    Child(String name) throws IOException {
      process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-cp",
                  System.getProperty("java.class.path"),
                  DeviceProcess.class.getName(),
                  "--state",
                  folder.resolve(name + ".state").toString(),
                  "--platform-key",
                  folder.resolve("keys").resolve(name + ".key").toString(),
                  "--bank",
                  server.url(),
                  "--root",
                  Base64Url.encode(bank.rootFingerprint()))
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      in = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8);
      out = process.inputReader(StandardCharsets.UTF_8);
      children.add(this);
    }

    JsonNode next(String event) throws IOException {
      while (true) {
        String line = out.readLine();
        assertThat(line).as("waiting for " + event + " after " + transcript).isNotNull();
        transcript.add(line);
        JsonNode node = StrictJson.mapper().readTree(line);
        if (node.path("event").textValue().equals(event)) {
          return node;
        }
      }
    }

    /** Sends a command and returns the one event that answers it. */
    JsonNode ask(ObjectNode command) throws IOException {
      String id = "c" + transcript.size();
      in.write(command.put("id", id) + "\n");
      in.flush();
      while (true) {
        String line = out.readLine();
        assertThat(line).as("no reply after " + transcript).isNotNull();
        transcript.add(line);
        JsonNode node = StrictJson.mapper().readTree(line);
        if (node.has("re")) {
          assertThat(node.path("id").textValue()).isEqualTo(id);
          return node;
        }
      }
    }
  }

  private static ObjectNode command(String name) {
    return StrictJson.mapper().createObjectNode().put("command", name);
  }

  private Child enrolled(String name, String role) throws IOException {
    Child child = new Child(name);
    assertThat(child.next("started").path("pid").longValue()).isEqualTo(child.process.pid());
    Activation activation = bank.activate(role, name);
    ObjectNode enrol = command("enrol").put("activation", activation.text()).put("serial", "S-1");
    JsonNode reply = child.ask(role.equals("USER") ? enrol.put("pin", PIN) : enrol);
    assertThat(reply.path("event").textValue()).isEqualTo("enrolled");
    return child;
  }

  private static JsonNode bill(Child till) throws IOException {
    ObjectNode bill =
        command("bill").put("tax", 50).put("currency", "USD").put("expiresInSeconds", 120);
    bill.putArray("items").addObject().put("text", "Coffee").put("amount", 350);
    return till.ask(bill);
  }

  private static String event(JsonNode node) {
    return node.path("event").textValue();
  }

  @Test
  void payment_betweenTwoProcesses_byScannedPicture_isApproved() throws IOException {
    Child till = enrolled("till", "PROVIDER");
    Child phone = enrolled("phone", "USER");
    JsonNode bill = bill(till);
    assertThat(event(bill)).isEqualTo("bill");
    assertThat(bill.path("total").longValue()).isEqualTo(400);
    String number = bill.path("number").textValue();
    assertThat(event(till.ask(command("send").put("number", number)))).isEqualTo("accepted");

    String typable = bill.path("typable").textValue();
    JsonNode shown = till.ask(command("show").put("number", typable).put("as", "qr"));
    JsonNode read = phone.ask(command("read").put("png", shown.path("png").textValue()));
    assertThat(read.path("provider").textValue()).isEqualTo("till");
    assertThat(phone.ask(command("read").put("bill", "TALLY1:AA")).path("type").textValue())
        .endsWith(":B1");
    for (String form : new String[] {"json", "terminal"}) {
      assertThat(event(till.ask(command("show").put("number", number).put("as", form))))
          .isEqualTo("shown");
    }

    ObjectNode approve =
        command("approve")
            .put("bill", read.path("text").textValue())
            .put("instrument", "Card 1")
            .put("pin", PIN);
    assertThat(event(phone.ask(approve))).isEqualTo("sealed");
    assertThat(event(phone.ask(command("send").put("number", number)))).isEqualTo("accepted");
    for (Child child : new Child[] {phone, till}) {
      JsonNode answer = child.ask(command("await").put("number", number).put("timeoutSeconds", 15));
      assertThat(answer.path("ending").textValue()).isEqualTo("APPROVED");
      assertThat(answer.path("receipt").textValue()).hasSize(16);
      JsonNode status = child.ask(command("status"));
      assertThat(status.path("open").size()).isZero();
      assertThat(status.path("ended").size()).isEqualTo(1);
      assertThat(event(child.ask(command("quit")))).isEqualTo("stopped");
      assertThat(String.join("\n", child.transcript)).doesNotContain(PIN);
    }
  }

  @Test
  void kill_betweenSealAndSend_isMadeGoodAtTheNextStart() throws Exception {
    Child till = enrolled("till", "PROVIDER");
    String number = bill(till).path("number").textValue();
    till.process.destroyForcibly().waitFor();
    assertThat(bank.codes()).isEmpty();

    Child again = new Child("till");
    JsonNode resumed = again.next("resumed");
    assertThat(resumed.path("resent").intValue()).isEqualTo(1);
    assertThat(bank.codes()).hasSize(1).allMatch(code -> code.contains("::" + number + "::"));
  }

  @Test
  void tamper_flipsOnlyTheSentCopy() throws Exception {
    Child till = enrolled("till", "PROVIDER");
    String number = bill(till).path("number").textValue();
    ObjectNode tamper = command("tamper").put("what", "flip-code-byte").put("number", number);
    assertThat(event(till.ask(tamper))).isEqualTo("tampering");
    till.ask(command("send").put("number", number));
    JsonNode waited = till.ask(command("await").put("number", number).put("timeoutSeconds", 1));
    assertThat(event(waited)).isEqualTo("pending");
    till.process.destroyForcibly().waitFor();

    new Child("till").next("resumed");
    List<String> codes = bank.codes();
    assertThat(codes).hasSize(2);
    assertThat(TamperingConnection.flipped(codes.get(1))).isEqualTo(codes.get(0));
  }

  @Test
  void secondProcess_onOneState_isToldWhoHoldsIt() throws Exception {
    Child till = enrolled("till", "PROVIDER");
    Child second = new Child("till");
    JsonNode failed = second.next("failed");
    assertThat(failed.path("type").textValue()).endsWith(":state-locked");
    assertThat(failed.path("title").textValue()).contains("" + till.process.pid());
    assertThat(second.process.waitFor()).isEqualTo(2);
  }

  @Test
  void commands_inAnyOtherForm_areRefusedAndTheProcessLives() throws IOException {
    Child phone = enrolled("phone", "USER");
    for (String line :
        new String[] {
          "nonsense",
          "[]",
          "{\"command\":1}",
          "{\"command\":\"status\",\"command\":\"quit\"}",
          "{\"command\":\"status\",\"pin\":\"1\"}",
          "{\"command\":\"status\",\"more\":1}",
          "{\"command\":\"fly\"}",
          "{\"command\":\"await\",\"number\":\"x\",\"timeoutSeconds\":1.5}",
          "{\"command\":\"approve\",\"bill\":\"x\",\"pin\":7}",
          "{\"command\":\"bill\",\"items\":[{\"text\":\"a\",\"amount\":1e3}],\"tax\":0,\"currency\":\"USD\"}",
          "{\"command\":\"status\"".concat(" ".repeat(70_000)).concat("}")
        }) {
      phone.in.write(line + "\n");
      phone.in.flush();
      assertThat(phone.next("refused").path("type").textValue()).endsWith(":bad-command");
    }
    assertThat(event(phone.ask(command("status")))).isEqualTo("status");
  }
}
