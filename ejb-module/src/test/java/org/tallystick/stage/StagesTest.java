package org.tallystick.stage;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tallystick.answer.Answer;
import org.tallystick.answer.Outcome;
import org.tallystick.answer.ReadyAnswer;
import org.tallystick.answer.ReasonClass;
import org.tallystick.code.CodeResult;
import org.tallystick.code.SealedHalf;
import org.tallystick.code.TestDevice;
import org.tallystick.crypto.Sha256;
import org.tallystick.crypto.SigningKey;
import org.tallystick.evidence.EvidenceBundle;
import org.tallystick.format.Signed;
import org.tallystick.format.Suite;
import org.tallystick.keys.KeyUse;
import org.tallystick.log.DecisionDetails;
import org.tallystick.node.Server;
import org.tallystick.party.BackOffice;
import org.tallystick.receipt.Receipt;

/** Whole transactions through both stages: section 8 of the protocol, case by case. */
class StagesTest extends StagesCase {
  @Test
  void twoHalves_move_andBothHear() {
    SealedHalf ask = asked().seal();
    SealedHalf pay = paid().seal();
    assertThat(bank.open(ask).hints()).isEmpty();
    CodeResult second = bank.open(pay);
    assertThat(second.hints()).hasSize(1);
    assertThat(bank.decide(second.hints())).hasSize(2);

    assertThat(bank.balance(payer)).isEqualTo(8_750);
    assertThat(bank.balance(payee)).isEqualTo(1_250);
    Answer payerHears = bank.answer(payer, pay, number);
    Answer payeeHears = bank.answer(payee, ask, number);
    assertEnded(payerHears, Outcome.APPROVED, ReasonClass.NONE);
    assertEnded(payeeHears, Outcome.APPROVED, ReasonClass.NONE);
    assertThat(payerHears.billHash()).isEqualTo(bill);
    assertThat(payerHears.codeHash()).isEqualTo(pay.codeHash());
    assertThat(payerHears.line().index()).isEqualTo(1);
    assertThat(payerHears.aliases()).hasSize(1);
    Receipt receipt =
        Receipt.decode(
            Signed.payload(
                payerHears.receipt(),
                bank.office.vault.signer(KeyUse.RECEIPT).verificationKey(),
                "receipt",
                Suite.CLASSIC,
                "TL",
                number,
                ""));
    assertThat(receipt.halfHash()).isEqualTo(Sha256.of(pay.half()));
    assertThat(receipt.outcome()).isEqualTo(Outcome.APPROVED);
    assertThat(receipt.column2()).isEqualTo(payerHears.line().column2());
  }

  @Test
  void bothHalvesInOneBatch_payerFirst_isTheSame() {
    SealedHalf ask = asked().seal();
    SealedHalf pay = paid().seal();
    assertThat(bank.run(pay, ask)).hasSize(2);
    assertThat(bank.balance(payee)).isEqualTo(1_250);
  }

  @Test
  void everythingAgain_changesNothing_andGivesTheSameBytes() {
    SealedHalf ask = asked().seal();
    SealedHalf pay = paid().seal();
    List<Hint> hints = bank.open(ask, pay, ask).hints();
    List<ReadyAnswer> first = bank.decide(hints);
    assertThat(bank.decide(hints)).isEmpty();
    CodeResult again = bank.open(pay, ask, pay);
    assertThat(again.hints()).isEmpty();
    assertThat(again.again()).hasSize(2);
    for (ReadyAnswer answer : again.again()) {
      assertThat(first)
          .anySatisfy(
              known -> {
                assertThat(known.pickup()).isEqualTo(answer.pickup());
                assertThat(known.sealed()).isEqualTo(answer.sealed());
              });
    }
    assertThat(bank.balance(payer)).isEqualTo(8_750);
    assertThat(bank.count("select count(*) from half where number = '" + number + "'"))
        .isEqualTo(2);
  }

