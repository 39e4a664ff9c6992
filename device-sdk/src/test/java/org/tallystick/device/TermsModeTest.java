package org.tallystick.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tallystick.answer.ReasonClass;
import org.tallystick.code.Conditions;
import org.tallystick.device.fixture.Bench;
import org.tallystick.device.result.Result;
import org.tallystick.device.state.Ending;
import org.tallystick.device.state.FinishedEntry;
import org.tallystick.device.state.OutboxEntry;
import org.tallystick.money.Money;

/** A payer without data types number and amount: D1, D2. */
class TermsModeTest {
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

  private OutboxEntry shown(long minor) {
    OutboxEntry terms =
        payee.makeTerms(Money.of(minor, "USD"), Duration.ofMinutes(5), null, false).orElseThrow();
    payee.send(terms).orElseThrow();
    return terms;
  }

  private Result<OutboxEntry> typed(String number, long minor, PaymentChoice choice) {
    return payer.approveTerms(number, Money.of(minor, "USD"), Bench.PIN.toCharArray(), choice);
  }

  @Test
  void terms_typedAlike_areApprovedAndBothReceiptsSaySo() {
    OutboxEntry terms = shown(2_500);
    OutboxEntry half = typed(terms.number(), 2_500, PaymentChoice.PLAIN).orElseThrow();
    assertThat(half.bill()).isNull();
    assertThat(half.terms().counterparty()).isNull();
    payer.send(half).orElseThrow();
    for (TallystickDevice device : new TallystickDevice[] {payer, payee}) {
      FinishedEntry ended = device.awaitAnswer(terms.number(), ONCE).orElseThrow();
      assertThat(ended.ending()).isEqualTo(Ending.APPROVED);
      assertThat(Bench.receipt(ended).conditions().terms()).isTrue();
    }
  }

  @Test
  void terms_compact_areApprovedToo() {
    OutboxEntry terms = shown(900);
    OutboxEntry half =
        typed(terms.number(), 900, PaymentChoice.PLAIN.inCompactProfile()).orElseThrow();
    assertThat(half.code()).hasSizeLessThanOrEqualTo(612);
    payer.send(half).orElseThrow();
    assertThat(payer.awaitAnswer(half, ONCE).orElseThrow().ending()).isEqualTo(Ending.APPROVED);
  }

  @Test
  void terms_anotherAmountTyped_neverMeet() {
    OutboxEntry terms = shown(900);
    payer.send(typed(terms.number(), 901, PaymentChoice.PLAIN).orElseThrow()).orElseThrow();
    assertThat(payer.awaitAnswer(terms.number(), ONCE).refusal()).isPresent();
    assertThat(payee.awaitAnswer(terms.number(), ONCE).refusal()).isPresent();
  }

  @Test
  void terms_aboveTheBanksLimit_areDeclined() {
    OutboxEntry terms = shown(2_501);
    OutboxEntry half = typed(terms.number(), 2_501, PaymentChoice.PLAIN).orElseThrow();
    payer.send(half).orElseThrow();
    assertThat(payer.awaitAnswer(half, ONCE).orElseThrow().reason())
        .isEqualTo(ReasonClass.ABOVE_LIMIT);
  }

  @Test
  void terms_withTipOrConsent_orFromTheWrongSide_areRefused() {
    OutboxEntry terms = shown(900);
    for (PaymentChoice choice :
        new PaymentChoice[] {
          PaymentChoice.PLAIN.withTip(1), PaymentChoice.PLAIN.withConsent(Conditions.OF_AGE)
        }) {
      assertThat(typed(terms.number(), 900, choice).refusal()).isPresent();
    }
    assertThat(
            payer.makeTerms(Money.of(1, "USD"), ONCE, null, false).refusal().orElseThrow().type())
        .endsWith(":role");
    assertThat(
            payee
                .makeTerms(Money.of(1, "USD"), Duration.ofMinutes(16), null, false)
                .refusal()
                .orElseThrow()
                .type())
        .endsWith(":terms");
    assertThat(payer.openHalves()).isEmpty();
  }
}
