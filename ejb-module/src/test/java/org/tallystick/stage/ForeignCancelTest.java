package org.tallystick.stage;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.tallystick.answer.Outcome;
import org.tallystick.answer.ReasonClass;
import org.tallystick.code.SealedHalf;
import org.tallystick.code.TestDevice;

/**
 * Property 4: another provider's cancel that names bill and sequencer number rightly, and whose own
 * number of that value the bank can no longer check, still withdraws nothing (P6).
 */
class ForeignCancelTest extends StagesCase {
  @Test
  void cancel_ofTheRightNumberByAnotherDevice_cancelsNothing() {
    TestDevice stranger = bank.payee();
    long n = stranger.nextN();
    stranger.terms(stranger.nextNumber(), bill).seal(); // is never sent
    bank.open(stranger.terms(stranger.nextNumber(), bill).seal());
    bank.later(Duration.ofHours(25).toMillis()); // and its key is gone
    bank.open(stranger.terms(stranger.nextNumber(), bill).seal());

    number = payee.nextNumber();
    assertThat(payee.nextN()).isEqualTo(n);
    bank.open(asked().seal());
    SealedHalf cancel = stranger.terms(number, bill).cancelling(n).seal();
    bank.run(cancel);
    assertEnded(
        bank.answer(stranger, cancel, number), Outcome.DECLINED, ReasonClass.OWN_HALF_REFUSED);

    SealedHalf pay = paid().seal();
    bank.run(pay);
    assertEnded(bank.answer(payer, pay, number), Outcome.APPROVED, ReasonClass.NONE);
  }
}
