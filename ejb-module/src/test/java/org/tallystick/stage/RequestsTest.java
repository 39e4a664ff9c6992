package org.tallystick.stage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tallystick.answer.Outcome;
import org.tallystick.answer.ReasonClass;
import org.tallystick.code.SealedHalf;
import org.tallystick.code.TestDevice;
import org.tallystick.codec.Base64Url;
import org.tallystick.crypto.SigningKey;
import org.tallystick.device.DeviceRegister;
import org.tallystick.keys.KeyUse;
import org.tallystick.log.LogLine;
import org.tallystick.node.Backup;
import org.tallystick.node.Server;
import org.tallystick.pin.PinVerifier;
import org.tallystick.rekey.PendingRekey;
import org.tallystick.request.ReplyBody;
import org.tallystick.request.RequestArguments;
import org.tallystick.request.RequestKind;
import org.tallystick.request.RequestResult;
import org.tallystick.request.RequestStage;
import org.tallystick.request.RequestStatus;
import org.tallystick.request.RequestsFixture;
import org.tallystick.request.SealedReply;
import org.tallystick.request.SealedRequest;
import org.tallystick.request.SentRequest;
import org.tallystick.request.StatusResult;
import org.tallystick.sequencer.NumberAt;

/** Requests over a real database: R2 to R7, rekeys, and what they do to codes. */
class RequestsTest extends StagesCase {
  private static final RequestArguments STATUS = new RequestArguments.Status(List.of());
  private static final long DAY = Duration.ofDays(1).toMillis();

  private RequestStage stage;

  @BeforeEach
  void wire() {
    stage = RequestsFixture.over(bank.office);
  }

  private byte[] challenge() {
    return RequestsFixture.challenges(bank.office).make();
  }

  private byte[] send(SentRequest sent) {
    return Server.inTransaction(
        bank.office.entities, () -> stage.answer(SealedRequest.parse(sent.text())));
  }

  private Optional<ReplyBody> read(TestDevice device, SentRequest sent, byte[] reply) {
    return SealedReply.open(
        reply,
        sent.replyTo(device.binding()),
        sent.kind(),
        bank.office.vault.signer(KeyUse.ANSWER).verificationKey());
  }

  private ReplyBody ask(TestDevice device, RequestArguments asked) {
    SentRequest sent = device.ask(challenge(), asked);
    return read(device, sent, send(sent)).orElseThrow();
  }

  private StatusResult status(NumberAt... numbers) {
    ReplyBody body = ask(payer, new RequestArguments.Status(List.of(numbers)));
    return (StatusResult) RequestResult.decode(RequestKind.STATUS, body.result());
  }

  private RequestStatus rekey(TestDevice device) {
    PendingRekey pending = device.beginRekey(challenge());
    ReplyBody body = read(device, pending.sent(), send(pending.sent())).orElseThrow();
    if (body.status() == RequestStatus.DONE) {
      device.complete(pending, rekeyed(body));
    }
    return body.status();
  }

  private static RequestResult.Rekey rekeyed(ReplyBody body) {
    return (RequestResult.Rekey) RequestResult.decode(RequestKind.REKEY, body.result());
  }

  private RequestStatus changePin(PinVerifier old, PinVerifier fresh) {
    SentRequest change = payer.askForPin(challenge(), old, fresh);
    return read(payer, change, send(change)).orElseThrow().status();
  }

  private String suspendedFor() {
    return Server.inTransaction(
        bank.office.entities,
        () ->
            new DeviceRegister(bank.office.entities)
                .byIndex(payer.index())
                .flatMap(device -> device.standing().suspendedReason())
                .map(Enum::name)
                .orElse(""));
  }

  private Outcome pay() {
    number = payee.nextNumber();
    SealedHalf ask = asked().seal();
    SealedHalf pay = paid().seal();
    bank.run(ask, pay);
    return bank.answer(payer, pay, number).outcome();
  }

