package org.tallystick.stage;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.tallystick.answer.ReasonClass;
import org.tallystick.code.SealedHalf;
import org.tallystick.code.TestDevice;
import org.tallystick.crypto.Sha256;
import org.tallystick.crypto.SigningKey;
import org.tallystick.request.CountersignedBinding;
import org.tallystick.request.RequestArguments;
import org.tallystick.request.RequestStatus;

/** Kind 9, one device's word for another. */
class CountersignTest extends AccountCase {
  private static final long DAY = Duration.ofDays(1).toMillis();

  private byte[] word(TestDevice signer, SigningKey key, TestDevice named, byte[] record) {
    return new CountersignedBinding(
            Sha256.of(record), named.deviceId(), signer.deviceId(), bank.office.clock.millis())
        .sign(key, signer.binding().suite(), "TL");
  }

  private RequestStatus vouch(TestDevice signer, TestDevice named) {
    byte[] sign1 = word(signer, signer.key(), named, row(named).evidence().bindingRecord());
    return status(signer, new RequestArguments.Countersign(sign1));
  }

  private boolean vouchedFor(TestDevice device) {
    return row(device).standing().countersignedAt().isPresent();
  }

  private long kept(TestDevice device) {
    return bank.count(
        "select count(*) from device_countersign where device_pk = " + device.index());
  }

  @Test
  void firstDevice_vouchesAtOnce_andTheLimitIsGone() {
    assertThat(vouch(payer, second)).isEqualTo(RequestStatus.DONE);
    assertThat(kept(second)).isEqualTo(1);
    SealedHalf dear = second.terms(number, bill).amount(200_000).to(payee.account()).seal();
    bank.run(payee.terms(number, bill).amount(200_000).seal(), dear);
    assertThat(bank.answer(second, dear, number).reason()).isEqualTo(ReasonClass.NOT_HONOURED);
  }

  @Test
  void secondDevice_vouchesAfterADay() {
    TestDevice third = another();
    assertThat(vouch(second, third)).isEqualTo(RequestStatus.NOT_PERMITTED);
    bank.later(DAY - 2); // the third came a millisecond later
    assertThat(vouch(second, third)).isEqualTo(RequestStatus.NOT_PERMITTED);
    assertThat(vouchedFor(third)).isFalse();
    bank.later(1);
    assertThat(vouch(second, third)).isEqualTo(RequestStatus.DONE);
    assertThat(vouchedFor(third)).isTrue();
  }

  @Test
  void secondWord_changesNothing() {
    vouch(payer, second);
    assertThat(vouch(payer, second)).isEqualTo(RequestStatus.DONE);
    assertThat(kept(second)).isEqualTo(1);
  }

  @Test
  void deviceOfAnotherAccount_isUnknown() {
    assertThat(vouch(payer, payee)).isEqualTo(RequestStatus.UNKNOWN);
    assertThat(vouchedFor(payee)).isFalse();
  }

  @Test
  void device_doesNotVouchForItself() {
    assertThat(vouch(payer, payer)).isEqualTo(RequestStatus.NOT_PERMITTED);
    assertThat(vouchedFor(payer)).isFalse();
  }

  @Test
  void wordThatIsNotTheAskersOwn_isRefused() {
    byte[] record = row(second).evidence().bindingRecord();
    TestDevice third = another();
    byte[] forged = word(payer, SigningKey.generate(bank.office.random), second, record);
    assertThat(status(payer, new RequestArguments.Countersign(forged)))
        .isEqualTo(RequestStatus.ARGUMENTS_REFUSED);
    byte[] inAnothersName = word(third, payer.key(), second, record);
    assertThat(status(payer, new RequestArguments.Countersign(inAnothersName)))
        .isEqualTo(RequestStatus.NOT_PERMITTED);
    byte[] anotherRecord = word(payer, payer.key(), second, new byte[99]);
    assertThat(status(payer, new RequestArguments.Countersign(anotherRecord)))
        .isEqualTo(RequestStatus.NOT_PERMITTED);
    assertThat(vouchedFor(second)).isFalse();
  }

  @Test
  void suspendedDevice_isNotVouchedFor() {
    ask(payer, new RequestArguments.NotMe(second.deviceId(), null));
    assertThat(vouch(payer, second)).isEqualTo(RequestStatus.NOT_PERMITTED);
  }
}
