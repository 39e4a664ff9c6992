package org.tallystick.stage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.tallystick.answer.Outcome;
import org.tallystick.answer.ReasonClass;
import org.tallystick.code.SealedHalf;
import org.tallystick.code.TestDevice;
import org.tallystick.code.TransactionNumber;
import org.tallystick.device.DeviceState;
import org.tallystick.device.SuspensionReason;
import org.tallystick.notice.NoticeSubject;
import org.tallystick.request.ReplyBody;
import org.tallystick.request.RequestArguments;
import org.tallystick.request.RequestKind;
import org.tallystick.request.RequestResult;
import org.tallystick.request.RequestStatus;
import org.tallystick.sequencer.DownChain;

/** Kind 8, not me. */
class NotMeTest extends AccountCase {
  private static RequestArguments notMe(@Nullable TestDevice device, @Nullable String number) {
    return new RequestArguments.NotMe(
        device == null ? null : device.deviceId(),
        number == null ? null : TransactionNumber.bytes(number));
  }

  private static RequestResult.NotMe done(ReplyBody body) {
    assertThat(body.status()).isEqualTo(RequestStatus.DONE);
    return (RequestResult.NotMe) RequestResult.decode(RequestKind.NOT_ME, body.result());
  }

  private void answerWhatEnded() {
    bank.later(1);
    Hint ended = Hint.half(bank.count("select id from half where number = '" + number + "'"));
    assertThat(bank.sweep()).contains(ended);
    bank.decide(List.of(ended));
  }

  @Test
  void otherDevice_isSuspended_andTheRestOfTheAccountHears() {
    TestDevice third = another();
    tell();
    DownChain chain = chain(third);
    DownChain asker = chain(second);
    assertThat(done(ask(second, notMe(payer, null))))
        .isEqualTo(new RequestResult.NotMe(true, false));
    assertThat(row(payer).standing().suspendedReason()).contains(SuspensionReason.OWNER);
    tell();
    assertThat(fetch(third, chain).subject().encode())
        .isEqualTo(new NoticeSubject.DeviceSuspended(payer.deviceId(), "OWNER").encode());
    assertThat(
            fetch(third, chain.next(third.binding().suite(), third.deviceId())).subject().encode())
        .isEqualTo(new NoticeSubject.NotMeUsed(payer.deviceId(), null).encode());
    assertThat(fetch(second, asker).subject()).isInstanceOf(NoticeSubject.DeviceSuspended.class);
    assertThat(chain(second).made() - asker.made()).isEqualTo(1);
  }

  @Test
  void ownDevice_maySuspendItself() {
    assertThat(done(ask(payer, notMe(payer, null))))
        .isEqualTo(new RequestResult.NotMe(true, false));
    assertThat(row(payer).state()).isEqualTo(DeviceState.SUSPENDED);
    assertThat(status(payer, notMe(second, null))).isEqualTo(RequestStatus.NOT_PERMITTED);
    assertThat(row(second).state()).isEqualTo(DeviceState.ACTIVE);
  }

  @Test
  void deviceOfAnotherAccount_isUnknown() {
    assertThat(status(second, notMe(payee, null))).isEqualTo(RequestStatus.UNKNOWN);
    assertThat(row(payee).state()).isEqualTo(DeviceState.ACTIVE);
  }

  @Test
  void suspendedDevice_isNotSuspendedAgain() {
    ask(second, notMe(payer, null));
    assertThat(status(second, notMe(payer, null))).isEqualTo(RequestStatus.NOT_PERMITTED);
  }

  @Test
  void waitingHalf_ends_andTheTwinHearsNotHonoured() {
    SealedHalf pay = paid().seal();
    bank.run(pay);
    assertThat(done(ask(second, notMe(null, number))))
        .isEqualTo(new RequestResult.NotMe(false, true));
    answerWhatEnded();
    assertEnded(bank.answer(payer, pay, number), Outcome.DECLINED, ReasonClass.DEVICE_SUSPENDED);

    SealedHalf ask = asked().seal();
    bank.run(ask);
    assertEnded(bank.answer(payee, ask, number), Outcome.DECLINED, ReasonClass.NOT_HONOURED);
    assertThat(bank.balance(payer)).isEqualTo(10_000);
    assertThat(reasons()).containsOnly("NOT_ME_PAYER");
  }

  @Test
  void laterHalfOfTheSameRole_isRefusedAsTaken() {
    bank.run(paid().seal());
    ask(second, notMe(payer, number));
    TestDevice stranger = bank.payer(5_000);
    SealedHalf late = stranger.terms(number, bill).to(payee.account()).seal();
    bank.run(late);
    assertEnded(
        bank.answer(stranger, late, number), Outcome.DECLINED, ReasonClass.OWN_HALF_REFUSED);
  }

  @Test
  void halfOfAnotherAccount_goesOnWaiting() {
    bank.open(asked().seal());
    assertThat(status(second, notMe(null, number))).isEqualTo(RequestStatus.UNKNOWN);
    SealedHalf pay = paid().seal();
    bank.run(pay);
    assertEnded(bank.answer(payer, pay, number), Outcome.APPROVED, ReasonClass.NONE);
  }

  @Test
  void decidedSlot_stays() {
    SealedHalf pay = paid().seal();
    bank.run(asked().seal(), pay);
    assertThat(status(second, notMe(null, number))).isEqualTo(RequestStatus.NOT_PERMITTED);
    assertThat(done(ask(second, notMe(payer, number))))
        .isEqualTo(new RequestResult.NotMe(true, false));
    assertThat(bank.balance(payer)).isEqualTo(8_750);
  }

  @Test
  void unknownNumber_isUnknown_andNobodyHears() {
    tell();
    assertThat(status(second, notMe(null, number))).isEqualTo(RequestStatus.UNKNOWN);
    assertThat(tell()).isEmpty();
  }
}
