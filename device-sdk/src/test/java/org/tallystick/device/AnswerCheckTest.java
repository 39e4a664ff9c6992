package org.tallystick.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tallystick.answer.Answer;
import org.tallystick.answer.Outcome;
import org.tallystick.bill.Bill;
import org.tallystick.code.Conditions;
import org.tallystick.crypto.SigningKey;
import org.tallystick.device.fixture.Bench;
import org.tallystick.device.result.Result;
import org.tallystick.device.state.Ending;
import org.tallystick.device.state.EntryState;
import org.tallystick.device.state.FinishedEntry;
import org.tallystick.device.state.OutboxEntry;
import org.tallystick.log.LogLine;
import org.tallystick.money.Money;
import org.tallystick.receipt.Receipt;

class AnswerCheckTest {
  private static final Duration ONCE = Duration.ZERO;

  @TempDir Path folder;
  private Bench bench;
  private TallystickDevice payer;
  private TallystickDevice payee;

  @BeforeEach
  void devices() {
    bench = new Bench(folder);
    payer = bench.payer("payer");
    payee = bench.payee("payee");
  }

  @AfterEach
  void close() {
    bench.close();
  }

  /** Sends both halves; the payer's answer is there afterwards. */
  private OutboxEntry pay() {
    OutboxEntry bill = payee.makeBill(Bench.coffee()).orElseThrow();
    payee.send(bill).orElseThrow();
    Bill.Checked checked =
        payer.readBill(payee.bill(bill.number()).orElseThrow().qrText()).orElseThrow();
    OutboxEntry half = payer.approve(checked, "Card 1", Bench.PIN.toCharArray()).orElseThrow();
    payer.send(half).orElseThrow();
    return half;
  }

  private void refused(String step) {
    OutboxEntry half = pay();
    Result<FinishedEntry> result = payer.awaitAnswer(half, ONCE);
    assertThat(result.refusal().orElseThrow().type()).endsWith(":" + step);
    assertThat(payer.receipts()).isEmpty();
    assertThat(payer.openHalves()).hasSize(1);
    assertThat(payer.logIndex()).isZero();
  }

  @Test
  void answer_flippedByte_failsA1() {
    bench
        .desk()
        .altersSealed(
            (pickup, bytes) -> {
              byte[] changed = bytes.clone();
              changed[changed.length / 2] ^= 1;
              return changed;
            });
    refused("A1");
  }

  @Test
  void answer_ofAnotherHalf_failsA1() {
    OutboxEntry first = pay();
    AtomicReference<byte[]> kept = new AtomicReference<>();
    bench
        .desk()
        .altersSealed(
            (pickup, bytes) -> {
              if (kept.get() == null && pickup.equals(ByteBuffer.wrap(first.pickup()))) {
                kept.set(bytes);
              }
              return kept.get() == null ? bytes : kept.get();
            });
    payer.awaitAnswer(first, ONCE).orElseThrow();
    OutboxEntry second = pay();
    Result<FinishedEntry> result = payer.awaitAnswer(second, ONCE);
    assertThat(result.refusal().orElseThrow().type()).endsWith(":A1");
  }

  @Test
  void answer_signedByAnotherKey_failsA2() {
    bench.desk().signsWith(SigningKey.generate(new SecureRandom()));
    refused("A1"); // one check in the protocol's class: a device cannot tell the two apart
  }

  @Test
  void answer_afterKeysWereChanged_fetchesThemAndHolds() {
    bench.bank.changeKeys();
    OutboxEntry half = pay();
    assertThat(payer.awaitAnswer(half, ONCE).orElseThrow().ending()).isEqualTo(Ending.APPROVED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"device", "n", "bill", "epoch"})
  void answer_namesAnotherHalf_failsA3(String what) {
    byte[] zeros = new byte[32];
    bench
        .desk()
        .altersAnswer(
            a ->
                new Answer(
                    what.equals("device") ? new byte[16] : a.deviceId(),
                    what.equals("epoch") ? a.epoch() + 1 : a.epoch(),
                    what.equals("n") ? a.n() + 1 : a.n(),
                    a.codeHash(),
                    what.equals("bill") ? zeros : a.billHash(),
                    a.outcome(),
                    a.reason(),
                    a.timeMillis(),
                    a.number(),
                    a.receipt(),
                    a.line(),
                    a.aliases(),
                    null,
                    null,
                    null));
    // device, epoch and n are in the seal's AAD as well, so there the seal refuses first
    refused(what.equals("bill") ? "A3" : "A1");
  }

