package org.tallystick.stage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tallystick.answer.Answer;
import org.tallystick.answer.Outcome;
import org.tallystick.answer.ReasonClass;
import org.tallystick.bill.TermsHash;
import org.tallystick.code.Conditions;
import org.tallystick.code.SealedHalf;
import org.tallystick.code.SignedMap;
import org.tallystick.cose.CoseSign1;
import org.tallystick.evidence.EvidenceSide;
import org.tallystick.money.Money;
import org.tallystick.node.Server;
import org.tallystick.party.BackOffice;
import org.tallystick.party.Party;
import org.tallystick.receipt.Receipt;

/** Section 5.3: halves that leave out what the bank knows. */
class CompactTest extends StagesCase {
  private byte[] contract(byte[] account) {
    return Server.inTransaction(
        bank.office.entities,
        () ->
            bank.office.parties.byAccountIdentifier(account).map(Party::contractId).orElseThrow());
  }

  @Test
  void bothHalves_pay_andReceiptsSayAccountAndContract() {
    SealedHalf ask = asked().compact().seal();
    SealedHalf pay = paid().compact().seal();
    bank.run(ask, pay);
    assertThat(bank.balance(payee)).isEqualTo(1_250);
    Receipt payers = receipt(bank.answer(payer, pay, number));
    Receipt payees = receipt(bank.answer(payee, ask, number));
    assertThat(payers.accountIdentifier()).isEqualTo(payer.account());
    assertThat(payers.contractId()).isEqualTo(contract(payer.account()));
    assertThat(payees.accountIdentifier()).isEqualTo(payee.account());
    assertThat(payees.contractId()).isEqualTo(contract(payee.account()));
  }

  @Test
  void evidence_opensItsCommitments_byTheBindingsAccounts() {
    SealedHalf ask = asked().compact().seal();
    SealedHalf pay = paid().compact().seal();
    bank.run(ask, pay);
    List<EvidenceSide> sides = evidence();
    assertThat(sides.get(0).half()).isEqualTo(pay.half());
    SignedMap signed = SignedMap.decode(CoseSign1.decode(sides.get(0).half()).payload());
    assertThat(signed.compact()).isTrue();
    Answer answer = bank.answer(payer, pay, number);
    assertThat(receipt(answer).counterpartyCommitment())
        .isEqualTo(
            Receipt.counterparty(
                sides.get(0).counterpartySalt(), payee.account(), payee.deviceId()));
    assertThat(receipt(bank.answer(payee, ask, number)).counterpartyCommitment())
        .isEqualTo(
            Receipt.counterparty(
                sides.get(1).counterpartySalt(), payer.account(), payer.deviceId()));
  }

  @Test
  void auditorsView_showsItLikeAnyOther() {
    bank.run(asked().seal(), paid().compact().seal());
    var view =
        Server.inTransaction(
                bank.office.entities, () -> bank.transactions.view(BackOffice.AUDITOR, number))
            .orElseThrow();
    assertThat(view.halves()).hasSize(2);
    assertThat(view.halves())
        .allSatisfy(
            half -> {
              assertThat(half.amountMinor()).isEqualTo(1_250);
              assertThat(half.currency()).isEqualTo("USD");
              assertThat(half.receiptNumber()).isNotNull();
            });
  }

  @Test
  void wrongPayee_doesNotMatch() {
    SealedHalf pay = paid().to(payer.account()).compact().seal();
    bank.run(asked().compact().seal(), pay);
    assertEnded(bank.answer(payer, pay, number), Outcome.DECLINED, ReasonClass.HALVES_DO_NOT_MATCH);
    assertThat(reasons()).contains("MISMATCH_COUNTERPARTY");
  }

  @Test
  void refusedHalf_hasAReceiptOfItsAccount() {
    SealedHalf pay = paid().compact().wrongPin().seal();
    bank.run(pay);
    assertEnded(bank.answer(payer, pay, number), Outcome.DECLINED, ReasonClass.OWN_HALF_REFUSED);
    assertThat(receipt(bank.answer(payer, pay, number)).accountIdentifier())
        .isEqualTo(payer.account());
  }

  @Test
  void logHead_isComparedByItsFirstHalf() {
    SealedHalf first = paid().wrongPin().seal();
    bank.run(first);
    var line = bank.answer(payer, first, number).line();
    byte[] head = line.head();
    byte[] sameStart = Arrays.copyOf(Arrays.copyOf(head, 16), 32);
    SealedHalf good = paid().log(1, sameStart).compact().seal();
    bank.run(asked().seal(), good);
    assertEnded(bank.answer(payer, good, number), Outcome.APPROVED, ReasonClass.NONE);
    byte[] other = head.clone();
    other[15] ^= 1;
    SealedHalf forked = paid().log(1, other).compact().seal();
    bank.run(forked);
    assertEnded(bank.answer(payer, forked, number), Outcome.ERROR, ReasonClass.DEVICE_SUSPENDED);
    assertThat(reasons()).contains("FORK");
  }

  @Test
  void logHead_ofAPlainHalf_isStillComparedWhole() {
    SealedHalf first = paid().wrongPin().seal();
    bank.run(first);
    byte[] head = bank.answer(payer, first, number).line().head();
    head[31] ^= 1;
    SealedHalf forked = paid().log(1, head).seal();
    bank.run(forked);
    assertEnded(bank.answer(payer, forked, number), Outcome.ERROR, ReasonClass.DEVICE_SUSPENDED);
  }

  @Test
  void termsMode_goesWithIt() {
    byte[] hash = TermsHash.of("TL", number, Money.of(1_250, "USD"));
    SealedHalf ask = payee.terms(number, hash).with(Conditions.TERMS).seal();
    SealedHalf pay = payer.terms(number, hash).with(Conditions.TERMS).compact().seal();
    assertThat(pay.text().length()).isLessThanOrEqualTo(612);
    bank.run(ask, pay);
    assertEnded(bank.answer(payer, pay, number), Outcome.APPROVED, ReasonClass.NONE);
    assertThat(receipt(bank.answer(payer, pay, number)).conditions().terms()).isTrue();
  }
}
