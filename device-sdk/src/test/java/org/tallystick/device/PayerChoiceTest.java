package org.tallystick.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tallystick.bill.Bill;
import org.tallystick.code.Conditions;
import org.tallystick.code.Limits;
import org.tallystick.device.fixture.Bench;
import org.tallystick.device.fixture.FakeDesk;
import org.tallystick.device.result.Result;
import org.tallystick.device.state.Ending;
import org.tallystick.device.state.FinishedEntry;
import org.tallystick.device.state.OutboxEntry;
import org.tallystick.money.Money;
import org.tallystick.receipt.Receipt;

/** What a payer may say beyond a bill, and what receipts may say of it: A4, L1 to L5. */
class PayerChoiceTest {
  private static final byte[] CONTENT = new byte[32];
  private static final Duration ONCE = Duration.ZERO;

  @TempDir Path folder;
  private Bench bench;
  private TallystickDevice payer;
  private TallystickDevice payee;

  @BeforeEach
  void devices() {
    bench = new Bench(folder);
    payer = bench.payer("payer");
    payee = bench.payee("Corner Shop");
  }

  @AfterEach
  void close() {
    bench.close();
  }

  private static Conditions asked() {
    return new Conditions(
        Limits.ofTip(100), CONTENT, Conditions.OF_AGE | Conditions.RESIDENCE, false);
  }

  private OutboxEntry bill() {
    OutboxEntry bill = payee.makeBill(Bench.coffee(asked())).orElseThrow();
    payee.send(bill).orElseThrow();
    return bill;
  }

  private Result<OutboxEntry> approve(OutboxEntry bill, PaymentChoice choice) {
    Bill.Checked checked =
        payer.readBill(payee.bill(bill.number()).orElseThrow().qrText()).orElseThrow();
    return payer.approve(checked, Bench.PIN.toCharArray(), choice);
  }

  private static PaymentChoice generous() {
    return PaymentChoice.PLAIN.withTip(60).withConsent(Conditions.OF_AGE).withLoyaltyId("L-7");
  }

  private static String refusal(Result<?> result) {
    return result.refusal().orElseThrow().type();
  }

  @Test
  void choice_tipConsentAndLoyaltyId_standOnBothReceipts() {
    OutboxEntry bill = bill();
    OutboxEntry half = approve(bill, generous()).orElseThrow();
    payer.send(half).orElseThrow();
    for (FinishedEntry ended :
        new FinishedEntry[] {
          payer.awaitAnswer(half, ONCE).orElseThrow(), payee.awaitAnswer(bill, ONCE).orElseThrow()
        }) {
      Receipt receipt = Bench.receipt(ended);
      assertThat(ended.ending()).isEqualTo(Ending.APPROVED);
      assertThat(receipt.amount()).isEqualTo(Money.of(460, "USD"));
      assertThat(receipt.conditions().tipMinor()).isEqualTo(60);
      assertThat(receipt.conditions().consent()).isEqualTo(Conditions.OF_AGE);
      assertThat(receipt.conditions().contentHash()).isEqualTo(CONTENT);
      assertThat(receipt.loyaltyId()).isEqualTo("L-7");
    }
  }

  @Test
  void choice_nothing_paysTheBillAsItIs() {
    OutboxEntry bill = bill();
    OutboxEntry half = approve(bill, PaymentChoice.PLAIN).orElseThrow();
    payer.send(half).orElseThrow();
    Receipt receipt = Bench.receipt(payee.awaitAnswer(bill, ONCE).orElseThrow());
    assertThat(receipt.amount()).isEqualTo(Money.of(400, "USD"));
    assertThat(receipt.conditions().limits()).isNull();
    assertThat(receipt.conditions().consent()).isZero();
  }

  @Test
  void choice_beyondTheBill_isRefusedBeforeAnythingIsSealed() {
    OutboxEntry bill = bill();
    assertThat(refusal(approve(bill, PaymentChoice.PLAIN.withTip(101)))).endsWith(":tip");
    assertThat(refusal(approve(bill, PaymentChoice.PLAIN.withTip(-1)))).endsWith(":tip");
    assertThat(refusal(approve(bill, PaymentChoice.PLAIN.withConsent(Conditions.IDENTITY))))
        .endsWith(":consent");
    assertThat(refusal(approve(bill, PaymentChoice.PLAIN.withLoyaltyId("\u202E"))))
        .endsWith(":half");
    char[] typed = "99".toCharArray();
    assertThat(refusal(approve(bill, PaymentChoice.PLAIN.withLevelPins(Map.of(2, typed)))))
        .endsWith(":level");
    assertThat(typed).as("wiped").containsOnly('\0');
    assertThat(payer.openHalves()).isEmpty();
    assertThat(approve(bill, generous()).refusal()).as("and can still be paid").isEmpty();
  }

  private static Receipt with(Receipt r, long minor, Conditions conditions, String loyaltyId) {
    return new Receipt(
        r.consortium(),
        r.receiptNumber(),
        r.number(),
        r.role(),
        r.accountIdentifier(),
        r.contractId(),
        r.deviceId(),
        r.counterpartyCommitment(),
        r.purpose(),
        r.billHash(),
        Money.of(minor, "USD"),
        r.outcome(),
        r.timeMillis(),
        r.codeHash(),
        r.halfHash(),
        r.logIndex(),
        r.column1(),
        r.column2(),
        loyaltyId,
        r.levels(),
        conditions);
  }

