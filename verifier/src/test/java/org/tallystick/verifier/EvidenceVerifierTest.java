package org.tallystick.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tallystick.answer.Outcome;
import org.tallystick.bill.Bill;
import org.tallystick.bill.BillBody;
import org.tallystick.bill.BillItem;
import org.tallystick.bill.ProviderCertificate;
import org.tallystick.code.Conditions;
import org.tallystick.code.Extensions;
import org.tallystick.code.Limits;
import org.tallystick.code.Purpose;
import org.tallystick.code.Role;
import org.tallystick.code.SignedMap;
import org.tallystick.codec.Base64Url;
import org.tallystick.crypto.MlDsaSigningKey;
import org.tallystick.crypto.Sha256;
import org.tallystick.crypto.SigningKey;
import org.tallystick.enrolment.BindingRecord;
import org.tallystick.evidence.EvidenceBundle;
import org.tallystick.evidence.EvidenceSide;
import org.tallystick.format.Signed;
import org.tallystick.format.Suite;
import org.tallystick.keys.BankKey;
import org.tallystick.keys.BankKeySet;
import org.tallystick.log.DecisionDetails;
import org.tallystick.log.LogLine;
import org.tallystick.money.Money;
import org.tallystick.receipt.Receipt;

/** TSE-14, TSE-15: the auditor's check, and that each of its steps can fail. */
class EvidenceVerifierTest {
  private static final long NOW = 1_790_000_000_000L;
  private static final String NUMBER = "0123456789ABCDEF";
  private static final String ACCOUNT = "AAAAAAAAAAAAAAAAAAAAAAA";

  private final SecureRandom random = new SecureRandom();
  private final SigningKey root = SigningKey.generate(random);
  private final SigningKey bank = SigningKey.generate(random);
  private final SigningKey payerKey = SigningKey.generate(random);
  private final SigningKey payeeKey = SigningKey.generate(random);
  private final MlDsaSigningKey second = MlDsaSigningKey.generate(random);
  private final byte[] payer = bytes(16);
  private final byte[] payee = bytes(16);
  private Conditions granted = Conditions.NONE;
  private Conditions asked = Conditions.NONE;
  private @Nullable Conditions payeesConditions;
  private @Nullable Conditions billed;
  private String payeesLoyaltyId = "KD-4711";
  private boolean compact;
  private byte @Nullable [] payersCounterparty = payee;
  private byte[] bill = bill(5400);

  /** What a test may make wrong. */
  private long receiptAmount = 5400;

  private SigningKey payerSigner = payerKey;
  private SigningKey receiptSigner = bank;
  private Outcome payeeOutcome = Outcome.APPROVED;
  private byte[] commitsTo = payee;
  private String detailsReason = "approved";
  private boolean swapLine;
  private Suite payerSuite = Suite.CLASSIC;
  private @Nullable MlDsaSigningKey secondSigner;

  private long amount() {
    return 5400 + granted.tipMinor();
  }

  private byte[] bytes(int length) {
    byte[] b = new byte[length];
    random.nextBytes(b);
    return b;
  }

  private byte[] bill(long total) {
    BillBody body =
        new BillBody(
            "TL",
            NUMBER,
            Purpose.PURCHASE,
            List.of(new BillItem("Towing", total - 400)),
            Money.of(total - 400, "USD"),
            Money.of(400, "USD"),
            NOW,
            NOW + 1,
            new byte[16],
            null,
            "tl",
            false,
            billed == null ? asked : billed);
    byte[] certificate =
        new ProviderCertificate(
                "TL", payee, payee, payeeKey.verificationKey(), "Al", "Here", NOW, NOW + 1)
            .sign(bank);
    return Bill.sign(body, payeeKey, certificate).encode();
  }

