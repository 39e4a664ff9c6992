package org.tallystick.device.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tallystick.codec.Base64Url;
import org.tallystick.codec.MalformedInputException;
import org.tallystick.device.TallystickDevice;
import org.tallystick.device.fixture.Bench;
import org.tallystick.device.fixture.FakeBankServer;
import org.tallystick.device.transport.StrictJson;

/** Commands for what goes beyond a bill's amount: names and members are those of device-sdk-js. */
class LaterCommandsTest {
  @TempDir Path folder;
  private Bench bench;
  private final Map<String, Hand> hands = new HashMap<>();

  /** One device and its commands. */
  private static final class Hand {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final DeviceCommands commands;

    Hand(TallystickDevice device, Bench bench) {
      this.commands =
          new DeviceCommands(
              device,
              new TamperingConnection(bench.bank),
              new EventWriter(new PrintStream(out, true, StandardCharsets.UTF_8)));
    }
  }

  @BeforeEach
  void devices() {
    bench = new Bench(folder);
    hands.put("till", new Hand(bench.payee("till"), bench));
    hands.put("phone", new Hand(bench.payer("phone"), bench));
  }

  @AfterEach
  void close() {
    bench.close();
  }

  private JsonNode ask(String who, String json) throws IOException {
    Hand hand = hands.get(who);
    hand.out.reset();
    try (Command command = Command.of(json.getBytes(StandardCharsets.UTF_8))) {
      hand.commands.run(command);
    }
    String[] lines = hand.out.toString(StandardCharsets.UTF_8).strip().split("\n", -1);
    return StrictJson.mapper().readTree(lines[lines.length - 1]);
  }