  @Test
  void codesOutOfOrder_allOpen() {
    SealedHalf first = asked().seal();
    String secondNumber = payee.nextNumber();
    SealedHalf second = payee.terms(secondNumber, bill).seal();
    String thirdNumber = payee.nextNumber();
    SealedHalf third = payee.terms(thirdNumber, bill).seal();
    bank.open(third);
    bank.open(first);
    bank.open(second);
    assertThat(
            bank.count(
                "select count(*) from half where state = 'WAITING' and device_pk = "
                    + payee.index()))
        .isEqualTo(3);
  }

  @Test
  void strangersText_isDropped() {
    assertThat(bank.open(asked().seal()).hints()).isEmpty();
    CodeResult result =
        Server.inTransaction(
            bank.office.entities,
            () ->
                bank.codes.open(
                    List.of(
                        new Delivery("", 0),
                        new Delivery("TL::x::y::z", 0),
                        new Delivery(paid().seal().text().replace("TL::", "XX::"), 0))));
    assertThat(result.hints()).isEmpty();
  }

  @Test
  void wrongPin_endsOnlyItself_andTheFifthSuspends() {
    SealedHalf ask = asked().life(3_600_000).seal();
    bank.open(ask);
    SealedHalf last = paid().wrongPin().seal();
    bank.run(last);
    assertEnded(bank.answer(payer, last, number), Outcome.DECLINED, ReasonClass.OWN_HALF_REFUSED);
    for (long block : new long[] {0, 30_000, 120_000, 600_000}) {
      assertThat(bank.stored(ask)).isEmpty();
      bank.later(block);
      bank.run(paid().wrongPin().seal());
    }
    SealedHalf right = paid().seal();
    bank.run(right);
    assertEnded(bank.answer(payer, right, number), Outcome.DECLINED, ReasonClass.DEVICE_SUSPENDED);
    assertThat(bank.count("select wrong_pins from device where id = " + payer.index()))
        .isEqualTo(5);
    // the fifth half that failed was also the last that the bill had room for
    assertEnded(bank.answer(payee, ask, number), Outcome.DECLINED, ReasonClass.NOT_HONOURED);
    assertThat(bank.balance(payer)).isEqualTo(10_000);
  }

  @Test
  void rightPin_endsTheCount() {
    bank.open(asked().life(3_600_000).seal());
    for (long block : new long[] {0, 30_000, 120_000, 600_000}) {
      bank.run(paid().wrongPin().seal());
      bank.later(block);
    }
    SealedHalf right = paid().seal();
    bank.run(right);
    assertEnded(bank.answer(payer, right, number), Outcome.APPROVED, ReasonClass.NONE);
    assertThat(bank.count("select wrong_pins from device where id = " + payer.index())).isZero();
  }

  @Test
  void fiveFailedPayerHalves_closeTheBill() {
    bank.open(asked().seal());
    TestDevice other = bank.payer(5_000);
    for (int i = 0; i < 4; i++) {
      bank.run(paid().wrongPin().seal());
    }
    bank.run(other.terms(number, bill).wrongPin().seal());
    SealedHalf good = other.terms(number, bill).to(payee.account()).seal();
    bank.run(good);
    assertEnded(bank.answer(other, good, number), Outcome.DECLINED, ReasonClass.OWN_HALF_REFUSED);
    assertThat(reasons()).contains("BILL_EXHAUSTED");
  }

  @Test
  void noFunds_thePayeeHearsNoMoreThanNotHonoured() {
    SealedHalf ask = asked().amount(20_000).seal();
    SealedHalf pay = paid().amount(20_000).seal();
    bank.run(ask, pay);
    assertEnded(bank.answer(payer, pay, number), Outcome.DECLINED, ReasonClass.NOT_HONOURED);
    assertEnded(bank.answer(payee, ask, number), Outcome.DECLINED, ReasonClass.NOT_HONOURED);
    assertThat(reasons()).contains("INSUFFICIENT_FUNDS");
  }

  @Test
  void unknownShorthand_isThePayersBusinessAlone() {
    SealedHalf ask = asked().seal();
    SealedHalf pay = paid().from("Card 9").seal();
    bank.run(ask, pay);
    assertEnded(bank.answer(payer, pay, number), Outcome.DECLINED, ReasonClass.OWN_HALF_REFUSED);
    assertEnded(bank.answer(payee, ask, number), Outcome.DECLINED, ReasonClass.NOT_HONOURED);
  }