  @Test
  void status_tellsHowThingsStand() {
    bank.open(asked().seal());
    SealedHalf pay = paid().seal();
    NumberAt first = new NumberAt(0, pay.n());
    assertThat(status(first).numbers().get(0).fate()).isEqualTo(StatusResult.Fate.NOT_SEEN);
    List<Hint> hints = bank.open(pay).hints();
    assertThat(status(first).numbers().get(0).fate()).isEqualTo(StatusResult.Fate.PENDING);
    bank.decide(hints);
    StatusResult status = status(first);
    assertThat(status.numbers().get(0).fate()).isEqualTo(StatusResult.Fate.FINAL);
    assertThat(status.next()).isEqualTo(pay.n() + 1);
    assertThat(status.logIndex()).isEqualTo(1);
    assertThat(status.logHead()).isEqualTo(bank.answer(payer, pay, number).line().head());
    assertThat(status.devices()).hasSize(1);
    assertThat(status.devices().get(0).limitMinor()).isEqualTo(100_000);
  }

  @Test
  void strangers_getAsManyBytesAsTheDevice_andNothingChanges() {
    SentRequest good = payer.ask(challenge(), STATUS);
    byte[] reply = send(good);
    String[] fields = good.text().split("::", -1);
    byte[] sealed = Base64Url.decode(fields[3]);
    sealed[sealed.length - 1] ^= 1;
    byte[] alias = Base64Url.decode(fields[2]);
    alias[9] ^= 1;
    for (SentRequest stranger :
        List.of(
            with(good, fields[2], sealed),
            with(good, Base64Url.encode(alias), Base64Url.decode(fields[3])),
            payer.askAs(SigningKey.generate(new SecureRandom()), challenge(), STATUS))) {
      byte[] first = send(stranger);
      assertThat(first).hasSameSizeAs(reply);
      // the form up to the IV, and from the ciphertext's head on, is that of a reply
      assertThat(first).startsWith(java.util.Arrays.copyOf(reply, 6));
      assertThat(read(payer, stranger, first)).isEmpty();
      assertThat(send(stranger)).isNotEqualTo(first);
    }
    assertThat(bank.count("select count(*) from request_reply where device_pk = " + payer.index()))
        .isZero();
    assertThat(suspendedFor()).isEmpty();
  }

  private static SentRequest with(SentRequest good, String account, byte[] sealed) {
    String[] fields = good.text().split("::", -1);
    String text = String.join("::", fields[0], fields[1], account, Base64Url.encode(sealed));
    return new SentRequest(text, good.kind(), good.epoch(), good.replyRoot());
  }

  @Test
  void challenge_ofTenMinutesAgo_isTooOld_andTheReplyBringsAnother() {
    SentRequest late = payer.ask(challenge(), STATUS);
    bank.later(Duration.ofMinutes(10).toMillis() + 1);
    ReplyBody body = read(payer, late, send(late)).orElseThrow();
    assertThat(body.status()).isEqualTo(RequestStatus.CHALLENGE_TOO_OLD);
    SentRequest next = payer.ask(body.challenge(), STATUS);
    assertThat(read(payer, next, send(next)).orElseThrow().status()).isEqualTo(RequestStatus.DONE);
  }

  @Test
  void log_givesTheLinesThatAreThere() {
    for (int i = 0; i < 3; i++) {
      pay();
    }
    ReplyBody body = ask(payer, new RequestArguments.Log(2, 9));
    assertThat(((RequestResult.Log) RequestResult.decode(RequestKind.LOG, body.result())).lines())
        .extracting(LogLine::index)
        .containsExactly(2L, 3L);
  }

  @Test
  void lostReply_toARekey_comesAgainByteForByte_andBothSidesGoOn() {
    pay();
    PendingRekey pending = payer.beginRekey(challenge());
    byte[] lost = send(pending.sent());
    bank.later(2 * DAY); // its challenge is long too old
    byte[] again = send(pending.sent());
    assertThat(again).isEqualTo(lost);
    payer.complete(pending, rekeyed(read(payer, pending.sent(), again).orElseThrow()));
    assertThat(pay()).isEqualTo(Outcome.APPROVED);
    assertThat(pay()).isEqualTo(Outcome.APPROVED);
    assertThat(status().epoch()).isEqualTo(1);
    assertThat(bank.balance(payer)).isEqualTo(10_000 - 3 * 1_250);
  }

