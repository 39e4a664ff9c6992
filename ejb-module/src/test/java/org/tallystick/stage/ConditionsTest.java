package org.tallystick.stage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.tallystick.answer.Answer;
import org.tallystick.answer.Outcome;
import org.tallystick.answer.ReasonClass;
import org.tallystick.code.Conditions;
import org.tallystick.code.HalfOptions;
import org.tallystick.code.Limits;
import org.tallystick.code.Purpose;
import org.tallystick.code.SealedHalf;
import org.tallystick.codec.MalformedInputException;
import org.tallystick.log.DecisionDetails;
import org.tallystick.money.Money;
import org.tallystick.node.Server;
import org.tallystick.receipt.Receipt;

/** L1 to L4 over a real database: tips, documents, consent; and loyalty ids. */
class ConditionsTest extends StagesCase {
  private static final byte[] DOCUMENTS = new byte[32];
  private static final String LOYALTY = "CARD-0815-4711";

  private static Conditions tip(long minor) {
    return Conditions.of(Limits.ofTip(minor));
  }

  private static Conditions consent(int bits) {
    return new Conditions(null, null, bits, false);
  }

  private static Conditions content(byte[] hash) {
    return new Conditions(null, hash, 0, false);
  }

  private static HalfOptions loyal(String id) {
    return new HalfOptions(null, id, Map.of(), false);
  }

  /** Both answers of a payment: the payer's, then the payee's. */
  private List<Answer> pay(SealedHalf ask, SealedHalf pay) {
    bank.run(ask, pay);
    return List.of(bank.answer(payer, pay, number), bank.answer(payee, ask, number));
  }

  @Test
  void tip_moves_andIsOnBothReceiptsAndInBothLogs() {
    List<Answer> answers =
        pay(asked().with(tip(300)).seal(), paid().amount(1_450).with(tip(200)).seal());
    assertThat(bank.balance(payer)).isEqualTo(8_550);
    assertThat(bank.balance(payee)).isEqualTo(1_450);
    assertThat(answers)
        .map(this::receipt)
        .allSatisfy(
            receipt -> {
              assertThat(receipt.amount()).isEqualTo(Money.of(1_450, "USD"));
              assertThat(receipt.conditions().tipMinor()).isEqualTo(200);
            });
    assertThat(evidence())
        .hasSize(2)
        .map(side -> DecisionDetails.decode(side.details()).amount())
        .containsOnly(Money.of(1_450, "USD"));
  }

  @Test
  void tip_thatNobodyHolds_isNotHonoured_andStillOnBothReceipts() {
    List<Answer> answers =
        pay(
            asked().amount(10_000).with(tip(300)).seal(),
            paid().amount(10_001).with(tip(1)).seal());
    assertThat(answers)
        .allSatisfy(
            answer -> {
              assertEnded(answer, Outcome.DECLINED, ReasonClass.NOT_HONOURED);
              assertThat(receipt(answer).amount().minor()).isEqualTo(10_001);
            });
    assertThat(bank.balance(payer)).isEqualTo(10_000);
  }

  @Test
  void tip_askedForAndNotGiven_isAPlainPayment() {
    List<Answer> answers = pay(asked().with(tip(300)).seal(), paid().seal());
    assertThat(answers)
        .allSatisfy(answer -> assertEnded(answer, Outcome.APPROVED, ReasonClass.NONE))
        .allSatisfy(answer -> assertThat(receipt(answer).conditions().limits()).isNull());
    assertThat(bank.balance(payee)).isEqualTo(1_250);
  }

  static Stream<Arguments> disagreements() {
    byte[] other = new byte[32];
    other[31] = 1;
    Conditions none = Conditions.NONE;
    return Stream.of(
        Arguments.of(tip(300), tip(301), 1_551, "MISMATCH_TIP"),
        Arguments.of(none, tip(0), 1_250, "MISMATCH_TIP"),
        Arguments.of(tip(300), tip(200), 1_449, "MISMATCH_AMOUNT"),
        Arguments.of(tip(300), tip(200), 1_250, "MISMATCH_AMOUNT"),
        Arguments.of(content(DOCUMENTS), content(other), 1_250, "MISMATCH_CONTENT"),
        Arguments.of(content(DOCUMENTS), none, 1_250, "MISMATCH_CONTENT"),
        Arguments.of(none, content(DOCUMENTS), 1_250, "MISMATCH_CONTENT"),
        Arguments.of(consent(5), consent(7), 1_250, "MISMATCH_CONSENT"),
        Arguments.of(none, consent(1), 1_250, "MISMATCH_CONSENT"));
  }

  @ParameterizedTest
  @MethodSource("disagreements")
  void disagreement_endsThePayersHalfAlone_andMovesNothing(
      Conditions asks, Conditions says, long amountMinor, String reason) {
    SealedHalf ask = asked().with(asks).seal();
    SealedHalf pay = paid().amount(amountMinor).with(says).seal();
    bank.run(ask, pay);
    Answer answer = bank.answer(payer, pay, number);
    assertEnded(answer, Outcome.DECLINED, ReasonClass.HALVES_DO_NOT_MATCH);
    assertThat(receipt(answer).amount().minor()).isEqualTo(amountMinor);
    assertThat(bank.stored(ask)).isEmpty();
    assertThat(reasons()).contains(reason);
    assertThat(bank.balance(payer)).isEqualTo(10_000);
  }

