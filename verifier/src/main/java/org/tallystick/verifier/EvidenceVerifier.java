package org.tallystick.verifier;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.tallystick.bill.Bill;
import org.tallystick.bill.BillBody;
import org.tallystick.bill.ProviderCertificate;
import org.tallystick.code.Conditions;
import org.tallystick.code.Limits;
import org.tallystick.code.Role;
import org.tallystick.code.SignedMap;
import org.tallystick.cose.CoseSign1;
import org.tallystick.crypto.Sha256;
import org.tallystick.crypto.VerificationKey;
import org.tallystick.enrolment.BindingRecord;
import org.tallystick.evidence.EvidenceBundle;
import org.tallystick.evidence.EvidenceSide;
import org.tallystick.format.Format;
import org.tallystick.format.Signed;
import org.tallystick.format.Suite;
import org.tallystick.keys.BankKeySet;
import org.tallystick.log.DecisionDetails;
import org.tallystick.log.LogLine;
import org.tallystick.money.Money;
import org.tallystick.pairing.Agreement;
import org.tallystick.receipt.Receipt;

/**
 * Checks an evidence bundle with nothing but the bank's root public key. Every step is reported,
 * also after one has failed, so that an auditor sees all that is wrong.
 *
 * <p>Source: docs/PROTOCOL.md section 12, V1 to V9; TSE-14, TSE-15, TSE-35.
 */
public final class EvidenceVerifier {
  private final VerificationKey root;
  private final List<Finding> findings = new ArrayList<>();

  /** One side as far as its signatures hold. */
  private record Side(EvidenceSide raw, BindingRecord binding, SignedMap half, Receipt receipt) {}

  /**
   * @param root the bank's root public key
   */
  public EvidenceVerifier(VerificationKey root) {
    this.root = root;
  }

  /** Runs V1 to V9. */
  public List<Finding> verify(EvidenceBundle bundle) {
    findings.clear();
    BankKeySet keys =
        attempt(
            "V1",
            "key set is signed by the bank's root",
            () -> BankKeySet.verify(bundle.keySet(), root, bundle.consortium()));
    if (keys == null) {
      return List.copyOf(findings);
    }
    check("V6", "bundle has two sides", bundle.sides().size() == 2);
    List<Side> sides = new ArrayList<>();
    for (EvidenceSide raw : bundle.sides()) {
      Side side = side(bundle, keys, raw);
      if (side != null) {
        sides.add(side);
      }
    }
    if (sides.size() == 2) {
      agreement(sides.get(0), sides.get(1));
      bill(bundle, keys, sides);
      tree(bundle, keys, sides);
    } else {
      check("V6", "both sides could be read", false);
    }
    return List.copyOf(findings);
  }

  /** Whether all findings hold and there is at least one. */
  public static boolean holds(List<Finding> findings) {
    return !findings.isEmpty() && findings.stream().allMatch(Finding::holds);
  }

  private @Nullable Side side(EvidenceBundle bundle, BankKeySet keys, EvidenceSide raw) {
    String consortium = bundle.consortium();
    BindingRecord binding =
        attempt(
            "V2",
            "binding record is signed by the bank's certificate key",
            () -> BindingRecord.verify(raw.bindingRecord(), keys));
    if (binding == null) {
      return null;
    }
    SignedMap half =
        attempt(
            "V3",
            "terms are signed by the device that the binding record names",
            () ->
                SignedMap.decode(
                        Signed.payload(
                            raw.half(),
                            binding.deviceKey(),
                            "half",
                            binding.suite(),
                            consortium,
                            bundle.number(),
                            raw.account()))
                    .boundTo(
                        binding.deviceId(), binding.accountIdentifier(), binding.contractId()));
    Receipt receipt =
        attempt(
            "V4",
            "receipt is signed by the bank's receipt key, in suite 2 by both",
            () ->
                Receipt.verify(
                    raw.receipt(), raw.secondReceipt(), binding.suite(), keys, bundle.number()));
    if (half == null || receipt == null) {
      return null;
    }
    Side side = new Side(raw, binding, half, receipt);
    fields(bundle, side);
    line(side);
    if (raw.agreement() != null) {
      findings.addAll(new AgreementCheck(keys).check(raw.agreement(), binding, receipt));
    }
    return side;
  }

  private void fields(EvidenceBundle bundle, Side side) {
    Receipt receipt = side.receipt();
    SignedMap half = side.half();
    BindingRecord binding = side.binding();
    check(
        "V2",
        "half and receipt name the bound device, account and contract",
        Arrays.equals(half.deviceId(), binding.deviceId())
            && Arrays.equals(half.accountIdentifier(), binding.accountIdentifier())
            && Arrays.equals(half.contractId(), binding.contractId())
            && Arrays.equals(receipt.deviceId(), binding.deviceId())
            && Arrays.equals(receipt.accountIdentifier(), binding.accountIdentifier())
            && Arrays.equals(receipt.contractId(), binding.contractId()));
    check(
        "V4",
        "receipt states the signed terms",
        receipt.consortium().equals(bundle.consortium())
            && receipt.number().equals(bundle.number())
            && receipt.states(half));
    check(
        "V4",
        "receipt names this half and this code",
        Arrays.equals(receipt.halfHash(), Sha256.of(side.raw().half()))
            && Arrays.equals(receipt.codeHash(), side.raw().codeHash()));
  }

