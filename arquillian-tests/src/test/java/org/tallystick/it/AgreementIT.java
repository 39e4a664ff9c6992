package org.tallystick.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tallystick.answer.ReasonClass;
import org.tallystick.device.PendingAgreement;
import org.tallystick.device.TallystickDevice;
import org.tallystick.device.bill.BillForms;
import org.tallystick.device.state.Ending;
import org.tallystick.device.state.FinishedEntry;
import org.tallystick.device.state.OutboxEntry;
import org.tallystick.launcher.bank.AccountHolder;
import org.tallystick.launcher.demo.DeviceAgent;
import org.tallystick.launcher.drill.Payments;
import org.tallystick.notice.AgreementSigned;
import org.tallystick.notice.AgreementToSign;

/**
 * A new version of the agreement, from its proposal to the first payment under it, for devices of
 * both SDKs and both sides.
 *
 * <p>TSE-02; docs/PROTOCOL.md section 10.4.
 */
final class AgreementIT extends BankIT {
  private static final Duration SOON = Duration.ofSeconds(15);

  /** Two people publish the next version; gives what is published. */
  private static JsonNode published() throws InterruptedException {
    await("no version waits", () -> !effectiveAt().isAfter(Instant.now()));
    String text = "AGREEMENT\n\n1. Everything as before, " + UUID.randomUUID() + ".\n";
    Instant from = Instant.now().plus(SOON).truncatedTo(ChronoUnit.SECONDS);
    Map<String, ?> wanted = Map.of("text", text, "effectiveAt", from.toString());
    JsonNode proposal =
        client().mustPost("/agreements/proposal", office().approver(), wanted).body();
    Map<String, ?> seen = Map.of("version", proposal.path("version").asInt());
    String confirmation = "/agreements/proposal/confirmation";
    assertThat(client().post(confirmation, office().approver(), seen).status()).isEqualTo(409);
    assertThat(client().post(confirmation, office().clerk(), seen).status()).isEqualTo(403);
    assertThat(client().post("/agreements/proposal", office().approver(), wanted).status())
        .isIn(409, 422);
    JsonNode agreement = client().mustPost(confirmation, office().otherApprover(), seen).body();
    assertThat(agreement.path("text").asText()).isEqualTo(text);
    return agreement;
  }

  private static Instant effectiveAt() {
    JsonNode newest = client().mustGet("/agreements?limit=1", null).body();
    return Instant.parse(newest.path("agreements").path(0).path("effectiveAt").asText());
  }

  private static boolean hears(TallystickDevice device, Class<?> subject) {
    device.takeNotices(Duration.ofSeconds(1)).orElseThrow();
    return device.notices().stream().anyMatch(notice -> subject.isInstance(notice.subject()));
  }

  private static void agree(TallystickDevice device, JsonNode agreement)
      throws InterruptedException {
    PendingAgreement shown = device.agreements().waiting().orElseThrow().orElseThrow();
    assertThat(shown.text()).isEqualTo(agreement.path("text").asText());
    assertThat(device.agreements().agree(shown).orElseThrow().contractVersion())
        .isEqualTo(agreement.path("version").asLong());
    assertThat(device.agreements().waiting().orElseThrow()).isEmpty();
    await("the line of the signature", () -> hears(device, AgreementSigned.class));
  }

  @Test
  void newVersion_isHeardOf_neededOnceInForce_andSignedByBothSides() throws InterruptedException {
    User user = user();
    Shop shop = shop();
    int before = client().mustGet("/agreements", null).body().path("agreements").size();
    JsonNode agreement = published();
    assertThat(client().mustGet("/agreements", null).body().path("agreements")).hasSize(before + 1);
    int version = agreement.path("version").asInt();
    assertThat(client().mustGet("/agreements/" + version, null).body()).isEqualTo(agreement);
    await("the user's notice", () -> hears(user.phone(), AgreementToSign.class));
    await("the shop's notice", () -> hears(shop.till(), AgreementToSign.class));
    assertPays(user, shop, 1_00);

    await("the version is in force", () -> effectiveAt().isBefore(Instant.now()));
    OutboxEntry bill = shop.bill(2_00);
    OutboxEntry half = shop.approvedBy(user, bill);
    send(shop.till(), bill);
    send(user.phone(), half);
    assertHears(shop.till(), bill, Ending.DECLINED, ReasonClass.AGREE_FIRST);
    assertHears(user.phone(), half, Ending.DECLINED, ReasonClass.AGREE_FIRST);
    assertThat(exactReason(bill.number(), half.codeHash())).isEqualTo("AGREEMENT_NOT_SIGNED");
    assertThat(user.balance()).isEqualTo(OPENING_MINOR - 1_00);

    agree(user.phone(), agreement);
    agree(shop.till(), agreement);
    FinishedEntry paid = assertPays(user, shop, 3_00);
    for (JsonNode side : office().transaction(paid.number()).path("halves")) {
      assertThat(side.path("agreement").path("version").asInt()).isEqualTo(version);
      assertThat(side.path("agreement").path("sha256")).isEqualTo(agreement.path("sha256"));
    }
    assertPays(user(), shop(), 1_00); // new devices are bound under it
  }

