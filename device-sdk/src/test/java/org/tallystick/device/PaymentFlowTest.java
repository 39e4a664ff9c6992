package org.tallystick.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tallystick.answer.ReasonClass;
import org.tallystick.bill.Bill;
import org.tallystick.bill.BillItem;
import org.tallystick.code.Purpose;
import org.tallystick.codec.Base64Url;
import org.tallystick.device.bill.BillForms;
import org.tallystick.device.bill.BillRequest;
import org.tallystick.device.bill.QrCode;
import org.tallystick.device.fixture.Bench;
import org.tallystick.device.fixture.FakeDesk;
import org.tallystick.device.result.Result;
import org.tallystick.device.state.Ending;
import org.tallystick.device.state.EntryState;
import org.tallystick.device.state.FinishedEntry;
import org.tallystick.device.state.OutboxEntry;
import org.tallystick.money.Money;

class PaymentFlowTest {
  private static final Duration SHORT = Duration.ofSeconds(2);
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

  private OutboxEntry bill() {
    OutboxEntry entry = payee.makeBill(Bench.coffee()).orElseThrow();
    payee.send(entry).orElseThrow();
    return entry;
  }

  private Bill.Checked scanned(OutboxEntry bill) {
    byte[] png = QrCode.of(payee.bill(bill.number()).orElseThrow().qrText()).png();
    return payer.readBill(QrCode.read(png).orElseThrow()).orElseThrow();
  }

  private OutboxEntry approve(OutboxEntry bill, String instrument, String pin) {
    return payer.approve(scanned(bill), instrument, pin.toCharArray()).orElseThrow();
  }

  @Test
  void payment_bothHalvesFit_isApprovedForBothWithReceipts() {
    OutboxEntry bill = bill();
    OutboxEntry half = approve(bill, "Card 1", Bench.PIN);
    assertThat(half.number()).isEqualTo(bill.number());
    payer.send(half).orElseThrow();

    FinishedEntry paid = payer.awaitAnswer(bill.number(), SHORT).orElseThrow();
    FinishedEntry got = payee.awaitAnswer(bill.number(), SHORT).orElseThrow();

    assertThat(paid.ending()).isEqualTo(Ending.APPROVED);
    assertThat(got.ending()).isEqualTo(Ending.APPROVED);
    assertThat(paid.receipt()).isNotNull();
    assertThat(got.receipt()).isNotNull();
    assertThat(payer.openHalves()).isEmpty();
    assertThat(payee.openHalves()).isEmpty();
    assertThat(payer.logIndex()).isEqualTo(1);
    assertThat(bench.events.seen)
        .containsSubsequence(
            "SEALED", "SENDING", "ACCEPTED", "line 1", "ended APPROVED", "receipt");
  }

  @Test
  void payment_payerHalfFirst_isApprovedToo() {
    OutboxEntry bill = payee.makeBill(Bench.coffee()).orElseThrow();
    payer.send(approve(bill, "Card 1", Bench.PIN)).orElseThrow();
    payee.send(bill).orElseThrow();
    assertThat(payee.awaitAnswer(bill.number(), SHORT).orElseThrow().ending())
        .isEqualTo(Ending.APPROVED);
    assertThat(payer.awaitAnswer(bill.number(), SHORT).orElseThrow().ending())
        .isEqualTo(Ending.APPROVED);
  }

  @Test
  void payment_instrumentDeclined_payeeSeesNotHonoured() {
    OutboxEntry bill = bill();
    payer.send(approve(bill, FakeDesk.EMPTY_CARD, Bench.PIN)).orElseThrow();
    FinishedEntry got = payee.awaitAnswer(bill.number(), SHORT).orElseThrow();
    assertThat(got.ending()).isEqualTo(Ending.DECLINED);
    assertThat(got.reason()).isEqualTo(ReasonClass.NOT_HONOURED);
  }

  @Test
  void approve_wrongPin_isDeclinedAndBillCanBeApprovedAgain() {
    OutboxEntry bill = bill();
    payer.send(approve(bill, "Card 1", "0000")).orElseThrow();
    assertThat(payer.awaitAnswer(bill.number(), SHORT).orElseThrow().reason())
        .isEqualTo(ReasonClass.OWN_HALF_REFUSED);

    payer.send(approve(bill, "Card 1", Bench.PIN)).orElseThrow();
    assertThat(payer.awaitAnswer(bill.number(), SHORT).orElseThrow().ending())
        .isEqualTo(Ending.APPROVED);
    assertThat(payer.logIndex()).isEqualTo(2);
  }