  private void line(Side side) {
    EvidenceSide raw = side.raw();
    Receipt receipt = side.receipt();
    LogLine line = raw.line();
    boolean columns =
        attempt("V5", "log line is well formed", () -> line.content()) != null
            && line.extendsHead(receipt.logIndex(), receipt.column1())
            && Arrays.equals(line.column2(), receipt.column2());
    check("V5", "log line is the one that the receipt names", columns);
    check(
        "V5",
        "commitment of the log line opens to its details",
        columns
            && Arrays.equals(
                line.content().commitment(), LogLine.commitment(raw.lineSalt(), raw.details())));
    DecisionDetails details =
        attempt("V5", "details are well formed", () -> DecisionDetails.decode(raw.details()));
    check(
        "V5",
        "details say what the receipt says",
        details != null
            && details.number().equals(receipt.number())
            && details.outcome() == receipt.outcome().value()
            && details.amount().equals(receipt.amount())
            && Arrays.equals(details.billHash(), receipt.billHash())
            && Arrays.equals(details.codeHash(), receipt.codeHash()));
  }

  private void agreement(Side one, Side two) {
    boolean roles = one.half().role() == two.half().role().other();
    check("V6", "one side pays, the other is paid", roles);
    if (!roles) {
      return;
    }
    boolean firstPays = one.half().role() == Role.PAYER;
    Side payer = firstPays ? one : two;
    Side payee = firstPays ? two : one;
    check(
        "V6",
        "both halves agree on bill, amount and parties",
        Agreement.check(payer.half(), payee.half()).isEmpty());
    check(
        "V6",
        "both receipts state one outcome, amount and loyalty id, and the payer's conditions",
        one.receipt().outcome() == two.receipt().outcome()
            && one.receipt().amount().equals(two.receipt().amount())
            && Objects.equals(one.receipt().loyaltyId(), two.receipt().loyaltyId())
            && one.receipt().conditions().isSameAs(two.receipt().conditions()));
    check("V6", "receipt of the first side commits to the second", commits(one, two));
    check("V6", "receipt of the second side commits to the first", commits(two, one));
  }

  private static boolean commits(Side side, Side other) {
    return Arrays.equals(
        side.receipt().counterpartyCommitment(),
        Receipt.counterparty(
            side.raw().counterpartySalt(),
            other.half().accountIdentifier(),
            other.half().deviceId()));
  }

  private void bill(EvidenceBundle bundle, BankKeySet keys, List<Side> sides) {
    if (bundle.bill() == null) {
      return;
    }
    byte[] encoded = bundle.bill();
    BillBody body =
        attempt("V7", "bill is signed by the certified device", () -> billBody(encoded, keys));
    check(
        "V7",
        "bill is the one that both halves name",
        body != null
            && body.number().equals(bundle.number())
            && sides.stream()
                .allMatch(
                    side ->
                        Arrays.equals(side.half().billHash(), Bill.decode(encoded).hash())
                            && states(body, side.receipt())));
  }

  /** V7: bill total and tip are the amount, and what the bill asks for is what was granted. */
  private static boolean states(BillBody body, Receipt receipt) {
    Conditions granted = receipt.conditions();
    Money total = body.total();
    return total.currency().equals(receipt.amount().currency())
        && total.minor() + granted.tipMinor() == receipt.amount().minor()
        && !granted.terms()
        && granted.hasContentOf(body.conditions())
        && granted.consentIsWithin(body.conditions())
        && Limits.tipFits(granted.limits(), body.conditions().limits())
        && Limits.sameBeyondTip(granted.limits(), body.conditions().limits());
  }

  private void tree(EvidenceBundle bundle, BankKeySet keys, List<Side> sides) {
    if (bundle.checkpoint() != null) {
      findings.addAll(
          new CheckpointCheck(root, keys)
              .check(
                  bundle.checkpoint(),
                  sides.stream().map(Side::raw).toList(),
                  sides.stream().map(Side::binding).toList()));
    }
  }

  /** A bill is old when it is evidence, so its signatures count and not whether it is valid now. */
  private static BillBody billBody(byte[] encoded, BankKeySet keys) {
    Bill bill = Bill.decode(encoded);
    BillBody body = bill.body();
    ProviderCertificate certificate =
        ProviderCertificate.verify(bill.certificate(), keys, body.createdMillis());
    byte[] aad = Format.aad("bill", Suite.CLASSIC, keys.consortium(), body.number(), "");
    if (!CoseSign1.decode(bill.signed()).verify(certificate.deviceKey(), Format.typ("bill"), aad)) {
      throw new IllegalArgumentException("signature of the bill does not hold");
    }
    if (!body.consortium().equals(keys.consortium())) {
      throw new IllegalArgumentException("bill of another consortium");
    }
    return body;
  }

  private void check(String step, String what, boolean holds) {
    findings.add(new Finding(step, what, holds));
  }

  private <T> @Nullable T attempt(String step, String what, Supplier<T> read) {
    try {
      T value = read.get();
      check(step, what, true);
      return value;
    } catch (IllegalArgumentException refused) {
      check(step, what + " (" + refused.getMessage() + ")", false);
      return null;
    }
  }
}