  private static List<String> members(JsonNode event) {
    List<String> names = new ArrayList<>();
    event.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static String event(JsonNode node) {
    return node.path("event").textValue();
  }

  private JsonNode bill(String more) throws IOException {
    JsonNode bill =
        ask(
            "till",
            "{\"command\":\"bill\",\"items\":[{\"text\":\"Coffee\",\"amount\":350}],\"tax\":50,"
                + "\"currency\":\"USD\""
                + more
                + "}");
    assertThat(event(bill)).isEqualTo("bill");
    ask("till", "{\"command\":\"send\",\"number\":\"" + bill.path("number").textValue() + "\"}");
    return bill;
  }

  private JsonNode read(JsonNode bill) throws IOException {
    JsonNode shown =
        ask(
            "till",
            "{\"command\":\"show\",\"as\":\"qr\",\"number\":\""
                + bill.path("number").textValue()
                + "\"}");
    return ask(
        "phone", "{\"command\":\"read\",\"bill\":\"" + shown.path("text").textValue() + "\"}");
  }

  private JsonNode pay(JsonNode read, String more) throws IOException {
    return sent(
        ask(
            "phone",
            "{\"command\":\"approve\",\"pin\":\""
                + Bench.PIN
                + "\",\"bill\":\""
                + read.path("text").textValue()
                + "\""
                + more
                + "}"));
  }

  private JsonNode sent(JsonNode sealed) throws IOException {
    assertThat(event(sealed)).as(sealed.toString()).isEqualTo("sealed");
    String number = sealed.path("number").textValue();
    assertThat(event(ask("phone", "{\"command\":\"send\",\"number\":\"" + number + "\"}")))
        .isEqualTo("accepted");
    return answer("phone", number, "");
  }

  private JsonNode answer(String who, String number, String more) throws IOException {
    return ask(
        who,
        "{\"command\":\"await\",\"timeoutSeconds\":0,\"number\":\"" + number + "\"" + more + "}");
  }

  @Test
  void purchase_withEverything_saysItInTheSameMembers() throws IOException {
    assertThat(event(ask("phone", level("\"newPin\":\"2580\"")))).isEqualTo("levelPin");
    String content = "ab".repeat(32);
    JsonNode bill = bill(",\"tip\":100,\"ask\":3,\"content\":\"" + content + "\"");
    JsonNode read = read(bill);
    assertThat(read.path("tip").longValue()).isEqualTo(100);
    assertThat(read.path("ask").longValue()).isEqualTo(3);
    assertThat(Base64Url.decode(read.path("content").textValue())).hasSize(32);
    JsonNode paid =
        pay(read, ",\"tip\":60,\"consent\":1,\"loyalty\":\"L-7\",\"levels\":{\"3\":\"2580\"}");
    assertThat(paid.path("ending").textValue()).isEqualTo("APPROVED");
    assertThat(members(paid)).contains("tip", "consent", "content", "loyalty", "levels");
    assertThat(paid.path("levels").longValue()).isEqualTo(4);
    JsonNode got = answer("till", bill.path("number").textValue(), "");
    assertThat(got.path("tip").longValue()).isEqualTo(60);
    assertThat(members(got)).doesNotContain("levels").contains("loyalty", "consent");
  }

  private static String level(String more) {
    return "{\"command\":\"level-pin\",\"level\":3,\"pin\":\"" + Bench.PIN + "\"," + more + "}";
  }

  @Test
  void levelPin_setAndRemoved_isToldByNameAlone() throws IOException {
    JsonNode set = ask("phone", level("\"newPin\":\"2580\""));
    assertThat(members(set)).containsExactly("event", "re", "level", "removed");
    assertThat(set.path("removed").booleanValue()).isFalse();
    JsonNode removed = ask("phone", level("\"remove\":true"));
    assertThat(removed.path("removed").booleanValue()).isTrue();
  }

  @Test
  void terms_shownAndTyped_arePaid() throws IOException {
    JsonNode terms =
        ask("till", "{\"command\":\"terms-bill\",\"amount\":900,\"currency\":\"USD\"}");
    assertThat(members(terms))
        .containsExactly("event", "re", "number", "n", "notAfter", "typable", "total", "currency");
    assertThat(event(terms)).isEqualTo("terms");
    ask("till", "{\"command\":\"send\",\"number\":\"" + terms.path("number").textValue() + "\"}");
    for (String form : new String[] {"typable", "number"}) {
      JsonNode sealed =
          ask(
              "phone",
              "{\"command\":\"pay-terms\",\"amount\":900,\"currency\":\"USD\",\"compact\":true,"
                  + "\"pin\":\""
                  + Bench.PIN
                  + "\",\"number\":\""
                  + terms.path(form).textValue()
                  + "\"}");
      if (form.equals("number")) {
        assertThat(event(sealed)).as("once only").isEqualTo("refused");
      } else {
        assertThat(sealed.path("terms").booleanValue()).isTrue();
        assertThat(sent(sealed).path("terms").booleanValue()).isTrue();
      }
    }
  }

  @Test
  void offer_acceptedAndLookedAt_isRead() throws IOException {
    JsonNode offer =
        ask(
            "phone",
            "{\"command\":\"offer\",\"amount\":700,\"currency\":\"USD\",\"text\":\"Tea\"}");
    assertThat(members(offer)).containsExactly("event", "re", "offer", "text", "expires");
    JsonNode bill =
        ask(
            "till",
            "{\"command\":\"accept-offer\",\"offer\":\"" + offer.path("text").textValue() + "\"}");
    assertThat(event(bill)).as(bill.toString()).isEqualTo("bill");
    assertThat(bill.path("total").longValue()).isEqualTo(700);
    JsonNode read =
        ask(
            "phone",
            "{\"command\":\"look-offer\",\"offer\":\"" + offer.path("offer").textValue() + "\"}");
    assertThat(read.path("provider").textValue()).isEqualTo("till");
    assertThat(read.path("items").get(0).path("text").textValue()).isEqualTo("Tea");
  }

  @Test
  void hold_completed_isTold() throws IOException {
    long until = bench.clock.millis() + 86_400_000;
    JsonNode bill = bill(",\"hold\":{\"limit\":1000,\"until\":" + until + "}");
    String number = bill.path("number").textValue();
    JsonNode paid = pay(read(bill), "");
    assertThat(paid.path("hold").path("limit").longValue()).isEqualTo(1000);
    answer("till", number, "");
    JsonNode open = ask("till", "{\"command\":\"authorities\"}").path("authorities").get(0);
    assertThat(members(open)).containsExactly("number", "role", "currency", "hold");
    JsonNode step =
        ask("till", "{\"command\":\"complete\",\"amount\":650,\"number\":\"" + number + "\"}");
    assertThat(event(step)).isEqualTo("accepted");
    JsonNode done = answer("till", number, ",\"purpose\":\"complete\"");
    assertThat(done.path("ending").textValue()).isEqualTo("APPROVED");
    JsonNode notice =
        ask("phone", "{\"command\":\"notices\",\"timeoutSeconds\":0}").path("notices").get(0);
    assertThat(notice.path("kind").textValue()).isEqualTo("authority");
    assertThat(notice.path("purpose").textValue()).isEqualTo("complete");
    assertThat(notice.path("amount").longValue()).isEqualTo(650);
    assertThat(members(notice)).contains("currency", "usedAt", "code", "number");
  }

  @Test
  void charges_ended_areTold() throws IOException {
    long until = bench.clock.millis() + 86_400_000;
    JsonNode bill =
        bill(
            ",\"recurring\":{\"each\":300,\"count\":2,\"interval\":3600000,\"until\":"
                + until
                + "}");
    pay(read(bill), "");
    String number = bill.path("number").textValue();
    JsonNode open = ask("phone", "{\"command\":\"authorities\"}").path("authorities").get(0);
    assertThat(members(open.path("recurring")))
        .containsExactly("each", "count", "interval", "until");
    JsonNode ended = ask("phone", "{\"command\":\"end-authority\",\"number\":\"" + number + "\"}");
    assertThat(members(ended)).containsExactly("event", "re", "number");
    assertThat(event(ended)).isEqualTo("authorityEnded");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"command\":\"level-pin\",\"level\":3,\"pin\":\"1\"}",
        "{\"command\":\"level-pin\",\"level\":3,\"pin\":\"1\",\"newPin\":\"2\",\"remove\":true}",
        "{\"command\":\"approve\",\"bill\":\"x\",\"pin\":\"1\",\"levels\":\"2580\"}",
        "{\"command\":\"pay-terms\",\"number\":\"x\",\"amount\":1,\"currency\":\"USD\",\"pin\":\"1\"}",
        "{\"command\":\"authorities\",\"levels\":{\"1\":\"2\"}}",
        "{\"command\":\"look-offer\",\"offer\":\"AAAAAAAAAAAAAA\"}",
        "{\"command\":\"await\",\"number\":\"x\",\"timeoutSeconds\":0,\"purpose\":\"gift\"}"
      })
  void command_ofAnotherForm_isMalformed(String line) {
    assertThatThrownBy(() -> ask("phone", line)).isInstanceOf(MalformedInputException.class);
  }