  @Test
  void documentsAndConsent_areOnBothReceipts_asThePayerGrantedIt() {
    List<Answer> answers =
        pay(
            asked().with(new Conditions(null, DOCUMENTS, 7, false)).seal(),
            paid().with(new Conditions(null, DOCUMENTS, 5, false)).seal());
    assertThat(answers)
        .map(this::receipt)
        .map(Receipt::conditions)
        .allSatisfy(
            said -> {
              assertThat(said.contentHash()).isEqualTo(DOCUMENTS);
              assertThat(said.consent()).isEqualTo(5);
              assertThat(said.terms()).isFalse();
            });
  }

  @Test
  void payeesHalf_thatEndsAlone_statesNeitherTipNorConsent() {
    SealedHalf ask = asked().with(new Conditions(Limits.ofTip(300), DOCUMENTS, 7, false)).seal();
    bank.open(ask);
    bank.later(300_001);
    bank.run(paid().seal()); // too late for it
    Receipt receipt = receipt(bank.answer(payee, ask, number));
    assertThat(receipt.amount().minor()).isEqualTo(1_250);
    assertThat(receipt.conditions().limits()).isNull();
    assertThat(receipt.conditions().consent()).isZero();
    assertThat(receipt.conditions().contentHash()).isEqualTo(DOCUMENTS);
  }

  @Test
  void payersHalf_thatEndsAlone_statesWhatItSays() {
    SealedHalf pay =
        paid()
            .wrongPin()
            .amount(1_450)
            .with(new Conditions(Limits.ofTip(200), null, 1, false))
            .seal();
    bank.run(pay);
    Receipt receipt = receipt(bank.answer(payer, pay, number));
    assertThat(receipt.amount().minor()).isEqualTo(1_450);
    assertThat(receipt.conditions().tipMinor()).isEqualTo(200);
    assertThat(receipt.conditions().consent()).isEqualTo(1);
  }

  private String text(String column) {
    return Server.inTransaction(
        bank.office.entities,
        () -> {
          Object found =
              bank.office
                  .entities
                  .createNativeQuery(
                      "select " + column + " from half where device_pk = " + payer.index())
                  .getSingleResult();
          return found == null ? "" : new String((byte[]) found, StandardCharsets.ISO_8859_1);
        });
  }

  @Test
  void loyaltyId_isOnBothReceipts_andNowhereElse() {
    SealedHalf pay = paid().with(loyal(LOYALTY)).seal();
    bank.open(pay);
    assertThat(text("loyalty_wrapped")).isNotEmpty().doesNotContain(LOYALTY);
    SealedHalf ask = asked().seal();
    bank.run(ask);
    assertThat(receipt(bank.answer(payer, pay, number)).loyaltyId()).isEqualTo(LOYALTY);
    assertThat(receipt(bank.answer(payee, ask, number)).loyaltyId()).isEqualTo(LOYALTY);
    assertThat(text("loyalty_wrapped")).isEmpty();
    assertThat(text("sign1")).doesNotContain(LOYALTY);
    assertThat(evidence())
        .map(side -> new String(side.details(), UTF_8) + new String(side.line().column3(), UTF_8))
        .noneMatch(line -> line.contains(LOYALTY));
  }

  @Test
  void loyaltyId_ofAPaymentThatWasDeclined_isTheBusinessOfNobody() {
    SealedHalf pay = paid().amount(20_000).with(loyal(LOYALTY)).seal();
    for (Answer answer : pay(asked().amount(20_000).seal(), pay)) {
      assertEnded(answer, Outcome.DECLINED, ReasonClass.NOT_HONOURED);
      assertThat(receipt(answer).loyaltyId()).isNull();
    }
    assertThat(text("loyalty_wrapped")).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = Purpose.class,
      names = {"COMPLETE", "CHARGE"})
  void laterStep_withoutAnAuthority_isRefused(Purpose step) {
    SealedHalf ask = asked().seal();
    bank.run(ask, paid().seal());
    SealedHalf later = asked().later(step, ask.codeHash()).seal();
    bank.run(later);
    assertEnded(bank.answer(payee, later, number), Outcome.DECLINED, ReasonClass.OWN_HALF_REFUSED);
    assertThat(receipt(bank.answer(payee, later, number)).purpose()).isEqualTo(step);
    assertThat(reasons()).contains("NO_AUTHORITY");
    assertThat(bank.balance(payee)).isEqualTo(1_250);
  }

  @Test
  void limitsOfAnotherRole_cannotEvenBeSealed() {
    // a payee asks for a tip of 1 or more
    assertThatThrownBy(() -> asked().with(tip(0)).seal())
        .isInstanceOf(MalformedInputException.class);
  }
}