  @Test
  void approve_fiveWrongPins_reportsSuspension() {
    for (int i = 0; i < 5; i++) {
      OutboxEntry bill = bill();
      payer.send(approve(bill, "Card 1", "0000")).orElseThrow();
      payer.awaitAnswer(bill.number(), SHORT).orElseThrow();
    }
    assertThat(bench.events.seen).contains("suspended");
  }

  @Test
  void approve_anyEnd_wipesThePin() {
    char[] pin = Bench.PIN.toCharArray();
    Bill.Checked checked = scanned(bill());
    payer.approve(checked, "Card 1", pin).orElseThrow();
    assertThat(pin).containsOnly('\0');
    char[] again = Bench.PIN.toCharArray();
    assertThat(payer.approve(checked, "Card 1", again).refusal()).isPresent();
    assertThat(again).containsOnly('\0');
  }

  @Test
  void approve_sameBillTwice_isRefusedHere() {
    OutboxEntry bill = bill();
    payer.send(approve(bill, "Card 1", Bench.PIN)).orElseThrow();
    Bill.Checked checked = scanned(bill);
    assertThat(payer.approve(checked, "Card 1", Bench.PIN.toCharArray()).refusal()).isPresent();
    payer.awaitAnswer(bill.number(), SHORT).orElseThrow();
    assertThat(payer.approve(checked, "Card 1", Bench.PIN.toCharArray()).refusal()).isPresent();
  }

  @Test
  void cancel_beforeThePayer_endsBothHalves() {
    OutboxEntry bill = bill();
    OutboxEntry cancel = payee.cancel(bill.number()).orElseThrow();
    payee.send(cancel).orElseThrow();
    assertThat(payee.awaitAnswer(bill.number(), SHORT).orElseThrow().ending())
        .isEqualTo(Ending.CANCELLED);
    assertThat(payee.awaitAnswer(cancel, SHORT).orElseThrow().ending()).isEqualTo(Ending.CANCELLED);
    assertThat(payee.logIndex()).isEqualTo(2);
  }

  @Test
  void cancel_ofAHalfNeverSent_sendsThatHalfFirst() {
    OutboxEntry bill = payee.makeBill(Bench.coffee()).orElseThrow();
    OutboxEntry cancel = payee.cancel(bill.number()).orElseThrow();
    payee.send(cancel).orElseThrow();
    assertThat(bench.bank.codes()).containsExactly(bill.code(), cancel.code());
    assertThat(payee.awaitAnswer(bill, SHORT).orElseThrow().ending()).isEqualTo(Ending.CANCELLED);
    assertThat(payee.awaitAnswer(cancel, SHORT).orElseThrow().ending()).isEqualTo(Ending.CANCELLED);
  }

  @Test
  void cancel_afterTheDecision_isRefusedOrDeclined() {
    OutboxEntry bill = bill();
    payer.send(approve(bill, "Card 1", Bench.PIN)).orElseThrow();
    OutboxEntry cancel = payee.cancel(bill.number()).orElseThrow();
    payee.send(cancel).orElseThrow();
    assertThat(payee.awaitAnswer(cancel, SHORT).orElseThrow().ending()).isEqualTo(Ending.DECLINED);
    assertThat(payee.awaitAnswer(bill.number(), SHORT).orElseThrow().ending())
        .isEqualTo(Ending.APPROVED);
    assertThat(payee.cancel(bill.number()).refusal()).isPresent();
  }

  @Test
  void resume_afterRestart_sendsTheSameBytesAndGetsTheAnswer() {
    OutboxEntry bill = bill();
    OutboxEntry half = approve(bill, "Card 1", Bench.PIN);
    bench.bank.losesReplies(true);
    assertThat(payer.send(half).refusal()).isPresent();
    payer.close();
    bench.bank.losesReplies(false);

    TallystickDevice again = bench.open("payer");
    TallystickDevice.Resumed resumed = again.resume();

    assertThat(resumed.answered()).isEqualTo(1);
    assertThat(resumed.open()).isZero();
    List<String> codes = bench.bank.codes();
    assertThat(codes.get(codes.size() - 1))
        .isEqualTo(half.code())
        .isEqualTo(codes.get(codes.size() - 2));
    assertThat(again.receipts()).extracting(FinishedEntry::ending).containsExactly(Ending.APPROVED);
  }

  @Test
  void resume_bankOffline_keepsEverythingOpen() {
    OutboxEntry bill = payee.makeBill(Bench.coffee()).orElseThrow();
    bench.bank.offline(true);
    TallystickDevice.Resumed resumed = payee.resume();
    assertThat(resumed.problem()).isPresent();
    assertThat(payee.open(bill.number(), Purpose.PURCHASE)).isPresent();
  }

