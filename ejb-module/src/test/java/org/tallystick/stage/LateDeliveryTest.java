package org.tallystick.stage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.tallystick.answer.Outcome;
import org.tallystick.answer.ReasonClass;
import org.tallystick.code.SealedHalf;

/**
 * Properties 3 and 5: a code that reaches the bank's disk after its notAfter moves nothing, whoever
 * held it back; one that was there in time is not punished for the bank's own slowness.
 */
class LateDeliveryTest extends StagesCase {
  private static final long LIFE = 60_000;

  private long onDisk(long afterStart) {
    return start + afterStart;
  }

  private long start;

  private SealedHalf ask() {
    start = bank.office.clock.millis();
    return asked().life(LIFE).seal();
  }

  private SealedHalf pay() {
    return paid().life(LIFE).seal();
  }

  private List<Hint> deliver(SealedHalf half, long afterStart) {
    return bank.openReceivedAt(half, onDisk(afterStart)).hints();
  }

  private void assertNothingMoved() {
    assertThat(bank.balance(payer)).isEqualTo(10_000);
    assertThat(bank.balance(payee)).isZero();
  }

  private void assertTooLate(SealedHalf payerHalf, SealedHalf payeeHalf) {
    assertNothingMoved();
    assertEnded(bank.answer(payer, payerHalf, number), Outcome.EXPIRED, ReasonClass.TOO_LATE);
    assertEnded(bank.answer(payee, payeeHalf, number), Outcome.EXPIRED, ReasonClass.TOO_LATE);
  }

  @Test
  void payerHalf_heldBackPastItsEnd_movesNothing_forEither() {
    SealedHalf ask = ask();
    SealedHalf pay = pay();
    deliver(ask, 0);
    bank.later(LIFE + 1);
    bank.decide(deliver(pay, LIFE + 1));
    assertEnded(bank.answer(payer, pay, number), Outcome.EXPIRED, ReasonClass.TOO_LATE);
    bank.later(10_000);
    bank.decide(bank.sweep());
    assertTooLate(pay, ask);
  }

  @Test
  void payeeHalf_heldBackPastItsEnd_movesNothing_forEither() {
    SealedHalf ask = ask();
    SealedHalf pay = pay();
    deliver(pay, 0);
    bank.later(LIFE + 1);
    bank.decide(deliver(ask, LIFE + 1));
    bank.later(10_000);
    bank.decide(bank.sweep());
    assertTooLate(pay, ask);
  }

  @Test
  void bothHalves_heldBackTogether_moveNothing() {
    SealedHalf ask = ask();
    SealedHalf pay = pay();
    bank.later(LIFE + 1);
    long late = onDisk(LIFE + 1);
    bank.decide(bank.openReceivedAt(ask, late).hints());
    bank.decide(bank.openReceivedAt(pay, late).hints());
    assertTooLate(pay, ask);
  }

  /** A late code uses its number up, so that it cannot come a second time. */
  @Test
  void lateHalf_again_isTheSameAnswer() {
    SealedHalf ask = ask();
    bank.later(LIFE + 1);
    bank.decide(deliver(ask, LIFE + 1));
    byte[] first = bank.stored(ask).get(0).sealed();
    assertThat(deliver(ask, LIFE + 2)).isEmpty();
    assertThat(bank.stored(ask).get(0).sealed()).isEqualTo(first);
  }

  @Test
  void lastMillisecond_isInTime() {
    SealedHalf ask = ask();
    SealedHalf pay = pay();
    deliver(ask, 0);
    bank.later(LIFE);
    bank.decide(deliver(pay, LIFE));
    assertEnded(bank.answer(payer, pay, number), Outcome.APPROVED, ReasonClass.NONE);
  }

  /** The time that counts is that at which the code was on disk, not that of its opening. */
  @Test
  void halvesInTime_openedMuchLater_areDecided() {
    SealedHalf ask = ask();
    SealedHalf pay = pay();
    bank.later(10 * LIFE);
    deliver(ask, LIFE);
    bank.decide(deliver(pay, LIFE));
    assertEnded(bank.answer(payer, pay, number), Outcome.APPROVED, ReasonClass.NONE);
    assertThat(bank.balance(payee)).isEqualTo(1_250);
  }
}
