package org.tallystick.stage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tallystick.answer.Outcome;
import org.tallystick.answer.ReasonClass;
import org.tallystick.bill.TermsHash;
import org.tallystick.code.CodeStageFixture;
import org.tallystick.code.Conditions;
import org.tallystick.code.SealedHalf;
import org.tallystick.code.TestDevice;
import org.tallystick.money.Money;
import org.tallystick.node.Environment;
import org.tallystick.receipt.Receipt;

/** Section 6.2 (D2, L5): a payer who knows number, amount and currency, and nobody's bill. */
class TermsModeTest extends StagesCase {
  private byte[] termsHash(long minor) {
    return TermsHash.of("TL", number, Money.of(minor, "USD"));
  }

  private TestDevice.Terms asks(long minor) {
    return payee.terms(number, termsHash(minor)).amount(minor).with(Conditions.TERMS);
  }

  /** The counterparty is to be confirmed. */
  private TestDevice.Terms pays(long minor) {
    return payer.terms(number, termsHash(minor)).amount(minor).with(Conditions.TERMS);
  }

  @Test
  void upToTheLimit_isPaid_andBothReceiptsSayHow() {
    SealedHalf ask = asks(2_500).seal();
    SealedHalf pay = pays(2_500).seal();
    bank.run(pay, ask);
    assertThat(bank.balance(payee)).isEqualTo(2_500);
    Receipt payers = receipt(bank.answer(payer, pay, number));
    assertThat(payers.conditions().terms()).isTrue();
    assertThat(receipt(bank.answer(payee, ask, number)).conditions().terms()).isTrue();
    var side = evidence().get(0);
    assertThat(Receipt.counterparty(side.counterpartySalt(), payee.account(), payee.deviceId()))
        .isEqualTo(payers.counterpartyCommitment());
  }

  @Test
  void aboveTheLimit_endsThePayersHalfAlone() {
    SealedHalf ask = asks(2_501).seal();
    SealedHalf pay = pays(2_501).seal();
    bank.run(ask, pay);
    assertEnded(bank.answer(payer, pay, number), Outcome.DECLINED, ReasonClass.ABOVE_LIMIT);
    assertThat(bank.stored(ask)).isEmpty();
    assertThat(reasons()).contains("ABOVE_TERMS_LIMIT");
    assertThat(bank.balance(payer)).isEqualTo(10_000);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1})
  void limitOfNothing_isNever(long minor) {
    bank.codes =
        CodeStageFixture.over(bank.office, new Environment(Map.of("TALLYSTICK_TERMS_LIMIT", "0")));
    SealedHalf pay = pays(minor).seal();
    bank.run(asks(minor).seal(), pay);
    assertEnded(bank.answer(payer, pay, number), Outcome.DECLINED, ReasonClass.ABOVE_LIMIT);
  }

  @Test
  void limitOfTheOperator_isTheLimit() {
    bank.codes =
        CodeStageFixture.over(
            bank.office, new Environment(Map.of("TALLYSTICK_TERMS_LIMIT", "5000")));
    SealedHalf pay = pays(5_000).seal();
    bank.run(asks(5_000).seal(), pay);
    assertEnded(bank.answer(payer, pay, number), Outcome.APPROVED, ReasonClass.NONE);
  }

  @Test
  void oneSideAlone_doesNotMatch() {
    SealedHalf pay = pays(1_250).seal();
    bank.run(payee.terms(number, termsHash(1_250)).seal(), pay);
    assertEnded(bank.answer(payer, pay, number), Outcome.DECLINED, ReasonClass.HALVES_DO_NOT_MATCH);
    assertThat(reasons()).contains("MISMATCH_TERMS");
  }

  @Test
  void anotherAmount_isAnotherTransaction() {
    SealedHalf ask = asks(1_250).seal();
    SealedHalf pay = pays(1_251).seal();
    bank.run(ask, pay);
    assertThat(bank.stored(ask)).isEmpty();
    assertThat(bank.stored(pay)).isEmpty();
  }

  @Test
  void payee_withdraws() {
    long n = payee.nextN();
    SealedHalf ask = asks(1_250).seal();
    bank.open(ask);
    SealedHalf cancel = payee.terms(number, termsHash(1_250)).amount(1_250).cancelling(n).seal();
    bank.run(cancel);
    assertEnded(bank.answer(payee, ask, number), Outcome.CANCELLED, ReasonClass.CANCELLED_BY_PAYEE);
    assertThat(receipt(bank.answer(payee, cancel, number)).conditions().terms()).isFalse();
  }
}
