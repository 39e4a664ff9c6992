package org.tallystick.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.tallystick.answer.ReasonClass;
import org.tallystick.answer.ReplyKeys;
import org.tallystick.code.TransactionNumber;
import org.tallystick.codec.Base64Url;
import org.tallystick.cose.CoseSign1;
import org.tallystick.device.TallystickDevice;
import org.tallystick.device.state.Ending;
import org.tallystick.device.state.FinishedEntry;
import org.tallystick.device.state.OutboxEntry;
import org.tallystick.launcher.bank.PushedAnswers;
import org.tallystick.launcher.demo.Cards;
import org.tallystick.launcher.drill.Payments;
import org.tallystick.receipt.Receipt;
import org.tallystick.verifier.VerifierProcess;

/**
 * Two halves, one decision, and everything that follows from it.
 *
 * <p>TSE-06 (cards under short names), TSE-10 (either order), TSE-13 (answers pushed and asked
 * for), TSE-14 (receipts), TSE-15 and TSE-35 (evidence).
 */
final class PaymentIT extends BankIT {
  private static final String FOREIGN_CARD = Cards.withCheckDigit("411111110000001");

  @Test
  void payment_payeeFirst_bothAnswersArePushed() throws InterruptedException {
    User user = user();
    Shop shop = shop();
    OutboxEntry bill = shop.bill(12_34);
    OutboxEntry half = shop.approvedBy(user, bill);
    byte[] payee = bill.pickup();
    byte[] payer = half.pickup();
    Map<String, String> pushed = new HashMap<>();
    try (PushedAnswers socket = new PushedAnswers(HTTP, baseUri())) {
      socket.subscribe(List.of(payee, payer));
      send(shop.till(), bill);
      awaitParked(bill);
      send(user.phone(), half);
      for (int i = 0; i < 2; i++) {
        JsonNode message = socket.next();
        pushed.put(message.path("pickup").asText(), message.path("answer").asText());
      }
    }

    assertThat(pushed)
        .containsEntry(Base64Url.encode(payee), answer(payee, 0).path("answer").asText())
        .containsEntry(Base64Url.encode(payer), answer(payer, 0).path("answer").asText());
    assertHears(shop.till(), bill, Ending.APPROVED, ReasonClass.NONE);
    assertHears(user.phone(), half, Ending.APPROVED, ReasonClass.NONE);
  }

  @Test
  void payment_payerFirst_bothAnswersComeByLongPoll() throws InterruptedException {
    User user = user();
    Shop shop = shop();
    OutboxEntry bill = shop.bill(56_78);
    OutboxEntry half = shop.approvedBy(user, bill);
    byte[] payeePickup = bill.pickup();
    byte[] payerPickup = half.pickup();
    assertThat(answer(payeePickup, 0).path("state").asText()).isEqualTo("PENDING");
    CompletableFuture<JsonNode> payee =
        CompletableFuture.supplyAsync(() -> answer(payeePickup, 30));
    CompletableFuture<JsonNode> payer =
        CompletableFuture.supplyAsync(() -> answer(payerPickup, 30));
    send(user.phone(), half);
    awaitParked(half);
    send(shop.till(), bill);

    assertThat(payee.join().path("state").asText()).isEqualTo("FINAL");
    assertThat(payer.join().path("state").asText()).isEqualTo("FINAL");
    assertHears(user.phone(), half, Ending.APPROVED, ReasonClass.NONE);
    assertHears(shop.till(), bill, Ending.APPROVED, ReasonClass.NONE);
  }