  @Test
  void answer_namesAnotherCode_endsNotAccepted() {
    byte[] other = new byte[32];
    bench
        .desk()
        .altersAnswer(
            a ->
                new Answer(
                    a.deviceId(),
                    a.epoch(),
                    a.n(),
                    other,
                    a.billHash(),
                    a.outcome(),
                    a.reason(),
                    a.timeMillis(),
                    a.number(),
                    a.receipt(),
                    a.line(),
                    a.aliases(),
                    null,
                    null,
                    null));
    OutboxEntry half = pay();
    FinishedEntry ended = payer.awaitAnswer(half, ONCE).orElseThrow();
    assertThat(ended.ending()).isEqualTo(Ending.NOT_ACCEPTED);
    assertThat(ended.receipt()).isNull();
    assertThat(payer.openHalves()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"amount", "outcome", "half", "code", "log", "account", "role"})
  void answer_receiptSaysSomethingElse_failsA4(String what) {
    bench
        .desk()
        .altersReceipt(
            r ->
                new Receipt(
                    r.consortium(),
                    r.receiptNumber(),
                    r.number(),
                    what.equals("role") ? r.role().other() : r.role(),
                    what.equals("account") ? new byte[16] : r.accountIdentifier(),
                    r.contractId(),
                    r.deviceId(),
                    r.counterpartyCommitment(),
                    r.purpose(),
                    r.billHash(),
                    what.equals("amount") ? Money.of(1, "USD") : r.amount(),
                    what.equals("outcome") ? Outcome.DECLINED : r.outcome(),
                    r.timeMillis(),
                    what.equals("code") ? new byte[32] : r.codeHash(),
                    what.equals("half") ? new byte[32] : r.halfHash(),
                    what.equals("log") ? r.logIndex() + 1 : r.logIndex(),
                    r.column1(),
                    r.column2(),
                    null,
                    0,
                    Conditions.NONE));
    refused("A4");
  }

  @Test
  void answer_withoutReceipt_failsA4() {
    bench.desk().altersAnswer(a -> with(a, null, a.line()));
    refused("A4");
  }

  @Test
  void answer_receiptSignedByTheWrongKey_failsA4() {
    bench
        .desk()
        .altersAnswer(
            a -> {
              byte[] changed = a.receipt().clone();
              changed[changed.length - 1] ^= 1;
              return with(a, changed, a.line());
            });
    refused("A4");
  }

  @Test
  void answer_lineColumnsDoNotFit_failsA5() {
    bench
        .desk()
        .altersAnswer(
            a -> {
              LogLine line = a.line();
              byte[] column3 =
                  LogLine.after(line.index(), line.column1(), 1, "decision", new byte[32])
                      .column3();
              return with(
                  a,
                  a.receipt(),
                  new LogLine(line.index(), line.column1(), line.column2(), column3));
            });
    refused("A5");
  }

  @Test
  void answer_lineOfAnotherHistory_failsA5() {
    OutboxEntry first = pay();
    payer.awaitAnswer(first, ONCE).orElseThrow();
    // the bank's log of this device is put back to its beginning
    bench.desk().forgetsLog("payer");
    OutboxEntry second = pay();
    Result<FinishedEntry> result = payer.awaitAnswer(second, ONCE);
    assertThat(result.refusal().orElseThrow().type()).endsWith(":A5");
    assertThat(payer.logIndex()).isEqualTo(1);
  }

  @Test
  void answers_outOfOrder_waitForTheEarlierLine() {
    OutboxEntry first = pay();
    OutboxEntry second = pay();
    ByteBuffer early = ByteBuffer.wrap(first.pickup());
    bench.desk().altersSealed((pickup, bytes) -> pickup.equals(early) ? null : bytes);
    assertThat(payer.awaitAnswer(second, ONCE).refusal()).isPresent();
    assertThat(payer.openHalves())
        .extracting(OutboxEntry::state)
        .containsExactly(EntryState.ACCEPTED, EntryState.HELD);
    payer.close();

    bench.desk().altersSealed((pickup, bytes) -> bytes);
    TallystickDevice again = bench.open("payer");
    again.resume();
    assertThat(again.openHalves()).isEmpty();
    assertThat(again.logIndex()).isEqualTo(2);
    assertThat(again.receipts())
        .extracting(FinishedEntry::n)
        .containsExactly(first.n(), second.n());
  }

  @Test
  void answer_toAForgedHalf_isTakenAsErrorWithoutReceipt() {
    OutboxEntry bill = payee.makeBill(Bench.coffee()).orElseThrow();
    bench.desk().compromises("payee");
    payee.send(bill).orElseThrow();
    FinishedEntry ended = payee.awaitAnswer(bill, ONCE).orElseThrow();
    assertThat(ended.ending()).isEqualTo(Ending.ERROR);
    assertThat(ended.receipt()).isNull();
    assertThat(bench.events.seen).contains("suspended");
  }

  private static Answer with(Answer a, byte[] receipt, LogLine line) {
    return new Answer(
        a.deviceId(),
        a.epoch(),
        a.n(),
        a.codeHash(),
        a.billHash(),
        a.outcome(),
        a.reason(),
        a.timeMillis(),
        a.number(),
        receipt,
        line,
        a.aliases(),
        null,
        null,
        null);
  }
}
