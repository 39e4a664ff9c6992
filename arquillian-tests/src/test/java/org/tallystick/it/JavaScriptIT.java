package org.tallystick.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tallystick.answer.ReasonClass;
import org.tallystick.codec.Base64Url;
import org.tallystick.device.bill.BillForms;
import org.tallystick.device.state.Ending;
import org.tallystick.device.state.OutboxEntry;
import org.tallystick.launcher.bank.AccountHolder;
import org.tallystick.launcher.demo.DeviceAgent;
import org.tallystick.launcher.drill.Payments;

/**
 * Devices of both SDKs with the bank, in both directions of roles: Java pays JavaScript, JavaScript
 * pays Java, each in a fresh epoch every time. Needs Node and the JavaScript SDK's packages, as
 * {@code ./tallystick test --all} installs them.
 *
 * <p>TSE-27; property 10 of docs/PROTOCOL.md.
 */
@Tag("all")
final class JavaScriptIT extends BankIT {
  private static final int PAYMENTS = 3;

  /** A device of the JavaScript SDK, enrolled. */
  static DeviceAgent device(AccountHolder holder, String pin) throws IOException {
    Path own = Files.createDirectories(folder().resolve("javascript-" + UUID.randomUUID()));
    Path sdk = Path.of(System.getProperty("tallystick.it.root"), "device-sdk-js");
    String bank = baseUri().toString();
    DeviceAgent agent =
        DeviceAgent.start(
            "javascript",
            own,
            URI.create(bank.substring(0, bank.length() - 1)),
            Base64Url.encode(devices().settings("root").rootFingerprint()),
            List.of("node", "--experimental-websocket", sdk.resolve("src/process.js").toString()));
    String activation = holder.customer().activation();
    agent.must(
        "enrol",
        pin.isEmpty()
            ? Map.of("activation", activation, "serial", "JS-1")
            : Map.of("activation", activation, "serial", "JS-1", "pin", pin));
    return agent;
  }

  private static void assertApproved(DeviceAgent agent, String number) {
    JsonNode answer = agent.must("await", Map.of("number", number, "timeoutSeconds", 30));
    assertThat(answer.path("ending").asText()).as(answer.toString()).isEqualTo("APPROVED");
    assertThat(answer.path("receipt").asText()).hasSize(16);
  }

  /** Device and bank say the same of epoch, number and log. */
  private static void assertAtOne(DeviceAgent agent) {
    JsonNode status = agent.must("status", Map.of("ask", true));
    JsonNode bank = status.path("bank");
    assertThat(bank.path("state").asText()).as(status.toString()).isEqualTo("active");
    assertThat(bank.path("epoch").asLong()).isEqualTo(PAYMENTS);
    assertThat(bank.path("next").asLong()).isEqualTo(status.path("n").asLong());
    assertThat(bank.path("logIndex").asLong()).isEqualTo(PAYMENTS);
    assertThat(status.path("logIndex").asLong()).isEqualTo(PAYMENTS);
  }

  @Test
  void payment_javaPaysJavaScript_bothHoldReceipts() throws IOException {
    User user = user();
    AccountHolder holder = devices().shop("JavaScript till " + UUID.randomUUID());
    try (DeviceAgent till = device(holder, "")) {
      for (int i = 0; i < PAYMENTS; i++) {
        JsonNode bill =
            till.must(
                "bill",
                Map.of(
                    "items",
                    List.of(Map.of("text", "Coffee", "amount", 350)),
                    "tax",
                    50,
                    "currency",
                    "USD",
                    "expiresInSeconds",
                    120));
        String number = bill.path("number").asText();
        till.must("send", Map.of("number", number));
        JsonNode shown = till.must("show", Map.of("number", number, "as", "json"));
        OutboxEntry half =
            user.phone()
                .readBill(shown.path("text").asText())
                .then(read -> user.phone().approve(read, "Account 1", Payments.PIN.toCharArray()))
                .orElseThrow();
        send(user.phone(), half);
        assertHears(user.phone(), half, Ending.APPROVED, ReasonClass.NONE);
        assertApproved(till, number);
        assertThat(till.must("rekey", Map.of()).path("epoch").asInt()).isEqualTo(i + 1);
        user.phone().rekey().orElseThrow();
      }
      assertAtOne(till);
      assertThat(user.phone().askStatus().orElseThrow().epoch()).isEqualTo(PAYMENTS);
      assertThat(office().postedMinor(holder.account())).isEqualTo(400L * PAYMENTS);
      assertThat(user.balance()).isEqualTo(OPENING_MINOR - 400L * PAYMENTS);
    }
  }

  @Test
  void payment_javaScriptPaysJava_bothHoldReceipts() throws IOException {
    Shop shop = shop();
    AccountHolder holder =
        devices().fundedUser("JavaScript phone " + UUID.randomUUID(), OPENING_MINOR);
    try (DeviceAgent phone = device(holder, Payments.PIN)) {
      for (int i = 0; i < PAYMENTS; i++) {
        OutboxEntry bill = Payments.bill(shop.till(), 400, Duration.ofMinutes(2));
        send(shop.till(), bill);
        String text = BillForms.json(shop.till().bill(bill.number()).orElseThrow());
        phone.must("approve", Map.of("bill", text, "instrument", "Account 1", "pin", Payments.PIN));
        phone.must("send", Map.of("number", bill.number()));
        assertApproved(phone, bill.number());
        assertHears(shop.till(), bill, Ending.APPROVED, ReasonClass.NONE);
        assertThat(phone.must("rekey", Map.of()).path("epoch").asInt()).isEqualTo(i + 1);
        shop.till().rekey().orElseThrow();
      }
      assertAtOne(phone);
      assertThat(shop.balance()).isEqualTo(400L * PAYMENTS);
      assertThat(office().postedMinor(holder.account())).isEqualTo(OPENING_MINOR - 400L * PAYMENTS);
    }
  }
}
