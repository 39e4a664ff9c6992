package org.tallystick.stage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tallystick.answer.Outcome;
import org.tallystick.answer.ReasonClass;
import org.tallystick.code.SealedHalf;
import org.tallystick.code.TestDevice;
import org.tallystick.pairing.Placement;

/** What becomes of halves that wait: too many, too late, withdrawn, or forgotten by a hint. */
class WaitingHalvesTest extends StagesCase {
  @Test
  void ninthWaitingHalf_isRefused_andLeavesNoSlot() {
    List<SealedHalf> asks = new ArrayList<>();
    for (int i = 0; i <= Placement.MAX_WAITING; i++) {
      number = payee.nextNumber();
      asks.add(asked().seal());
    }
    bank.run(asks.toArray(SealedHalf[]::new));
    SealedHalf ninth = asks.get(Placement.MAX_WAITING);
    assertEnded(bank.answer(payee, ninth, number), Outcome.DECLINED, ReasonClass.OWN_HALF_REFUSED);
    assertThat(bank.count("select count(*) from slot where number = '" + number + "'")).isZero();
  }

  @Test
  void lateHalf_isExpired() {
    SealedHalf pay = paid().life(1_000).seal();
    bank.later(1_001);
    bank.run(pay);
    assertEnded(bank.answer(payer, pay, number), Outcome.EXPIRED, ReasonClass.TOO_LATE);
  }

  @Test
  void twinAfterTheFirstHalfsTime_bothHearExpired_withoutTheSweeper() {
    SealedHalf ask = asked().life(1_000).seal();
    bank.open(ask);
    bank.later(1_001);
    SealedHalf pay = paid().seal();
    bank.run(pay);
    assertEnded(bank.answer(payer, pay, number), Outcome.EXPIRED, ReasonClass.TOO_LATE);
    assertEnded(bank.answer(payee, ask, number), Outcome.EXPIRED, ReasonClass.TOO_LATE);
  }

  @Test
  void sweeper_endsWhatExpired_andALateTwinHearsIt() {
    SealedHalf ask = asked().life(1_000).seal();
    bank.open(ask);
    assertThat(bank.sweep()).isEmpty();
    bank.later(3_500);
    List<Hint> due = bank.sweep();
    assertThat(due).hasSize(1);
    bank.decide(due);
    assertEnded(bank.answer(payee, ask, number), Outcome.EXPIRED, ReasonClass.TOO_LATE);
    SealedHalf pay = paid().seal();
    bank.run(pay);
    assertEnded(bank.answer(payer, pay, number), Outcome.EXPIRED, ReasonClass.TOO_LATE);
  }

  @Test
  void sweeper_hintsAgain_whereAHintWasLost() {
    List<Hint> lost = bank.open(asked().seal(), paid().seal(), refused()).hints();
    assertThat(lost).hasSize(2);
    assertThat(bank.sweep()).isEmpty();
    bank.later(2_001);
    List<Hint> again = bank.sweep();
    assertThat(again).hasSameElementsAs(lost);
    assertThat(bank.sweep()).isEmpty();
    assertThat(bank.decide(again)).hasSize(3);
    bank.later(2_001);
    assertThat(bank.sweep()).isEmpty();
  }

  private SealedHalf refused() {
    return payer.terms("0123456789ABCDEF", bill).wrongPin().seal();
  }

  @Test
  void cancel_withdrawsAWaitingHalf_andThePayerHearsIt() {
    long n = payee.nextN();
    SealedHalf ask = asked().seal();
    SealedHalf cancel = asked().cancelling(n).seal();
    bank.open(ask);
    bank.run(cancel);
    assertEnded(
        bank.answer(payee, cancel, number), Outcome.CANCELLED, ReasonClass.CANCELLED_BY_PAYEE);
    assertEnded(bank.answer(payee, ask, number), Outcome.CANCELLED, ReasonClass.CANCELLED_BY_PAYEE);
    SealedHalf pay = paid().seal();
    bank.run(pay);
    assertEnded(bank.answer(payer, pay, number), Outcome.CANCELLED, ReasonClass.CANCELLED_BY_PAYEE);
    assertThat(bank.balance(payer)).isEqualTo(10_000);
  }

  @Test
  void cancel_inTheBatchOfItsHalf_works() {
    long n = payee.nextN();
    SealedHalf ask = asked().seal();
    SealedHalf cancel = asked().cancelling(n).seal();
    assertThat(bank.run(ask, cancel)).hasSize(2);
    assertEnded(bank.answer(payee, ask, number), Outcome.CANCELLED, ReasonClass.CANCELLED_BY_PAYEE);
  }

  @Test
  void cancel_afterTheDecision_comesTooLate() {
    long n = payee.nextN();
    SealedHalf ask = asked().seal();
    SealedHalf pay = paid().seal();
    bank.run(ask, pay);
    SealedHalf cancel = asked().cancelling(n).seal();
    bank.run(cancel);
    assertEnded(bank.answer(payee, cancel, number), Outcome.DECLINED, ReasonClass.TOO_LATE);
    assertThat(bank.balance(payee)).isEqualTo(1_250);
  }

  @Test
  void cancel_ofAnotherPayeesHalf_cancelsNothing() {
    SealedHalf ask = asked().seal();
    bank.open(ask);
    TestDevice stranger = bank.payee();
    // a number far behind its own, so that opening cannot tell what it stands for
    SealedHalf cancel = stranger.terms(number, bill).cancelling(3).seal();
    bank.run(cancel);
    assertEnded(
        bank.answer(stranger, cancel, number), Outcome.DECLINED, ReasonClass.OWN_HALF_REFUSED);
    SealedHalf pay = paid().seal();
    bank.run(pay);
    assertEnded(bank.answer(payer, pay, number), Outcome.APPROVED, ReasonClass.NONE);
  }

  @Test
  void cancel_again_isStillCancelled_butAStrangersIsNot() {
    long n = payee.nextN();
    bank.open(asked().seal());
    bank.run(asked().cancelling(n).seal());
    SealedHalf again = asked().cancelling(n).seal();
    bank.run(again);
    assertEnded(
        bank.answer(payee, again, number), Outcome.CANCELLED, ReasonClass.CANCELLED_BY_PAYEE);
    TestDevice stranger = bank.payee();
    SealedHalf other = stranger.terms(number, bill).cancelling(3).seal();
    bank.run(other);
    assertEnded(
        bank.answer(stranger, other, number), Outcome.DECLINED, ReasonClass.OWN_HALF_REFUSED);
  }

  @Test
  void slowHalf_whoseTwinCameAfterItsTime_isExpired_thoughOpenedSecond() {
    SealedHalf ask = asked().life(1_000).seal();
    long onDisk = bank.office.clock.millis();
    bank.later(5_000);
    SealedHalf pay = paid().seal();
    bank.open(pay);
    bank.decide(bank.openReceivedAt(ask, onDisk).hints());
    assertEnded(bank.answer(payer, pay, number), Outcome.EXPIRED, ReasonClass.TOO_LATE);
    assertEnded(bank.answer(payee, ask, number), Outcome.EXPIRED, ReasonClass.TOO_LATE);
  }
}
