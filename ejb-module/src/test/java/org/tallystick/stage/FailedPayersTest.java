package org.tallystick.stage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tallystick.answer.Outcome;
import org.tallystick.answer.ReasonClass;
import org.tallystick.code.SealedHalf;
import org.tallystick.code.TestDevice;
import org.tallystick.crypto.SigningKey;

/**
 * P2 and P3: whoever saw a bill can make a half for it that does not agree, or stop being good
 * before the decision. Such a half ends alone, and the payee's waits on for another.
 */
class FailedPayersTest extends StagesCase {
  private SealedHalf ask;

  private TestDevice stranger() {
    return bank.payer(10_000);
  }

  private TestDevice.Terms of(TestDevice device) {
    return device.terms(number, bill).to(payee.account());
  }

  private void assertWaits() {
    assertThat(bank.stored(ask)).isEmpty();
    assertThat(
            bank.count(
                "select count(*) from half h join slot s on s.payee_half = h.id"
                    + " where h.state = 'WAITING' and s.state = 'OPEN' and s.payer_half is null"
                    + " and s.number = '"
                    + number
                    + "'"))
        .isEqualTo(1);
  }

  private void assertPaysNow() {
    SealedHalf pay = paid().seal();
    bank.run(pay);
    assertEnded(bank.answer(payer, pay, number), Outcome.APPROVED, ReasonClass.NONE);
    assertEnded(bank.answer(payee, ask, number), Outcome.APPROVED, ReasonClass.NONE);
    assertThat(bank.balance(payee)).isEqualTo(1_250);
  }

  private long failed() {
    return bank.count("select failed_payer_halves from slot where number = '" + number + "'");
  }

  @Test
  void otherAmount_endsAlone_andAnotherPays() {
    ask = asked().seal();
    TestDevice stranger = stranger();
    SealedHalf odd = of(stranger).amount(1_249).seal();
    bank.run(ask, odd);
    assertEnded(
        bank.answer(stranger, odd, number), Outcome.DECLINED, ReasonClass.HALVES_DO_NOT_MATCH);
    assertThat(reasons()).contains("MISMATCH_AMOUNT");
    assertThat(failed()).isEqualTo(1);
    assertWaits();
    assertPaysNow();
  }

  @Test
  void otherPayee_endsAlone_andAnotherPays() {
    ask = asked().seal();
    TestDevice stranger = stranger();
    SealedHalf odd = of(stranger).to(payer.account()).seal();
    bank.run(ask, odd);
    assertEnded(
        bank.answer(stranger, odd, number), Outcome.DECLINED, ReasonClass.HALVES_DO_NOT_MATCH);
    assertThat(reasons()).contains("MISMATCH_COUNTERPARTY");
    assertWaits();
    assertPaysNow();
  }

  @Test
  void payerWhomThePayeeDidNotName_endsAlone_andTheNamedOnePays() {
    ask = asked().to(payer.account()).seal();
    TestDevice stranger = stranger();
    SealedHalf odd = of(stranger).seal();
    bank.run(ask, odd);
    assertEnded(
        bank.answer(stranger, odd, number), Outcome.DECLINED, ReasonClass.HALVES_DO_NOT_MATCH);
    assertWaits();
    assertPaysNow();
  }

  @Test
  void oddHalf_thatWasFirst_endsWhenThePayeesComes_andAnotherPays() {
    TestDevice stranger = stranger();
    SealedHalf odd = of(stranger).amount(1).seal();
    bank.open(odd);
    ask = asked().seal();
    bank.run(ask);
    assertEnded(
        bank.answer(stranger, odd, number), Outcome.DECLINED, ReasonClass.HALVES_DO_NOT_MATCH);
    assertWaits();
    assertPaysNow();
  }

  @Test
  void payeesHalf_waitsItsOwnTime_whateverTheOddOneSaid() {
    SealedHalf odd = of(stranger()).amount(1).life(1_000).seal();
    bank.open(odd);
    ask = asked().life(60_000).seal();
    bank.run(ask);
    bank.later(50_000);
    bank.sweep();
    assertWaits();
    assertPaysNow();
  }