  @Test
  void proposal_thatIsOdd_isRefusedAndNothingIsStored() throws InterruptedException {
    await("no version waits", () -> !effectiveAt().isAfter(Instant.now()));
    String later =
        Instant.now().plus(Duration.ofDays(1)).truncatedTo(ChronoUnit.SECONDS).toString();
    for (Map<String, ?> odd :
        List.<Map<String, ?>>of(
            Map.of("text", "A\tB", "effectiveAt", later),
            Map.of("text", " \n ", "effectiveAt", later),
            Map.of("text", "right\u202Eto left", "effectiveAt", later),
            Map.of("text", "Good\n", "effectiveAt", "2001-01-01T00:00:00Z"),
            Map.of("text", "Good\n", "effectiveAt", "tomorrow"),
            Map.of("text", "Good\n", "effectiveAt", later.replace("Z", "+02:00")),
            Map.of("text", "x".repeat(12_001), "effectiveAt", later),
            Map.of("text", "Good\n", "effectiveAt", later, "version", 7),
            Map.of("text", "Good\n"))) {
      assertThat(client().post("/agreements/proposal", office().approver(), odd).status())
          .as(odd.toString())
          .isIn(400, 422);
    }
    assertThat(client().get("/agreements/proposal", office().auditor()).status()).isEqualTo(404);
    assertThat(client().get("/agreements/9999", null).status()).isEqualTo(404);
    assertThat(client().get("/agreements?limit=0", null).status()).isEqualTo(400);
    assertThat(client().get("/agreements?after=x", null).status()).isEqualTo(400);
  }

  @Test
  @Tag("all")
  void newVersion_isSignedByJavaScriptOnBothSides() throws IOException, InterruptedException {
    AccountHolder paying = devices().fundedUser("Signing phone " + UUID.randomUUID(), 100_000);
    AccountHolder paid = devices().shop("Signing till " + UUID.randomUUID());
    User user = user();
    Shop shop = shop();
    try (DeviceAgent phone = JavaScriptIT.device(paying, Payments.PIN);
        DeviceAgent till = JavaScriptIT.device(paid, "")) {
      JsonNode agreement = published();
      await("the version is in force", () -> effectiveAt().isBefore(Instant.now()));
      agree(user.phone(), agreement);
      agree(shop.till(), agreement);
      assertThat(ending(shop, phone)).isEqualTo("DECLINED");
      agree(phone, agreement);
      assertThat(ending(shop, phone)).isEqualTo("APPROVED");
      agree(till, agreement);
      assertApproved(user, till);
    }
  }

  private static void agree(DeviceAgent agent, JsonNode agreement) {
    JsonNode waiting = agent.must("agreement", Map.of()).path("waiting");
    assertThat(waiting.path("text")).isEqualTo(agreement.path("text"));
    int version = agreement.path("version").asInt();
    JsonNode agreed = agent.must("agree", Map.of("version", version));
    assertThat(agreed.path("version").asInt()).isEqualTo(version);
    assertThat(agent.must("agreement", Map.of()).has("waiting")).isFalse();
  }

  /** A purchase of the JavaScript phone at the Java shop. */
  private static String ending(Shop shop, DeviceAgent phone) {
    OutboxEntry bill = shop.bill(1_00);
    send(shop.till(), bill);
    String text = BillForms.json(shop.till().bill(bill.number()).orElseThrow());
    phone.must("approve", Map.of("bill", text, "instrument", "Account 1", "pin", Payments.PIN));
    phone.must("send", Map.of("number", bill.number()));
    return phone
        .must("await", Map.of("number", bill.number(), "timeoutSeconds", 30))
        .path("ending")
        .asText();
  }

  /** A purchase of a Java phone at the JavaScript till. */
  private static void assertApproved(User user, DeviceAgent till) {
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
  }
}