  private EvidenceSide side(Role role) {
    byte[] own = role == Role.PAYER ? payer : payee;
    byte[] other = role == Role.PAYER ? commitsTo : payer;
    SigningKey deviceKey = role == Role.PAYER ? payerKey : payeeKey;
    Suite suite = role == Role.PAYER ? payerSuite : Suite.CLASSIC;
    byte[] record =
        new BindingRecord(
                "TL",
                own,
                own,
                own,
                deviceKey.verificationKey(),
                new byte[32],
                role == Role.PAYER ? "USER" : "PROVIDER",
                NOW,
                new byte[32],
                suite)
            .sign(bank);
    byte[] billHash = Bill.decode(bill).hash();
    SignedMap terms =
        new SignedMap(
            role,
            Purpose.PURCHASE,
            own,
            own,
            own,
            0,
            4,
            role == Role.PAYER ? payersCounterparty : null,
            billHash,
            Money.of(role == Role.PAYER ? amount() : 5400, "USD"),
            NOW,
            NOW + 1,
            1,
            new byte[16],
            0,
            new byte[compact ? 16 : 32],
            new byte[compact ? 16 : 32],
            null,
            null,
            Extensions.NONE,
            role == Role.PAYER ? granted : asked,
            null,
            compact);
    byte[] half =
        Signed.sign(
            role == Role.PAYER ? payerSigner : payeeKey,
            "half",
            suite,
            "TL",
            NUMBER,
            ACCOUNT,
            terms.encode());
    byte[] codeHash = bytes(32);
    Outcome outcome = role == Role.PAYEE ? payeeOutcome : Outcome.APPROVED;
    byte[] details =
        new DecisionDetails(
                NUMBER, billHash, codeHash, outcome.value(), "approved", Money.of(amount(), "USD"))
            .encode();
    byte[] salt = bytes(16);
    LogLine line =
        LogLine.after(
            1,
            LogLine.seed(suite, own, record),
            NOW,
            DecisionDetails.KIND,
            LogLine.commitment(salt, details));
    byte[] counterpartySalt = bytes(16);
    byte[] payload =
        new Receipt(
                "TL",
                bytes(10),
                NUMBER,
                role,
                own,
                own,
                own,
                Receipt.counterparty(counterpartySalt, other, other),
                Purpose.PURCHASE,
                billHash,
                Money.of(receiptAmount + granted.tipMinor(), "USD"),
                outcome,
                NOW,
                codeHash,
                Sha256.of(half),
                1,
                line.column1(),
                line.column2(),
                role == Role.PAYER ? "KD-4711" : payeesLoyaltyId,
                0,
                role == Role.PAYER ? granted : payeesConditions == null ? granted : payeesConditions)
            .encode();
    byte[] receipt = Signed.sign(receiptSigner, "receipt", suite, "TL", NUMBER, "", payload);
    byte[] secondReceipt =
        role == Role.PAYEE || secondSigner == null
            ? null
            : Signed.sign(secondSigner, "receipt", suite, "TL", NUMBER, "", payload);
    LogLine shown =
        swapLine ? LogLine.after(1, bytes(32), NOW, DecisionDetails.KIND, bytes(32)) : line;
    byte[] shownDetails =
        new DecisionDetails(
                NUMBER, billHash, codeHash, outcome.value(), detailsReason, Money.of(amount(), "USD"))
            .encode();
    return new EvidenceSide(
        receipt,
        half,
        ACCOUNT,
        codeHash,
        record,
        shown,
        salt,
        shownDetails,
        counterpartySalt,
        secondReceipt);
  }

  private EvidenceBundle bundle(byte[] withBill) {
    BankKeySet keys =
        new BankKeySet(
            "TL",
            "Bank",
            1,
            List.of(
                new BankKey(BankKey.CERTIFICATE, bank.verificationKey(), NOW, NOW + 9),
                new BankKey(BankKey.RECEIPT, bank.verificationKey(), NOW, NOW + 9),
                new BankKey(BankKey.RECEIPT, second.verificationKey(), NOW, NOW + 9)),
            NOW,
            0,
            Suite.CLASSIC);
    return new EvidenceBundle(
        "TL", keys.sign(root), NUMBER, List.of(side(Role.PAYER), side(Role.PAYEE)), withBill);
  }

  private List<String> failed(EvidenceBundle bundle) {
    return new EvidenceVerifier(root.verificationKey())
        .verify(EvidenceBundle.decode(bundle.encode())).stream()
            .filter(finding -> !finding.holds())
            .map(Finding::step)
            .distinct()
            .toList();
  }

  @Test
  void verify_goodBundleWithAndWithoutBill_holds() {
    assertThat(failed(bundle(bill))).isEmpty();
    assertThat(failed(bundle(null))).isEmpty();
  }

  private void withConditions() {
    Limits.Hold hold = new Limits.Hold(9_000, NOW + 1);
    byte[] content = bytes(32);
    asked = new Conditions(new Limits(500L, hold, null), content, 5, false);
    granted = new Conditions(new Limits(300L, hold, null), content, 4, false);
    bill = bill(5400);
  }

  @Test
  void verify_tipHoldContentAndConsent_hold() {
    withConditions();
    assertThat(failed(bundle(bill))).isEmpty();
    assertThat(failed(bundle(null))).isEmpty();
  }

  @Test
  void verify_receiptWithoutThePayersConditions_failsV4AndV6() {
    withConditions();
    payeesConditions = new Conditions(granted.limits(), granted.contentHash(), 0, false);
    assertThat(failed(bundle(bill))).containsExactly("V6");
    payeesConditions = Conditions.NONE;
    assertThat(failed(bundle(bill))).containsExactly("V4", "V6", "V7");
  }

  @Test
  void verify_anotherLoyaltyIdOnTheOtherReceipt_failsV6() {
    payeesLoyaltyId = "KD-4712";
    assertThat(failed(bundle(bill))).containsExactly("V6");
  }