  @Test
  void payeesHalf_expires_whenItsOwnTimeIsOver() {
    bank.open(of(stranger()).amount(1).life(600_000).seal());
    ask = asked().life(60_000).seal();
    bank.run(ask);
    bank.later(62_001);
    bank.sweep();
    long half = bank.count("select payee_half from slot where number = '" + number + "'");
    bank.decide(List.of(Hint.half(half))); // and nothing that other tests left
    assertEnded(bank.answer(payee, ask, number), Outcome.EXPIRED, ReasonClass.TOO_LATE);
  }

  @Test
  void suspendedPayer_endsAlone_andAnotherPays() {
    TestDevice stranger = stranger();
    SealedHalf good = of(stranger).seal();
    bank.open(good);
    bank.run(of(stranger).signedBy(SigningKey.generate(bank.office.random)).seal());
    ask = asked().seal();
    bank.run(ask);
    assertEnded(
        bank.answer(stranger, good, number), Outcome.DECLINED, ReasonClass.DEVICE_SUSPENDED);
    assertWaits();
    assertPaysNow();
  }

  @Test
  void suspendedPayee_endsBoth_alsoWhereThePayersHalfIsOdd() {
    ask = asked().seal();
    bank.open(ask);
    bank.run(
        payee
            .terms(payee.nextNumber(), bill)
            .signedBy(SigningKey.generate(bank.office.random))
            .seal());
    SealedHalf odd = paid().amount(1).seal();
    bank.run(odd);
    assertEnded(bank.answer(payee, ask, number), Outcome.DECLINED, ReasonClass.DEVICE_SUSPENDED);
    assertEnded(bank.answer(payer, odd, number), Outcome.DECLINED, ReasonClass.NOT_HONOURED);
  }

  @Test
  void hintThatComesAgain_afterTheReturnOfTheSlot_changesNothing() {
    ask = asked().seal();
    List<Hint> hints = bank.open(ask, of(stranger()).amount(1).seal()).hints();
    assertThat(bank.decide(hints)).hasSize(1);
    assertThat(bank.decide(hints)).isEmpty();
    assertThat(failed()).isEqualTo(1);
    assertWaits();
    assertPaysNow();
  }

  @Test
  void payeesHalf_thatWaitsAgain_isCancelled() {
    long n = payee.nextN();
    ask = asked().seal();
    bank.run(ask, of(stranger()).amount(1).seal());
    bank.run(asked().cancelling(n).seal());
    assertEnded(bank.answer(payee, ask, number), Outcome.CANCELLED, ReasonClass.CANCELLED_BY_PAYEE);
  }

  @Test
  void fifthOddHalf_endsThePayeesToo_andTheBillIsClosed() {
    ask = asked().seal();
    bank.open(ask);
    TestDevice stranger = stranger();
    for (int i = 0; i < 4; i++) {
      bank.run(of(stranger).amount(1 + i).seal());
      assertWaits();
    }
    bank.run(of(stranger).amount(9).seal());
    assertEnded(bank.answer(payee, ask, number), Outcome.DECLINED, ReasonClass.NOT_HONOURED);
    SealedHalf good = paid().seal();
    bank.run(good);
    assertEnded(bank.answer(payer, good, number), Outcome.DECLINED, ReasonClass.OWN_HALF_REFUSED);
    assertThat(reasons()).contains("BILL_EXHAUSTED");
    assertThat(bank.balance(payer)).isEqualTo(10_000);
  }

  @Test
  void oddHalvesAndWrongPins_countTogether() {
    ask = asked().seal();
    bank.open(ask);
    TestDevice stranger = stranger();
    for (int i = 0; i < 4; i++) {
      bank.run(of(stranger).amount(1 + i).seal());
    }
    bank.run(of(stranger).wrongPin().seal());
    assertEnded(bank.answer(payee, ask, number), Outcome.DECLINED, ReasonClass.NOT_HONOURED);
  }

  @Test
  void waitingPayer_isNotEndedByFiveOthersThatFail() {
    SealedHalf pay = paid().seal();
    bank.open(pay);
    List<SealedHalf> wrong = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      wrong.add(of(stranger()).wrongPin().seal());
    }
    bank.run(wrong.toArray(SealedHalf[]::new));
    ask = asked().seal();
    bank.run(ask);
    assertEnded(bank.answer(payer, pay, number), Outcome.APPROVED, ReasonClass.NONE);
  }
}
