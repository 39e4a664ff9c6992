package org.tallystick.verifier;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.tallystick.agreement.SignedAgreement;
import org.tallystick.enrolment.BindingRecord;
import org.tallystick.evidence.AgreedUnder;
import org.tallystick.keys.BankKeySet;
import org.tallystick.receipt.Receipt;

/**
 * Checks by what a party agreed to the version of the agreement that held for its side: a signature
 * of one of its devices over the text's hash, or the binding of one under it, and neither later
 * than the transaction.
 *
 * <p>Source: docs/PROTOCOL.md sections 10.4 and 12, V9.
 */
final class AgreementCheck {
  private static final String STEP = "V9";

  private final BankKeySet keys;
  private final List<Finding> findings = new ArrayList<>();

  AgreementCheck(BankKeySet keys) {
    this.keys = keys;
  }

  /**
   * Runs V9.
   *
   * @param own binding record of the side's device, already checked
   * @param receipt of the side, already checked
   */
  List<Finding> check(AgreedUnder agreed, BindingRecord own, Receipt receipt) {
    String bound = "device that agreed is bound to the party's account and contract";
    BindingRecord record;
    try {
      record =
          agreed.bindingRecord() == null ? own : BindingRecord.verify(agreed.bindingRecord(), keys);
    } catch (IllegalArgumentException refused) {
      findings.add(new Finding(STEP, bound + " (" + refused.getMessage() + ")", false));
      return List.copyOf(findings);
    }
    findings.add(
        new Finding(
            STEP,
            bound,
            Arrays.equals(record.accountIdentifier(), own.accountIdentifier())
                && Arrays.equals(record.contractId(), own.contractId())));
    byte[] sign1 = agreed.sign1();
    if (sign1 == null) {
      binding(agreed, record, receipt);
    } else {
      signature(agreed, sign1, record, receipt);
    }
    return List.copyOf(findings);
  }

  private void binding(AgreedUnder agreed, BindingRecord record, Receipt receipt) {
    findings.add(
        new Finding(
            STEP,
            "device was bound under the agreement of " + named(agreed),
            Arrays.equals(record.contractHash(), agreed.hash())));
    findings.add(
        new Finding(
            STEP,
            "it was bound before the transaction",
            record.timeMillis() <= receipt.timeMillis()));
  }

  private void signature(AgreedUnder agreed, byte[] sign1, BindingRecord record, Receipt receipt) {
    String what = "agreement of " + named(agreed) + ", is signed by the device";
    try {
      SignedAgreement word =
          SignedAgreement.verify(sign1, record.deviceKey(), record.suite(), record.consortium());
      findings.add(new Finding(STEP, what, true));
      findings.add(
          new Finding(
              STEP,
              "signature is for this version, text, account and contract",
              word.version() == agreed.version()
                  && Arrays.equals(word.hash(), agreed.hash())
                  && Arrays.equals(word.accountIdentifier(), record.accountIdentifier())
                  && Arrays.equals(word.contractId(), record.contractId())));
      findings.add(
          new Finding(
              STEP, "it was signed before the transaction", word.isBy(receipt.timeMillis())));
    } catch (IllegalArgumentException refused) {
      findings.add(new Finding(STEP, what + " (" + refused.getMessage() + ")", false));
    }
  }

  /** For who looks the text up. */
  private static String named(AgreedUnder agreed) {
    return "version " + agreed.version() + ", SHA-256 " + HexFormat.of().formatHex(agreed.hash());
  }
}