  @Test
  void forgedSignature_suspends_andIsAnsweredWithError() {
    SealedHalf forged = paid().signedBy(SigningKey.generate(new SecureRandom())).seal();
    bank.run(forged);
    Answer answer = bank.answer(payer, forged, number);
    assertEnded(answer, Outcome.ERROR, ReasonClass.DEVICE_SUSPENDED);
    assertThat(answer.receipt()).isNull();
    SealedHalf next = paid().seal();
    bank.run(next);
    assertEnded(bank.answer(payer, next, number), Outcome.DECLINED, ReasonClass.DEVICE_SUSPENDED);
  }

  @Test
  void payerSuspendedWhileItsHalfWaits_endsAlone() {
    SealedHalf pay = paid().seal();
    SealedHalf ask = asked().seal();
    bank.open(pay);
    bank.run(payer.terms(number, bill).signedBy(SigningKey.generate(new SecureRandom())).seal());
    bank.run(ask);
    assertEnded(bank.answer(payer, pay, number), Outcome.DECLINED, ReasonClass.DEVICE_SUSPENDED);
    assertThat(bank.stored(ask)).isEmpty();
  }

  @Test
  void secondHalfOfOneRole_isDeclined_theFirstIsUntouched() {
    SealedHalf pay = paid().seal();
    bank.open(pay);
    TestDevice other = bank.payer(5_000);
    SealedHalf late = other.terms(number, bill).to(payee.account()).seal();
    bank.run(late);
    assertEnded(bank.answer(other, late, number), Outcome.DECLINED, ReasonClass.OWN_HALF_REFUSED);
    bank.run(asked().seal());
    assertEnded(bank.answer(payer, pay, number), Outcome.APPROVED, ReasonClass.NONE);
  }

  @Test
  void fullBatch_ofSixteenPayments_allMove() {
    List<SealedHalf> halves = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      number = payee.nextNumber();
      halves.add(asked().amount(100).seal());
      halves.add(paid().amount(100).seal());
    }
    assertThat(bank.run(halves.toArray(SealedHalf[]::new))).hasSize(32);
    assertThat(bank.balance(payer)).isEqualTo(8_400);
    assertThat(bank.balance(payee)).isEqualTo(1_600);
    assertThat(
            bank.count("select line_index from device_log_head where device_pk = " + payer.index()))
        .isEqualTo(16);
  }

  @Test
  void evidence_holdsBothSides_andOpensTheirCommitments() {
    SealedHalf ask = asked().seal();
    SealedHalf pay = paid().seal();
    bank.run(ask, pay);
    byte[] encoded =
        Server.inTransaction(
                bank.office.entities,
                () -> bank.transactions.evidence(BackOffice.AUDITOR, number, new byte[100]))
            .orElseThrow();
    EvidenceBundle bundle = EvidenceBundle.decode(encoded);
    assertThat(bundle.sides()).hasSize(2);
    var side = bundle.sides().get(0);
    assertThat(side.half()).isEqualTo(pay.half());
    assertThat(DecisionDetails.decode(side.details()).reason()).isEqualTo("APPROVED");
    Receipt receipt =
        Receipt.decode(
            Signed.payload(
                side.receipt(),
                bank.office.vault.signer(KeyUse.RECEIPT).verificationKey(),
                "receipt",
                Suite.CLASSIC,
                "TL",
                number,
                ""));
    assertThat(Receipt.counterparty(side.counterpartySalt(), payee.account(), payee.deviceId()))
        .isEqualTo(receipt.counterpartyCommitment());
  }

  @Test
  void answeredHalf_keepsNeitherReplyRootNorShorthand() {
    bank.run(asked().seal(), paid().seal());
    assertThat(
            bank.count(
                "select count(*) from half where number = '"
                    + number
                    + "' and reply_root_wrapped is null and shorthand_wrapped is null"))
        .isEqualTo(2);
  }
}