  private static Receipt altered(Receipt r, String what) {
    Conditions said = r.conditions();
    Limits.Hold hold = new Limits.Hold(900, r.timeMillis());
    return switch (what) {
      case "tip" ->
          with(r, 501, new Conditions(Limits.ofTip(101), CONTENT, 1, false), r.loyaltyId());
      case "amount" -> with(r, r.amount().minor() + 1, said, r.loyaltyId());
      case "consent" ->
          with(r, 460, new Conditions(Limits.ofTip(60), CONTENT, 9, false), r.loyaltyId());
      case "content" ->
          with(r, 460, new Conditions(Limits.ofTip(60), null, 1, false), r.loyaltyId());
      case "limits" ->
          with(r, 460, new Conditions(new Limits(60L, hold, null), CONTENT, 1, false), "L-7");
      case "terms" -> with(r, 400, Conditions.TERMS, r.loyaltyId());
      case "loyalty" -> with(r, 460, said, "L-8");
      default -> throw new IllegalArgumentException(what);
    };
  }

  private OutboxEntry paid(String instrument) {
    OutboxEntry bill = bill();
    PaymentChoice choice =
        new PaymentChoice(instrument, 60, Conditions.OF_AGE, "L-7", Map.of(), false, false);
    payer.send(approve(bill, choice).orElseThrow()).orElseThrow();
    return bill;
  }

  @ParameterizedTest
  @ValueSource(strings = {"tip", "amount", "consent", "content", "limits", "terms", "loyalty"})
  void receipt_saysMoreThanThePayersHalf_failsA4(String what) {
    bench.desk().altersReceipt(receipt -> altered(receipt, what));
    OutboxEntry bill = paid(null);
    assertThat(refusal(payer.awaitAnswer(bill.number(), ONCE))).endsWith(":A4");
  }

  @ParameterizedTest
  @ValueSource(strings = {"tip", "amount", "consent", "content", "limits", "terms"})
  void receipt_saysMoreThanThePayeesHalfAllows_failsA4(String what) {
    bench.desk().altersReceipt(receipt -> altered(receipt, what));
    OutboxEntry bill = paid(null);
    assertThat(refusal(payee.awaitAnswer(bill.number(), ONCE))).endsWith(":A4");
  }

  @Test
  void receipt_ofADeclinedHalf_namesNoOtherLoyaltyId() {
    bench.desk().altersReceipt(receipt -> altered(receipt, "loyalty"));
    OutboxEntry bill = paid(FakeDesk.EMPTY_CARD);
    assertThat(refusal(payer.awaitAnswer(bill.number(), ONCE))).endsWith(":A4");
  }

  @Test
  void receipt_ofDeclinedHalves_hold() {
    OutboxEntry bill = paid(FakeDesk.EMPTY_CARD);
    for (TallystickDevice device : new TallystickDevice[] {payer, payee}) {
      FinishedEntry ended = device.awaitAnswer(bill.number(), ONCE).orElseThrow();
      assertThat(ended.ending()).isEqualTo(Ending.DECLINED);
      assertThat(Bench.receipt(ended).loyaltyId()).isNull();
    }
  }

  @Test
  void receipt_ofAPayeesHalfAlone_holds() {
    OutboxEntry bill = bill();
    payee.send(payee.cancel(bill.number()).orElseThrow()).orElseThrow();
    FinishedEntry ended = payee.awaitAnswer(bill.number(), ONCE).orElseThrow();
    assertThat(ended.ending()).isEqualTo(Ending.CANCELLED);
    assertThat(Bench.receipt(ended).conditions().limits()).isNull();
  }

  @Test
  void compact_plainBill_fitsIntoFourMessagesAndIsApproved() {
    OutboxEntry bill = payee.makeBill(Bench.coffee()).orElseThrow();
    payee.send(bill).orElseThrow();
    OutboxEntry half = approve(bill, PaymentChoice.of("Card 1").inCompactProfile()).orElseThrow();
    assertThat(half.code()).hasSizeLessThanOrEqualTo(612);
    payer.send(half).orElseThrow();
    assertThat(payer.awaitAnswer(half, ONCE).orElseThrow().ending()).isEqualTo(Ending.APPROVED);
    assertThat(payee.awaitAnswer(bill, ONCE).orElseThrow().ending()).isEqualTo(Ending.APPROVED);
  }

  @Test
  void compact_withWhatItLeavesOut_isRefused() {
    OutboxEntry plain = payee.makeBill(Bench.coffee()).orElseThrow();
    PaymentChoice compact = PaymentChoice.PLAIN.inCompactProfile();
    assertThat(refusal(approve(plain, compact.withLoyaltyId("L-7")))).endsWith(":half");
    assertThat(refusal(approve(plain, compact.withProgress()))).endsWith(":half");
    assertThat(refusal(approve(bill(), compact))).as("documents").endsWith(":half");
    assertThat(payer.openHalves()).isEmpty();
  }
}
