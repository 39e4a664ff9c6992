package org.tallystick.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tallystick.answer.ReasonClass;
import org.tallystick.bill.Bill;
import org.tallystick.code.Conditions;
import org.tallystick.code.TransactionNumber;
import org.tallystick.device.bill.BillForms;
import org.tallystick.device.bill.BillRequest;
import org.tallystick.device.fixture.Bench;
import org.tallystick.device.result.Result;
import org.tallystick.device.state.Ending;
import org.tallystick.device.state.FinishedEntry;
import org.tallystick.device.state.OutboxEntry;
import org.tallystick.notice.NoticeSubject;
import org.tallystick.request.RequestResult;
import org.tallystick.request.StatusResult;
import org.tallystick.request.StatusResult.Fate;

/** Requests, rekeys and notices between one device and a bank in memory: sections 10 and 11. */
class RequestFlowTest {
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
    return payee.makeBill(Bench.coffee()).orElseThrow();
  }

  private OutboxEntry approve(OutboxEntry bill, String pin) {
    return payer
        .readBill(payee.bill(bill.number()).orElseThrow().qrText())
        .then(checked -> payer.approve(checked, null, pin.toCharArray()))
        .orElseThrow();
  }

  private void pay() {
    OutboxEntry bill = bill();
    OutboxEntry half = approve(bill, Bench.PIN);
    payee.send(bill).orElseThrow();
    payer.send(half).orElseThrow();
    assertThat(payer.awaitAnswer(half, ONCE).orElseThrow().ending()).isEqualTo(Ending.APPROVED);
    assertThat(payee.awaitAnswer(bill, ONCE).orElseThrow().ending()).isEqualTo(Ending.APPROVED);
  }

  private long epoch(TallystickDevice device) {
    return device.standing().orElseThrow().epoch();
  }

  private static void assertRefused(Result<?> result, String step) {
    assertThat(result.refusal().map(why -> why.type()).orElse("done")).endsWith(":" + step);
  }

  @Test
  void rekey_newEpoch_paysOnAndLogGoesOn() {
    pay();
    payer.rekey().orElseThrow();
    payee.rekey().orElseThrow();
    assertThat(epoch(payer)).isEqualTo(1);
    pay();
    pay();
    assertThat(payer.logIndex()).isEqualTo(3);
    assertThat(bench.events.seen).contains("REKEYED", "epoch 1");
  }

  @Test
  void rekey_codeInFlight_isStillOpened() {
    OutboxEntry bill = bill();
    OutboxEntry half = approve(bill, Bench.PIN);
    payer.rekey().orElseThrow();
    payee.send(bill).orElseThrow();
    payer.send(half).orElseThrow();
    assertThat(payer.awaitAnswer(half, ONCE).orElseThrow().ending()).isEqualTo(Ending.APPROVED);
    payee.awaitAnswer(bill, ONCE).orElseThrow();
    pay();
  }

  @Test
  void rekey_lostReply_getsTheSameBytesAgainAndOneEpoch() {
    bench.bank.losesReplies(true);
    assertThat(payer.rekey().refusal()).isPresent();
    bench.bank.losesReplies(false);
    payer.close();
    payer = bench.open("payer");
    payer.resume();
    assertThat(epoch(payer)).isLessThanOrEqualTo(1);
    payer.rekey().orElseThrow();
    long before = epoch(payer);
    assertThat(before).isPositive();
    pay();
  }

  @Test
  void rekey_replyLostAfterItWasSent_isSettledByTheSameText() {
    payer.askStatus().orElseThrow(); // leaves a challenge
    bench.bank.losesReplies(true);
    assertThat(payer.rekey().refusal()).isPresent();
    List<String> sent = bench.bank.requests().texts();
    assertThat(sent).hasSize(2);
    bench.bank.losesReplies(false);
    payer.resume();
    List<String> after = bench.bank.requests().texts();
    assertThat(after.get(2)).isEqualTo(sent.get(1));
    assertThat(epoch(payer)).isEqualTo(1);
    pay();
  }

  @Test
  void rekey_fromACopyOfTheState_suspendsTheDevice() throws Exception {
    Path copy = folder.resolve("copy.state");
    Files.copy(bench.stateFile("payer"), copy);
    payer.rekey().orElseThrow();
    payer.close();
    Files.delete(bench.stateFile("payer"));
    Files.move(copy, bench.stateFile("payer"));
    payer = bench.open("payer");
    assertRefused(payer.rekey(), "not-permitted");
    assertThat(payer.askStatus().orElseThrow().state())
        .isEqualTo(StatusResult.DeviceStanding.SUSPENDED);
    assertThat(bench.events.seen).contains("suspended");
  }

  @Test
  void restoredState_behindTheBank_looksLikeACopyAndIsSuspended() throws Exception {
    Path copy = folder.resolve("copy.state");
    Files.copy(bench.stateFile("payer"), copy);
    pay();
    pay();
    payer.close();
    Files.delete(bench.stateFile("payer"));
    Files.move(copy, bench.stateFile("payer"));
    payer = bench.open("payer");
    payer.askStatus().orElseThrow();
    assertThat(epoch(payer)).isEqualTo(1);
    assertThat(payer.fillLog().orElseThrow()).isEqualTo(2);
    OutboxEntry half = approve(bill(), Bench.PIN);
    payer.send(half).orElseThrow();
    FinishedEntry ended = payer.awaitAnswer(half, ONCE).orElseThrow();
    assertThat(ended.ending()).isEqualTo(Ending.ERROR);
    assertThat(ended.reason()).isEqualTo(ReasonClass.DEVICE_SUSPENDED);
  }

  @Test
  void bank_restoredToBeforeTheRekey_isMetUnderThePreviousRoot() {
    pay();
    bench.bank.remember("payer");
    payer.rekey().orElseThrow();
    bench.bank.forgetSince("payer");
    bench.bank.recover();
    assertRefused(payer.askStatus(), "R8"); // an unknown root, and the fresh key set is here now
    payee.askStatus().orElseThrow();
    pay();
    assertThat(epoch(payer)).isEqualTo(2);
  }

  @Test
  void reply_garbledUnderARaisedRecoveryEpoch_doesNotFallBack() {
    payer.rekey().orElseThrow();
    bench.bank.recover();
    bench.bank.requests().talksNonsense(true);
    payer.askStatus();
    assertRefused(payer.rekey(), "R8");
    bench.bank.requests().talksNonsense(false);
    payee.askStatus().orElseThrow();
    pay();
    assertThat(epoch(payer)).isEqualTo(2);
  }

  @Test
  void restoredState_sealsAUsedNumber_endsNotAcceptedAndRekeys() throws Exception {
    Path copy = folder.resolve("copy.state");
    Files.copy(bench.stateFile("payer"), copy);
    pay();
    payer.close();
    Files.delete(bench.stateFile("payer"));
    Files.move(copy, bench.stateFile("payer"));
    payer = bench.open("payer");
    OutboxEntry bill = bill();
    OutboxEntry half = approve(bill, Bench.PIN);
    payer.send(half).orElseThrow();
    assertThat(payer.awaitAnswer(half, ONCE).orElseThrow().ending()).isEqualTo(Ending.NOT_ACCEPTED);
    assertThat(payer.openHalves()).isEmpty();
    assertThat(epoch(payer)).isEqualTo(1);
  }

  @Test
  void recoveryEpoch_raised_rekeysBeforeTheNextHalf() {
    pay();
    bench.bank.recover();
    OutboxEntry bill = bill(); // made by a device that has not heard of it
    payee.send(bill).orElseThrow();
    FinishedEntry ended = payee.awaitAnswer(bill, ONCE).orElseThrow();
    assertThat(ended.reason()).isEqualTo(ReasonClass.REKEY_FIRST);
    assertThat(epoch(payee)).isEqualTo(1);
    payer.askStatus().orElseThrow();
    assertThat(epoch(payer)).isEqualTo(1);
    pay();
  }

  @Test
  void reply_ofAStranger_changesNothing() {
    bench.bank.requests().talksNonsense(true);
    assertRefused(payer.askStatus(), "R8");
    assertRefused(payer.rekey(), "R8");
    assertThat(epoch(payer)).isZero();
    bench.bank.requests().talksNonsense(false);
    payer.resume();
    assertThat(epoch(payer)).isEqualTo(1);
    pay();
  }

  @Test
  void challenge_tooOld_isReplacedOnce() {
    payer.askStatus().orElseThrow();
    bench.clock.advance(Duration.ofMinutes(11));
    payer.askStatus().orElseThrow();
    assertThat(bench.bank.requests().texts()).hasSize(3);
  }

  @Test
  void pin_changed_newOnePays() {
    payer.account().changePin(Bench.PIN.toCharArray(), "98765".toCharArray()).orElseThrow();
    OutboxEntry bill = bill();
    OutboxEntry half = approve(bill, "98765");
    payee.send(bill).orElseThrow();
    payer.send(half).orElseThrow();
    assertThat(payer.awaitAnswer(half, ONCE).orElseThrow().ending()).isEqualTo(Ending.APPROVED);
  }

  @Test
  void pin_changeWithAWrongOldOne_changesNothing() {
    assertRefused(
        payer.account().changePin("0000".toCharArray(), "98765".toCharArray()), "wrong-pin");
    pay();
  }

  @Test
  void bill_lodged_isFetchedByItsTypedNumber() {
    OutboxEntry bill = bill();
    payee.lodge(bill.number()).orElseThrow();
    String typed = BillForms.typable(bill.number());
    Bill.Checked fetched = payer.fetchBill(BillForms.typed(typed)).orElseThrow();
    assertThat(fetched.body().number()).isEqualTo(bill.number());
    assertRefused(payer.fetchBill("0123456789ABCDEF"), "gone");
  }

  @Test
  void bill_underADrawnNumber_carriesIt() {
    RequestResult.DrawnNumber drawn = payee.account().number().orElseThrow();
    String number = TransactionNumber.text(drawn.number());
    BillRequest coffee = Bench.coffee();
    OutboxEntry bill =
        payee
            .makeBill(
                new BillRequest(
                    coffee.items(),
                    coffee.tax(),
                    null,
                    coffee.life(),
                    number,
                    true,
                    Conditions.NONE,
                    false))
            .orElseThrow();
    assertThat(bill.number()).isEqualTo(number);
    assertThat(payee.bill(number).orElseThrow().body().presence()).isTrue();
    assertThat(bill.terms().extensions().other()).containsKey("presence");
  }

  @Test
  void notices_inOrder_areTakenOnceAndLogged() {
    byte[] phone = payer.identity().orElseThrow().binding().deviceId();
    bench.bank.requests().notice("payer", new NoticeSubject.NotMeUsed(phone, null));
    bench.bank.requests().notice("payer", new NoticeSubject.DeviceSuspended(phone, "OWNER"));
    assertThat(payer.takeNotices(ONCE).orElseThrow()).isEqualTo(2);
    assertThat(payer.takeNotices(ONCE).orElseThrow()).isZero();
    assertThat(payer.notices()).hasSize(2);
    assertThat(payer.logIndex()).isEqualTo(2);
    assertThat(bench.events.seen).contains("notice 3", "notice 2", "suspended");
  }

  @Test
  void notices_ofTheEpochBefore_areFetchedAfterARekey() {
    byte[] phone = payer.identity().orElseThrow().binding().deviceId();
    bench.bank.requests().notice("payer", new NoticeSubject.NotMeUsed(phone, null));
    payer.rekey().orElseThrow();
    bench.bank.requests().notice("payer", new NoticeSubject.NotMeUsed(null, "0123456789ABCDEF"));
    assertThat(payer.takeNotices(ONCE).orElseThrow()).isEqualTo(2);
    assertThat(payer.notices().get(0).epoch()).isZero();
    assertThat(payer.notices().get(1).epoch()).isEqualTo(1);
  }

  @Test
  void notice_behindALineThatNobodyBrought_fillsTheLog() {
    OutboxEntry bill = bill();
    OutboxEntry half = approve(bill, Bench.PIN);
    payee.send(bill).orElseThrow();
    payer.send(half).orElseThrow();
    bench.bank.requests().notice("payer", new NoticeSubject.NotMeUsed(null, "0123456789ABCDEF"));
    assertThat(payer.takeNotices(ONCE).orElseThrow()).isEqualTo(1);
    assertThat(payer.logIndex()).isEqualTo(2);
    assertThat(payer.awaitAnswer(half, ONCE).orElseThrow().ending()).isEqualTo(Ending.APPROVED);
    assertThat(payer.logIndex()).isEqualTo(2);
  }

  @Test
  void countersign_ofADeviceThatANoticeToldOf_isSigned() {
    byte[] other = new byte[16];
    byte[] record = bench.bank.requests().bindingRecord("payer", other);
    assertRefused(payer.account().countersign(other), "countersign");
    bench.bank.requests().notice("payer", new NoticeSubject.DeviceBound(record));
    payer.takeNotices(ONCE).orElseThrow();
    payer.account().countersign(other).orElseThrow();
    assertThat(bench.bank.requests().countersigned())
        .singleElement()
        .satisfies(signed -> assertThat(signed.deviceId()).isEqualTo(other));
  }

  @Test
  void notMe_nothingNamed_isRefusedHere() {
    assertRefused(payer.account().notMe(null, null), "not-me");
    byte[] phone = payer.identity().orElseThrow().binding().deviceId();
    assertThat(payer.account().notMe(phone, null).orElseThrow().deviceSuspended()).isTrue();
  }

  @Test
  void status_ofAnOpenHalf_saysWhatBecameOfIt() {
    OutboxEntry bill = bill();
    assertThat(payee.askStatus().orElseThrow().numbers())
        .singleElement()
        .satisfies(one -> assertThat(one.fate()).isEqualTo(Fate.NOT_SEEN));
    payee.send(bill).orElseThrow();
    assertThat(payee.askStatus().orElseThrow().numbers())
        .singleElement()
        .satisfies(one -> assertThat(one.fate()).isEqualTo(Fate.PENDING));
  }

  @Test
  void lostHalf_longOver_endsNotAccepted() {
    OutboxEntry bill = bill();
    bench.clock.advance(Duration.ofHours(25));
    payee.askStatus().orElseThrow();
    assertThat(payee.openHalves()).isEmpty();
    assertThat(payee.receipts())
        .filteredOn(entry -> entry.number().equals(bill.number()))
        .extracting(FinishedEntry::ending)
        .contains(Ending.NOT_ACCEPTED);
  }

  @Test
  void epoch_hundredNumbersUsed_isReplacedAfterAnAnswer() {
    for (int i = 0; i < 100; i++) {
      OutboxEntry bill = bill();
      payee.send(bill).orElseThrow();
      OutboxEntry half = approve(bill, Bench.PIN);
      payer.send(half).orElseThrow();
      payer.awaitAnswer(half, ONCE).orElseThrow();
      payee.awaitAnswer(bill, ONCE).orElseThrow();
    }
    assertThat(epoch(payee)).isEqualTo(1);
    pay();
  }
}