  @Test
  void answer_thatIsHereAlready_isNotWaitedForWhileAnotherHalfIsOpen() {
    User user = user();
    Shop shop = shop();
    OutboxEntry open = shop.bill(1_00);
    FinishedEntry paid = assertPays(user, shop, 1_00);
    long before = System.nanoTime();

    FinishedEntry again = shop.till().awaitAnswer(paid.number(), PATIENCE).orElseThrow();
    FinishedEntry asked =
        user.phone().awaitAnswer(paid.number(), Duration.ofSeconds(30)).orElseThrow();

    assertThat(again.codeHash()).isEqualTo(paid.codeHash());
    assertThat(asked.ending()).isEqualTo(Ending.APPROVED);
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(5));
    assertThat(shop.till().openHalves()).extracting(OutboxEntry::n).containsExactly(open.n());
  }

  @Test
  void payment_approved_movesTheAmountAndTheBooksBalance() {
    User user = user();
    Shop shop = shop();
    long entries = entriesInBalancedBooks();

    assertPays(user, shop, 213_82);

    assertThat(user.balance()).isEqualTo(OPENING_MINOR - 213_82);
    assertThat(shop.balance()).isEqualTo(213_82);
    assertThat(entriesInBalancedBooks()).isEqualTo(entries + 1);
  }

  @Test
  void receipts_ofBothSides_areFoundByTheAuditorAndByTheirDevices() {
    User user = user();
    Shop shop = shop();
    OutboxEntry bill = shop.bill(10_00);
    OutboxEntry half = shop.approvedBy(user, bill);
    // the reply root is wiped when the answer is taken
    byte[] payeeToken = ReplyKeys.receipt(bill.replyRoot());
    byte[] payerToken = ReplyKeys.receipt(half.replyRoot());
    send(shop.till(), bill);
    send(user.phone(), half);
    FinishedEntry payee = ended(shop.till(), bill);
    FinishedEntry payer = ended(user.phone(), half);

    assertThat(receiptNumber(payee)).isNotEqualTo(receiptNumber(payer));
    assertReceipt(payee, office().auditor());
    assertReceipt(payer, office().auditor());
    assertReceipt(payee, "Receipt " + Base64Url.encode(payeeToken));
    assertReceipt(payer, "Receipt " + Base64Url.encode(payerToken));
    assertThat(
            client()
                .get("/receipts/" + receiptNumber(payer), "Receipt " + Base64Url.encode(payeeToken))
                .status())
        .isEqualTo(404);
  }

  private static void assertReceipt(FinishedEntry side, String authorization) {
    assertThat(client().mustGet("/receipts/" + receiptNumber(side), authorization).text("receipt"))
        .isEqualTo(Base64Url.encode(side.receipt()));
  }

  private static String receiptNumber(FinishedEntry side) {
    return TransactionNumber.text(
        Receipt.decode(CoseSign1.decode(side.receipt()).payload()).receiptNumber());
  }

  @Test
  void evidence_ofAnApprovedPayment_isVerifiedWithTheRootKeyAlone() throws IOException {
    User user = user();
    Shop shop = shop();
    FinishedEntry paid = assertPays(user, shop, 33_00);
    Path bundle = Files.writeString(file("evidence", paid), office().evidence(paid.number()));
    Path bill = Files.writeString(file("bill", paid), Base64Url.encode(paid.bill()));
    String root = client().mustGet("/keys", null).text("root");
    ByteArrayOutputStream out = new ByteArrayOutputStream();

    int exit =
        VerifierProcess.run(
            new String[] {bundle.toString(), "--root", root, "--bill", bill.toString()},
            new PrintStream(out, true, StandardCharsets.UTF_8),
            System.err);

    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("evidence verified", "bill=present verdict=verified");
    assertThat(exit).isZero();
  }

  private static Path file(String kind, FinishedEntry paid) {
    return folder().resolve(kind + "-" + paid.number());
  }

  @Test
  void payment_withACardOfTheOwnBin_drawsOnTheAccount() {
    User user = user();
    Shop shop = shop();
    user.holder().customer().card(Cards.ownCard(), "2031-12", "Card 1");
    Payments.Made made =
        Payments.make(shop.till(), user.phone(), 45_67, Duration.ofMinutes(5), "Card 1");
    send(user.phone(), made.payer());
    send(shop.till(), made.payee());

    assertHears(user.phone(), made.payer(), Ending.APPROVED, ReasonClass.NONE);
    assertHears(shop.till(), made.payee(), Ending.APPROVED, ReasonClass.NONE);
    assertThat(user.balance()).isEqualTo(OPENING_MINOR - 45_67);
    assertThat(shop.balance()).isEqualTo(45_67);
  }

  @Test
  void payment_withAForeignCard_isDeclinedAndThePayeeIsNotToldWhy() {
    User user = user();
    Shop shop = shop();
    user.holder().customer().card(FOREIGN_CARD, "2031-12", "Card 2");
    Payments.Made made =
        Payments.make(shop.till(), user.phone(), 5_00, Duration.ofMinutes(5), "Card 2");

    assertDeclined(user, shop, made, ReasonClass.OWN_HALF_REFUSED, "FOREIGN_CARD");
  }

  @Test
  void payment_fromAnUnknownInstrument_isDeclinedAndThePayeeIsNotToldWhy() {
    User user = user();
    Shop shop = shop();
    Payments.Made made =
        Payments.make(shop.till(), user.phone(), 5_00, Duration.ofMinutes(5), "Account 9");

    assertDeclined(user, shop, made, ReasonClass.OWN_HALF_REFUSED, "UNKNOWN_SHORTHAND");
  }

  @Test
  void payment_ofOneCentTooMuch_isDeclinedAndNothingMoves() {
    User user = user();
    Shop shop = shop();
    Payments.Made made =
        Payments.make(shop.till(), user.phone(), OPENING_MINOR + 1, Duration.ofMinutes(5));

    assertDeclined(user, shop, made, ReasonClass.NOT_HONOURED, "INSUFFICIENT_FUNDS");
  }

  private static void assertDeclined(
      User user, Shop shop, Payments.Made made, ReasonClass payerHears, String exactReason) {
    long entries = entriesInBalancedBooks();
    send(shop.till(), made.payee());
    send(user.phone(), made.payer());

    assertHears(user.phone(), made.payer(), Ending.DECLINED, payerHears);
    assertHears(shop.till(), made.payee(), Ending.DECLINED, ReasonClass.NOT_HONOURED);
    assertThat(exactReason(made.number(), made.payer().codeHash())).isEqualTo(exactReason);
    assertThat(exactReason(made.number(), made.payee().codeHash())).isEqualTo(exactReason);
    assertThat(user.balance()).isEqualTo(OPENING_MINOR);
    assertThat(shop.balance()).isZero();
    assertThat(entriesInBalancedBooks()).isEqualTo(entries);
  }

  @Test
  void payments_threeAtOnceOnOneTill_areAllApproved() {
    Shop shop = shop();
    List<User> users = List.of(user(), user(), user());
    List<OutboxEntry> bills = new ArrayList<>();
    List<OutboxEntry> halves = new ArrayList<>();
    List<CompletableFuture<Void>> sent = new ArrayList<>();
    for (User user : users) {
      OutboxEntry bill = shop.bill(7_00);
      bills.add(bill);
      halves.add(shop.approvedBy(user, bill));
    }
    for (int i = 2; i >= 0; i--) {
      sent.add(sending(shop.till(), bills.get(i)));
      sent.add(sending(users.get(i).phone(), halves.get(i)));
    }
    sent.forEach(CompletableFuture::join);

    for (int i = 0; i < 3; i++) {
      assertHears(users.get(i).phone(), halves.get(i), Ending.APPROVED, ReasonClass.NONE);
      assertHears(shop.till(), bills.get(i), Ending.APPROVED, ReasonClass.NONE);
      assertThat(users.get(i).balance()).isEqualTo(OPENING_MINOR - 7_00);
    }
    assertThat(shop.balance()).isEqualTo(21_00);
    assertThat(shop.till().logIndex()).isEqualTo(3);
    entriesInBalancedBooks();
  }

  private static CompletableFuture<Void> sending(TallystickDevice device, OutboxEntry half) {
    return CompletableFuture.runAsync(() -> send(device, half));
  }
}