  @Test
  void pins_areWipedWithTheirCommand() {
    Command command =
        Command.of(
            "{\"command\":\"x\",\"pin\":\"12\",\"newPin\":\"34\",\"levels\":{\"1\":\"56\"}}"
                .getBytes(StandardCharsets.UTF_8));
    char[][] typed = {command.pin(), command.newPin(), command.levels().get(1)};
    command.close();
    for (char[] pin : typed) {
      assertThat(pin).containsOnly('\0');
    }
  }

  @Test
  void resumed_tellsAllThatARestartDid() throws IOException {
    try (FakeBankServer server = new FakeBankServer(bench.bank)) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      int end =
          DeviceProcess.run(
              new String[] {
                "--state", folder.resolve("new.state").toString(),
                "--platform-key", folder.resolve("keys").resolve("new.key").toString(),
                "--bank", server.url(),
                "--root", Base64Url.encode(bench.bank.rootFingerprint())
              },
              new ByteArrayInputStream("{\"command\":\"quit\"}\n".getBytes(StandardCharsets.UTF_8)),
              new PrintStream(out, true, StandardCharsets.UTF_8));
      assertThat(end).isZero();
      String line = out.toString(StandardCharsets.UTF_8).split("\n", -1)[1];
      ObjectNode resumed = (ObjectNode) StrictJson.mapper().readTree(line);
      assertThat(members(resumed))
          .containsExactly(
              "event", "resent", "answered", "open", "notAccepted", "notices", "rekeyed");
    }
  }
}