  @Test
  void entry_withoutAnswerLongPastItsEnd_isUnknownAndNeverCancelled() {
    OutboxEntry bill = bill();
    bench.desk().withholds(true);
    bench.clock.advance(Duration.ofMinutes(14));
    assertThat(payee.awaitAnswer(bill.number(), ONCE).refusal()).isPresent();
    bench.clock.advance(Duration.ofMinutes(2));
    FinishedEntry ended = payee.awaitAnswer(bill.number(), ONCE).orElseThrow();
    assertThat(ended.ending()).isEqualTo(Ending.UNKNOWN);
    assertThat(ended.receipt()).isNull();
  }

  @Test
  void entry_unknownThenAnswered_takesTheLateAnswer() {
    OutboxEntry bill = bill();
    bench.clock.advance(Duration.ofMinutes(20));
    payee.awaitAnswer(bill.number(), ONCE).orElseThrow();
    assertThat(payee.openHalves())
        .extracting(OutboxEntry::state)
        .containsExactly(EntryState.NO_ANSWER);
    bench.desk().sweep();
    payee.resume();
    assertThat(payee.openHalves()).isEmpty();
    assertThat(payee.receipts()).extracting(FinishedEntry::ending).containsExactly(Ending.EXPIRED);
  }

  @Test
  void certificate_endsWithinTheHour_isRenewed() {
    assertThat(bench.bank.certificatesIssued()).isEqualTo(1);
    bill();
    assertThat(bench.bank.certificatesIssued()).isEqualTo(1);
    bench.clock.advance(Duration.ofMinutes(23 * 60 + 1));
    OutboxEntry bill = bill();
    assertThat(bench.bank.certificatesIssued()).isEqualTo(2);
    assertThat(scanned(bill).provider().displayName()).isEqualTo("Corner Shop");
  }

  @Test
  void certificate_renewalFails_oldOneServesWhileItLasts() {
    bench.clock.advance(Duration.ofMinutes(23 * 60 + 1));
    bench.bank.offline(true);
    assertThat(payee.makeBill(Bench.coffee()).refusal()).isEmpty();
    bench.clock.advance(Duration.ofHours(1));
    assertThat(payee.makeBill(Bench.coffee()).refusal()).isPresent();
  }

  @Test
  void readBill_tamperedOrExpired_namesTheStep() {
    OutboxEntry made = bill();
    Bill bill = payee.bill(made.number()).orElseThrow();
    byte[] signed = bill.signed().clone();
    signed[signed.length - 1] ^= 1;
    assertThat(step(new Bill(signed, bill.certificate()).qrText())).endsWith(":B3");
    byte[] certificate = bill.certificate().clone();
    certificate[certificate.length - 1] ^= 1;
    assertThat(step(new Bill(bill.signed(), certificate).qrText())).endsWith(":B2");
    assertThat(step("TALLY1:" + Base64Url.encode(new byte[] {1}))).endsWith(":B1");
    assertThat(step("HELLO")).endsWith(":B1");
    bench.clock.advance(Duration.ofMinutes(6));
    assertThat(step(BillForms.json(bill))).endsWith(":B6");
  }

  private String step(String text) {
    Result<Bill.Checked> result = payer.readBill(text);
    return result.refusal().orElseThrow().type();
  }

  @Test
  void makeBill_thatNoPayerWouldTake_isRefused() {
    assertThat(
            payee
                .makeBill(
                    BillRequest.of(List.of(new BillItem("x".repeat(65), 1)), Money.of(0, "USD")))
                .refusal())
        .isPresent();
    assertThat(payee.openHalves()).isEmpty();
    assertThat(payer.makeBill(Bench.coffee()).refusal()).isPresent();
  }

  @Test
  void sealing_farAheadOfTheBank_stopsBeforeTheWindow() {
    int made = 0;
    while (payee.makeBill(Bench.coffee()).refusal().isEmpty()) {
      made++;
    }
    assertThat(made).isLessThanOrEqualTo(HalfMaker.MAX_AHEAD).isEqualTo(31);
  }

  @Test
  void manyPayments_oneAfterTheOther_logStaysContiguous() {
    for (int i = 1; i <= 40; i++) {
      OutboxEntry bill = bill();
      payer.send(approve(bill, "Card 1", Bench.PIN)).orElseThrow();
      payer.awaitAnswer(bill.number(), SHORT).orElseThrow();
      payee.awaitAnswer(bill.number(), SHORT).orElseThrow();
    }
    assertThat(payer.logIndex()).isEqualTo(40);
    assertThat(payee.logIndex()).isEqualTo(40).isEqualTo(bench.desk().logIndex("Corner Shop"));
  }
}