  @Test
  void verify_moreThanTheBillAsksFor_failsV7() {
    withConditions();
    byte[] content = asked.contentHash();
    Limits.Hold hold = new Limits.Hold(9_000, NOW + 1);
    List<Conditions> others =
        List.of(
            new Conditions(new Limits(299L, hold, null), content, 5, false),
            new Conditions(Limits.ofTip(500), content, 5, false),
            new Conditions(asked.limits(), bytes(32), 5, false),
            new Conditions(asked.limits(), content, 1, false));
    for (Conditions other : others) {
      billed = other;
      bill = bill(5400);
      assertThat(failed(bundle(bill))).containsExactly("V7");
    }
  }

  @Test
  void verify_billBesideTermsMode_failsV7() {
    asked = Conditions.TERMS;
    granted = Conditions.TERMS;
    billed = Conditions.NONE;
    bill = bill(5400);
    payersCounterparty = null;
    assertThat(failed(bundle(null))).isEmpty();
    assertThat(failed(bundle(bill))).containsExactly("V7");
  }

  @Test
  void verify_compactHalves_areTheBoundDevices() {
    compact = true;
    assertThat(failed(bundle(bill))).isEmpty();
    commitsTo = bytes(16);
    assertThat(failed(bundle(bill))).containsExactly("V6");
  }

  @Test
  void verify_otherRoot_failsFirst() {
    List<Finding> findings =
        new EvidenceVerifier(SigningKey.generate(random).verificationKey()).verify(bundle(bill));
    assertThat(findings).hasSize(1);
    assertThat(EvidenceVerifier.holds(findings)).isFalse();
  }

  @Test
  void verify_termsSignedByAnotherKey_failsV3() {
    payerSigner = SigningKey.generate(random);
    assertThat(failed(bundle(bill))).contains("V3");
  }

  @Test
  void verify_receiptByAnotherKeyOrOfOtherAmount_failsV4() {
    receiptSigner = payerKey;
    assertThat(failed(bundle(bill))).contains("V4");
    receiptSigner = bank;
    receiptAmount = 5401;
    assertThat(failed(bundle(bill))).contains("V4");
  }

  @Test
  void verify_suite2_needsBothReceipts() {
    payerSuite = Suite.HYBRID;
    secondSigner = second;
    assertThat(failed(bundle(bill))).isEmpty();
    secondSigner = MlDsaSigningKey.generate(random);
    assertThat(failed(bundle(bill))).contains("V4");
    secondSigner = null;
    assertThat(failed(bundle(bill))).contains("V4");
    payerSuite = Suite.CLASSIC;
    secondSigner = second;
    assertThat(failed(bundle(bill))).contains("V4");
  }

  @Test
  void verify_otherLogLineOrDetails_failsV5() {
    swapLine = true;
    assertThat(failed(bundle(bill))).containsExactly("V5");
    swapLine = false;
    detailsReason = "something else";
    assertThat(failed(bundle(bill))).containsExactly("V5");
  }

  @Test
  void verify_outcomesOrCounterpartyDiffer_failsV6() {
    payeeOutcome = Outcome.DECLINED;
    assertThat(failed(bundle(bill))).containsExactly("V6");
    payeeOutcome = Outcome.APPROVED;
    commitsTo = bytes(16);
    assertThat(failed(bundle(bill))).containsExactly("V6");
  }

  @Test
  void verify_otherBill_failsV7() {
    assertThat(failed(bundle(bill(5500)))).containsExactly("V7");
  }

  @Test
  void verify_oneSideTwice_failsV6() {
    EvidenceBundle good = bundle(null);
    EvidenceSide first = good.sides().get(0);
    assertThat(failed(new EvidenceBundle("TL", good.keySet(), NUMBER, List.of(first, first), null)))
        .contains("V6");
    assertThat(failed(new EvidenceBundle("TL", good.keySet(), NUMBER, List.of(first), null)))
        .contains("V6");
  }

  @Test
  void run_everyFlippedByte_isRefused(@TempDir Path folder) throws Exception {
    byte[] good = bundle(bill).encode();
    Path file = folder.resolve("bundle");
    String[] args = {
      file.toString(), "--root", Base64Url.encode(root.verificationKey().compressed())
    };
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Files.writeString(file, Base64Url.encode(good));
    assertThat(VerifierProcess.run(args, new PrintStream(out), new PrintStream(out))).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("evidence verified");
    for (int i = 0; i < good.length; i += 7) {
      byte[] flipped = good.clone();
      flipped[i] ^= 1;
      Files.write(file, flipped);
      ByteArrayOutputStream said = new ByteArrayOutputStream();
      assertThat(VerifierProcess.run(args, new PrintStream(said), new PrintStream(said)))
          .as("byte " + i)
          .isNotZero();
      assertThat(said.toString(StandardCharsets.UTF_8)).doesNotContain("evidence verified");
    }
  }

  @Test
  void run_withoutArguments_saysHow() {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    assertThat(VerifierProcess.run(new String[0], System.out, new PrintStream(err))).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("usage: verify FILE --root KEY");
  }
}
