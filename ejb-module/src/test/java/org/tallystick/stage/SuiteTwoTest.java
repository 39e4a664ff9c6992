package org.tallystick.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.tallystick.answer.Answer;
import org.tallystick.answer.Outcome;
import org.tallystick.code.SealedHalf;
import org.tallystick.evidence.EvidenceBundle;
import org.tallystick.evidence.EvidenceSide;
import org.tallystick.format.SignatureRefusedException;
import org.tallystick.format.Suite;
import org.tallystick.keys.Bank;
import org.tallystick.keys.BankKeySet;
import org.tallystick.keys.KeySetsFixture;
import org.tallystick.keys.KeyUse;
import org.tallystick.node.Server;
import org.tallystick.party.BackOffice;
import org.tallystick.receipt.Receipt;

/** A payer of suite 2 and a payee of suite 1: sections 8 to 10 of the protocol. */
class SuiteTwoTest extends StagesCase {
  private BankKeySet keys() {
    byte[] signed =
        KeySetsFixture.over(bank.office, new Bank(bank.office.environment)).current().signed();
    return BankKeySet.verify(signed, bank.office.vault.signer(KeyUse.ROOT).verificationKey(), "TL");
  }

  @Test
  void receipt_ofSuite2_isSignedTwice_andBothAreNeeded() {
    payer = bank.payer(10_000, Suite.HYBRID);
    SealedHalf ask = asked().seal();
    SealedHalf pay = paid().seal();
    assertThat(bank.run(ask, pay)).hasSize(2);
    Answer payerHears = bank.answer(payer, pay, number);
    Answer payeeHears = bank.answer(payee, ask, number);
    assertThat(payerHears.outcome()).isEqualTo(Outcome.APPROVED);
    assertThat(payeeHears.outcome()).isEqualTo(Outcome.APPROVED);
    BankKeySet keys = keys();
    byte[] first = payerHears.receipt();
    byte[] second = payerHears.secondReceipt();
    assertThat(Receipt.verify(first, second, Suite.HYBRID, keys, number).outcome())
        .isEqualTo(Outcome.APPROVED);
    assertThatThrownBy(() -> Receipt.verify(first, null, Suite.HYBRID, keys, number))
        .isInstanceOf(SignatureRefusedException.class);
    assertThat(payeeHears.secondReceipt()).isNull();
    assertThat(Receipt.verify(payeeHears.receipt(), null, Suite.CLASSIC, keys, number).number())
        .isEqualTo(number);
  }

  @Test
  void evidence_ofSuite2_holdsBothReceipts() {
    payer = bank.payer(10_000, Suite.HYBRID);
    SealedHalf ask = asked().seal();
    SealedHalf pay = paid().seal();
    bank.run(ask, pay);
    Optional<byte[]> encoded =
        Server.inTransaction(
            bank.office.entities,
            () -> bank.transactions.evidence(BackOffice.AUDITOR, number, new byte[100]));
    List<EvidenceSide> sides = EvidenceBundle.decode(encoded.orElseThrow()).sides();
    EvidenceSide payers = sides.get(0);
    Receipt receipt =
        Receipt.verify(payers.receipt(), payers.secondReceipt(), Suite.HYBRID, keys(), number);
    assertThat(receipt.deviceId()).isEqualTo(payer.deviceId());
    assertThat(sides.get(1).secondReceipt()).isNull();
  }
}
