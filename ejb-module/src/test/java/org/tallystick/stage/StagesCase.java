package org.tallystick.stage;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.tallystick.answer.Answer;
import org.tallystick.answer.Outcome;
import org.tallystick.answer.ReasonClass;
import org.tallystick.code.TestDevice;
import org.tallystick.evidence.EvidenceBundle;
import org.tallystick.evidence.EvidenceSide;
import org.tallystick.format.Signed;
import org.tallystick.format.Suite;
import org.tallystick.keys.KeyUse;
import org.tallystick.node.Server;
import org.tallystick.party.BackOffice;
import org.tallystick.receipt.Receipt;

/** A bank, a payer and a payee, and one bill between them. */
abstract class StagesCase {
  @TempDir Path keys;
  Stages bank;
  TestDevice payer;
  TestDevice payee;
  String number;
  final byte[] bill = new byte[32];

  @BeforeEach
  void open() {
    new SecureRandom().nextBytes(bill);
    bank = new Stages(keys);
    payer = bank.payer(10_000);
    payee = bank.payee();
    number = payee.nextNumber();
  }

  TestDevice.Terms asked() {
    return payee.terms(number, bill);
  }

  TestDevice.Terms paid() {
    return payer.terms(number, bill).to(payee.account());
  }

  static void assertEnded(Answer answer, Outcome outcome, ReasonClass reason) {
    assertThat(answer.outcome()).isEqualTo(outcome);
    assertThat(answer.reason()).isEqualTo(reason);
  }

  /** The receipt that an answer carries. */
  Receipt receipt(Answer answer) {
    return Receipt.decode(
        Signed.payload(
            answer.receipt(),
            bank.office.vault.signer(KeyUse.RECEIPT).verificationKey(),
            Receipt.TYPE,
            Suite.CLASSIC,
            "TL",
            answer.number(),
            ""));
  }

  /** Both sides of the evidence, payer first. */
  EvidenceBundle bundle() {
    byte[] bundle =
        Server.inTransaction(
                bank.office.entities,
                () -> bank.transactions.evidence(BackOffice.AUDITOR, number, new byte[100]))
            .orElseThrow();
    return EvidenceBundle.decode(bundle);
  }

  List<EvidenceSide> evidence() {
    return bundle().sides();
  }

  List<String> reasons() {
    return Server.inTransaction(
            bank.office.entities,
            () -> bank.transactions.view(BackOffice.AUDITOR, number).orElseThrow())
        .halves()
        .stream()
        .map(half -> half.refusal() == null ? half.slotReason() : half.refusal())
        .toList();
  }
}
