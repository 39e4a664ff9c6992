package org.tallystick.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tallystick.answer.ReasonClass;
import org.tallystick.device.fixture.Bench;
import org.tallystick.device.state.Ending;
import org.tallystick.device.state.FinishedEntry;
import org.tallystick.device.state.OutboxEntry;
import org.tallystick.notice.NoticeSubject;

/** A device whose bank has lost lines of its log: docs/PROTOCOL.md 10.1, "Log after a restore". */
class RecoveryTest {
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

  private OutboxEntry approve(OutboxEntry bill) {
    return payer
        .readBill(payee.bill(bill.number()).orElseThrow().qrText())
        .then(checked -> payer.approve(checked, null, Bench.PIN.toCharArray()))
        .orElseThrow();
  }

  private void pay() {
    OutboxEntry bill = payee.makeBill(Bench.coffee()).orElseThrow();
    OutboxEntry half = approve(bill);
    payee.send(bill).orElseThrow();
    payer.send(half).orElseThrow();
    assertThat(payer.awaitAnswer(half, ONCE).orElseThrow().ending()).isEqualTo(Ending.APPROVED);
    assertThat(payee.awaitAnswer(bill, ONCE).orElseThrow().ending()).isEqualTo(Ending.APPROVED);
  }

  private void loseOnePayment() {
    bench.bank.remember("payer");
    pay();
    bench.bank.forgetSince("payer");
    bench.bank.recover();
    payee.askStatus().orElseThrow();
  }

  private void note(int lines) {
    byte[] phone = payer.identity().orElseThrow().binding().deviceId();
    for (int i = 0; i < lines; i++) {
      bench.bank.requests().notice("payer", new NoticeSubject.NotMeUsed(phone, null));
    }
  }

  @Test
  void shorterLog_isTakenUpFromTheBanksLine() {
    pay();
    loseOnePayment();
    payer.askStatus(); // the first hears of other keys, the second of a raised recovery epoch
    payer.askStatus().orElseThrow();
    assertThat(payer.logIndex()).isEqualTo(1);
    pay();
    assertThat(payer.logIndex()).isEqualTo(2);
  }

  @Test
  void longerLogWithAnotherLine_isTakenUpFromTheBanksLine() {
    loseOnePayment();
    note(3);
    payer.askStatus();
    payer.askStatus().orElseThrow();
    assertThat(payer.logIndex()).isEqualTo(3);
    pay();
    assertThat(payer.logIndex()).isEqualTo(4);
  }

  @Test
  void longerLogThatGoesOnFromTheOwn_isLeftForItsAnswersAndNotices() {
    pay();
    bench.bank.recover();
    note(2);
    payer.askStatus();
    payer.askStatus().orElseThrow();
    assertThat(payer.logIndex()).isEqualTo(1);
    assertThat(payer.takeNotices(ONCE).orElseThrow()).isEqualTo(2);
    assertThat(payer.logIndex()).isEqualTo(3);
  }

  @Test
  void halfMadeBeforeTheRestore_isAnsweredRekeyFirst_andItsLineIsKnown() {
    pay();
    bench.bank.remember("payer");
    pay();
    OutboxEntry bill = payee.makeBill(Bench.coffee()).orElseThrow();
    OutboxEntry half = approve(bill);
    bench.bank.forgetSince("payer");
    bench.bank.recover();
    payer.send(half).orElseThrow();
    FinishedEntry ended = payer.awaitAnswer(half, ONCE).orElseThrow();
    assertThat(ended.reason()).isEqualTo(ReasonClass.REKEY_FIRST);
    assertThat(payer.logIndex()).isEqualTo(2);
    assertThat(payer.standing().orElseThrow().epoch()).isEqualTo(1);
    payee.askStatus().orElseThrow();
    pay();
  }

  @Test
  void noticeOfTheRestoredBank_waitsForTheLog() {
    pay();
    loseOnePayment();
    note(1);
    assertThat(payer.takeNotices(ONCE).orElseThrow()).isEqualTo(1);
    assertThat(payer.logIndex()).isEqualTo(2);
    pay();
  }

  @Test
  void rekeyOnDemand_beforeAnAnswerOfThisEpoch_isRefused() {
    payer.rekey().orElseThrow();
    assertThat(payer.rekey().refusal().orElseThrow().type()).endsWith(":rekey");
    pay();
    payer.rekey().orElseThrow();
    assertThat(payer.standing().orElseThrow().epoch()).isEqualTo(2);
  }

  @Test
  void epochWithoutAnAnswer_isNotReplaced_howeverOldItIs() {
    payer.rekey().orElseThrow();
    approve(payee.makeBill(Bench.coffee()).orElseThrow());
    bench.clock.advance(Duration.ofHours(25));
    assertThat(payer.standing().orElseThrow().rekeyDue()).isFalse();
  }
}
