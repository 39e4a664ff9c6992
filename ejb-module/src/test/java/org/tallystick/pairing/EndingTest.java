package org.tallystick.pairing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.tallystick.answer.Outcome;
import org.tallystick.answer.ReasonClass;
import org.tallystick.code.Refusal;
import org.tallystick.code.Role;

/** Who hears what: docs/PROTOCOL.md section 8. */
class EndingTest {
  @ParameterizedTest
  @EnumSource(Refusal.class)
  void everyRefusal_hasAnEnding(Refusal refusal) {
    assertThat(Ending.of(refusal).name()).isEqualTo(refusal.name());
    assertThat(Ending.of(refusal).outcome()).isNotEqualTo(Outcome.APPROVED);
  }

  @ParameterizedTest
  @EnumSource(Mismatch.class)
  void everyMismatch_isThePayersAlone(Mismatch mismatch) {
    Ending ending = Ending.of(mismatch);
    assertThat(ending.outcome()).isEqualTo(Outcome.DECLINED);
    assertThat(ending.heardBy(Role.PAYER)).isEqualTo(ReasonClass.HALVES_DO_NOT_MATCH);
    assertThat(ending.isThePayersAlone()).isTrue();
  }

  @Test
  void whatLiesWithThePayee_endsBoth() {
    assertThat(Ending.values())
        .filteredOn(ending -> ending.name().startsWith("PAYEE_"))
        .hasSize(4)
        .noneMatch(Ending::isThePayersAlone);
  }

  @ParameterizedTest
  @CsvSource({
    "O6, COMPROMISED_O6",
    "O7, COMPROMISED_O7",
    "O8, COMPROMISED_O8",
    "O9, FORK",
    "O9b, FORK"
  })
  void brokenStep_isAnError(String step, Ending expected) {
    assertThat(Ending.ofBrokenStep(step)).isEqualTo(expected);
    assertThat(expected.outcome()).isEqualTo(Outcome.ERROR);
    assertThat(expected.heardBy(null)).isEqualTo(ReasonClass.DEVICE_SUSPENDED);
  }

  @ParameterizedTest
  @EnumSource(
      value = Ending.class,
      names = {
        "BILL_EXHAUSTED",
        "UNKNOWN_SHORTHAND",
        "FOREIGN_CARD",
        "EXPIRED_CARD",
        "EXTERNAL_ACCOUNT",
        "NOT_VERIFIED",
        "NOT_YET_USABLE",
        "ABOVE_INSTRUMENT_LIMIT",
        "ABOVE_DAILY_LIMIT",
        "INSTRUMENT_REMOVED",
        "PAYER_CURRENCY",
        "PAYER_ACCOUNT_CLOSED",
        "INSUFFICIENT_FUNDS"
      })
  void whatLiesWithThePayer_isNotHonouredToThePayee(Ending ending) {
    assertThat(ending.outcome()).isEqualTo(Outcome.DECLINED);
    assertThat(ending.heardBy(Role.PAYEE)).isEqualTo(ReasonClass.NOT_HONOURED);
  }

  @Test
  void everyReasonOfAWallet_hasAnEnding() {
    for (var reason : org.tallystick.wallet.PaymentSource.Reason.values()) {
      assertThat(Ending.valueOf(reason.name()).heardBy(Role.PAYER))
          .isEqualTo(ReasonClass.OWN_HALF_REFUSED);
    }
  }

  @Test
  void names_fitTheirColumns() {
    for (Ending ending : Ending.values()) {
      assertThat(ending.name().length()).isLessThanOrEqualTo(40);
    }
  }
}