  @Test
  void secondRekey_fromTheSameEpoch_suspends() {
    TestDevice.Copy copy = payer.copy();
    assertThat(rekey(payer)).isEqualTo(RequestStatus.DONE);
    TestDevice.Copy fresh = payer.copy();
    payer.restore(copy);
    assertThat(rekey(payer)).isEqualTo(RequestStatus.NOT_PERMITTED);
    assertThat(suspendedFor()).isEqualTo("REKEY");
    payer.restore(fresh);
    assertThat(status().state()).isEqualTo(StatusResult.DeviceStanding.SUSPENDED);
    assertThat(rekey(payer)).isEqualTo(RequestStatus.NOT_PERMITTED);
    assertThat(pay()).isEqualTo(Outcome.DECLINED);
  }

  @Test
  void rekeys_thatWereNotDue_suspendAtTheFourthInADay() {
    for (int i = 0; i < 3; i++) {
      assertThat(rekey(payer)).isEqualTo(RequestStatus.DONE);
    }
    bank.later(DAY);
    for (int i = 0; i < 4; i++) {
      assertThat(rekey(payer)).isEqualTo(RequestStatus.DONE); // the first was due
    }
    assertThat(rekey(payer)).isEqualTo(RequestStatus.NOT_PERMITTED);
    assertThat(suspendedFor()).isEqualTo("REKEY");
  }

  @Test
  void codeOfTheOldEpoch_opensBeforeAndAfterTheFirstOfTheNew_ifItWasSealedBefore() {
    String early = payee.nextNumber();
    SealedHalf earlyAsk = payee.terms(early, bill).seal();
    SealedHalf before = payer.terms(early, bill).to(payee.account()).seal();
    String late = payee.nextNumber();
    SealedHalf lateAsk = payee.terms(late, bill).seal();
    SealedHalf after = payer.terms(late, bill).to(payee.account()).seal();
    TestDevice.Copy copy = payer.copy();
    rekey(payer);
    TestDevice.Copy fresh = payer.copy();
    payer.restore(copy);
    SealedHalf never = payer.terms(late, bill).to(payee.account()).seal();
    payer.restore(fresh);

    bank.run(earlyAsk, before);
    assertEnded(bank.answer(payer, before, early), Outcome.APPROVED, ReasonClass.NONE);
    assertThat(pay()).isEqualTo(Outcome.APPROVED); // closes the old epoch
    bank.run(lateAsk, after);
    assertEnded(bank.answer(payer, after, late), Outcome.APPROVED, ReasonClass.NONE);
    assertThat(bank.run(never)).isEmpty(); // the chain of the old epoch is gone
    assertThat(suspendedFor()).isEmpty();
  }

  @Test
  void newEpoch_thatClosesTheOldBelowWhatTheBankOpened_isAFork() {
    TestDevice.Copy copy = payer.copy();
    pay();
    payer.restore(copy);
    rekey(payer);
    assertThat(pay()).isEqualTo(Outcome.ERROR);
    assertThat(suspendedFor()).isEqualTo("FORK");
  }

  @Test
  void changedPin_andTheOldOne_areGood_untilTheNewOneIsProven() {
    PinVerifier fresh = PinVerifier.ofBytes(new byte[32]);
    assertThat(changePin(payer.pin(), fresh)).isEqualTo(RequestStatus.DONE);
    assertThat(pay()).isEqualTo(Outcome.APPROVED);
    number = payee.nextNumber();
    SealedHalf pay = paid().wrongPin().seal(); // thirty-two zeros: the new one
    bank.run(asked().seal(), pay);
    assertEnded(bank.answer(payer, pay, number), Outcome.APPROVED, ReasonClass.NONE);
    assertThat(pay()).isEqualTo(Outcome.DECLINED);
  }

  @Test
  void wrongOldPin_isCounted_blocks_andAtLastSuspends() {
    PinVerifier wrong = PinVerifier.ofBytes(new byte[32]);
    List<RequestStatus> heard = new ArrayList<>();
    for (long wait : new long[] {0, 0, 0, 30_000, 120_000, 600_000}) {
      bank.later(wait);
      heard.add(changePin(wrong, wrong));
    }
    assertThat(heard.remove(2)).isEqualTo(RequestStatus.BLOCKED);
    assertThat(heard).containsOnly(RequestStatus.WRONG_PIN);
    assertThat(suspendedFor()).isEqualTo("WRONG_PINS");
  }

  @Test
  void kindWithoutARule_isRefusedInWords() {
    stage = RequestsFixture.withoutRules(bank.office);
    assertThat(ask(payee, new RequestArguments.FetchBill(new byte[10])).status())
        .isEqualTo(RequestStatus.ARGUMENTS_REFUSED);
  }

  @Test
  void replies_goAfterADay_butARekeysStaysUpToTheNext() {
    changePin(payer.pin(), payer.pin());
    rekey(payer);
    String count = "select count(*) from request_reply where device_pk = " + payer.index();
    assertThat(bank.count(count)).isEqualTo(2);
    bank.later(DAY + 1);
    Server.inTransaction(
        bank.office.entities, () -> RequestsFixture.replies(bank.office).expire(1_000));
    assertThat(bank.count(count)).isEqualTo(1);
    rekey(payer);
    assertThat(bank.count(count)).isEqualTo(1);
  }

  /** Payments of both devices that the bank will not remember; the last one keeps the number. */
  private SealedHalf[] lostPayments() {
    List<SealedHalf> lost = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      number = payee.nextNumber();
      lost.add(asked().seal());
      lost.add(paid().seal());
    }
    return lost.toArray(SealedHalf[]::new);
  }

  /** Puts the whole database back, raises the recovery epoch, and the node starts again. */
  private void restore(Backup backup) throws IOException {
    backup.restore(bank.office.entities);
    assertThat(Backup.contents(bank.office.entities)).isEqualTo(backup.contents());
    Files.writeString(keys.resolve("recovery-epoch"), "1");
    stage = RequestsFixture.over(bank.office);
  }

  @Test
  void restoredBank_underARaisedRecoveryEpoch_movesNothing_untilARekey() throws Exception {
    assertThat(pay()).isEqualTo(Outcome.APPROVED);
    Backup backup = Backup.take(bank.office.entities);
    SealedHalf[] all = lostPayments();
    PendingRekey recorded = payer.beginRekey(challenge());
    assertThat(bank.run(all)).hasSize(6);
    assertThat(changePin(payer.pin(), payer.pin())).isEqualTo(RequestStatus.DONE);
    assertThat(bank.balance(payer)).isEqualTo(10_000 - 4 * 1_250);

    restore(backup);
    assertThat(bank.balance(payer)).isEqualTo(10_000 - 1_250);
    ReplyBody late = read(payer, recorded.sent(), send(recorded.sent())).orElseThrow();
    assertThat(late.status()).isEqualTo(RequestStatus.CHALLENGE_TOO_OLD);
    bank.run(all);
    assertThat(bank.run(all)).isEmpty();
    assertThat(bank.balance(payer)).isEqualTo(10_000 - 1_250);
    assertEnded(bank.answer(payer, all[5], number), Outcome.DECLINED, ReasonClass.REKEY_FIRST);
    assertThat(bank.count("select count(*) from slot where number = '" + number + "'")).isZero();

    assertThat(rekey(payer)).isEqualTo(RequestStatus.DONE);
    assertThat(rekey(payee)).isEqualTo(RequestStatus.DONE);
    assertThat(status().recoveryEpoch()).isEqualTo(1);
    assertThat(pay()).isEqualTo(Outcome.APPROVED);
    String devices = payer.index() + ", " + payee.index();
    assertThat(
            bank.count(
                "select count(*) from device where state = 'ACTIVE' and id in (" + devices + ")"))
        .isEqualTo(2);
  }

  @Test
  void restoredBank_thatForgotTheRekey_isMetUnderThePreviousRoot() throws Exception {
    assertThat(pay()).isEqualTo(Outcome.APPROVED);
    Backup backup = Backup.take(bank.office.entities);
    TestDevice.Copy before = payer.copy();
    assertThat(rekey(payer)).isEqualTo(RequestStatus.DONE);
    assertThat(pay()).isEqualTo(Outcome.APPROVED);

    restore(backup);
    SentRequest unknown = payer.ask(challenge(), STATUS);
    assertThat(read(payer, unknown, send(unknown))).isEmpty();
    payer.restore(before); // what a device keeps of its epoch before
    assertThat(status().epoch()).isZero();
    assertThat(status().logIndex()).isEqualTo(1);
    assertThat(rekey(payer)).isEqualTo(RequestStatus.DONE);
    assertThat(rekey(payee)).isEqualTo(RequestStatus.DONE);
    assertThat(suspendedFor()).isEmpty();
    assertThat(pay()).isEqualTo(Outcome.APPROVED);
  }
}
