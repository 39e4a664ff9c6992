package org.tallystick.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tallystick.agreement.SignedAgreement;
import org.tallystick.codec.Base64Url;
import org.tallystick.cose.CoseSign1;
import org.tallystick.crypto.Sha256;
import org.tallystick.crypto.SigningKey;
import org.tallystick.crypto.VerificationKey;
import org.tallystick.enrolment.BindingRecord;
import org.tallystick.evidence.AgreedUnder;
import org.tallystick.evidence.EvidenceBundle;
import org.tallystick.evidence.EvidenceSide;
import org.tallystick.format.Suite;
import org.tallystick.keys.BankKey;
import org.tallystick.keys.BankKeySet;
import org.tallystick.receipt.Receipt;

/** V9: the agreement that held, by the published bundle and by ones that lie about it. */
class AgreementCheckTest {
  private static final byte[] HASH = Sha256.of(new byte[] {7});

  private final EvidenceBundle good = EvidenceBundle.decode(published("bundle"));
  private final byte[] root = published("rootPublic");
  private final Receipt receipt =
      Receipt.decode(CoseSign1.decode(good.sides().get(0).receipt()).payload());
  private final long then = receipt.timeMillis();

  private final SecureRandom random = new SecureRandom();
  private final SigningKey bank = SigningKey.generate(random);
  private final SigningKey device = SigningKey.generate(random);
  private final SigningKey other = SigningKey.generate(random);
  private final BankKeySet keys =
      new BankKeySet(
          "TL",
          "Bank",
          1,
          List.of(new BankKey(BankKey.CERTIFICATE, bank.verificationKey(), 0, then + 9_999_999)),
          then,
          0,
          Suite.CLASSIC);
  private final byte[] account = bytes(16);
  private final byte[] contract = bytes(16);

  private static byte[] published(String member) {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.isDirectory(folder.resolve("testdata/protocol"))) {
      folder = folder.getParent();
    }
    try {
      String all = Files.readString(folder.resolve("testdata/protocol/evidence.json"));
      String vector = all.substring(all.indexOf("\"evidence-agreed\""));
      Matcher found = Pattern.compile("\"" + member + "\" : \"([0-9a-f]+)\"").matcher(vector);
      assertThat(found.find()).isTrue();
      return HexFormat.of().parseHex(found.group(1));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private byte[] bytes(int length) {
    byte[] b = new byte[length];
    random.nextBytes(b);
    return b;
  }

  private BindingRecord record(SigningKey key, byte[] of, byte[] under, long boundAt) {
    return new BindingRecord(
        "TL",
        bytes(16),
        of,
        contract,
        key.verificationKey(),
        under,
        "USER",
        boundAt,
        bytes(32),
        Suite.CLASSIC);
  }

  private BindingRecord own() {
    return record(device, account, bytes(32), then - 1_000);
  }

  private SignedAgreement word(long version, byte[] hash, long at) {
    return new SignedAgreement("TL", account, contract, version, hash, at);
  }

  private boolean holds(AgreedUnder agreed, BindingRecord own) {
    return EvidenceVerifier.holds(new AgreementCheck(keys).check(agreed, own, receipt));
  }

  private boolean signed(SignedAgreement word, SigningKey by, @Nullable BindingRecord another) {
    byte[] record = another == null ? null : another.sign(bank);
    return holds(new AgreedUnder(2, HASH, word.sign(by, Suite.CLASSIC), record), own());
  }

  @Test
  void check_signatureOfTheSidesDevice_holds() {
    assertThat(signed(word(2, HASH, then - 1), device, null)).isTrue();
  }

  @Test
  void check_signatureOfAnotherDeviceOfTheParty_holdsByItsOwnRecord() {
    BindingRecord another = record(other, account, bytes(32), then - 5);
    assertThat(signed(word(2, HASH, then - 1), other, another)).isTrue();
    assertThat(signed(word(2, HASH, then - 1), other, null)).as("no record of it").isFalse();
    BindingRecord strangers = record(other, bytes(16), bytes(32), then - 5);
    assertThat(signed(word(2, HASH, then - 1), other, strangers)).isFalse();
  }

  @Test
  void check_recordThatTheBankDidNotSign_isRefused() {
    byte[] forged = record(other, account, HASH, then - 5).sign(other);
    byte[] sign1 = word(2, HASH, then - 1).sign(other, Suite.CLASSIC);
    assertThat(holds(new AgreedUnder(2, HASH, sign1, forged), own())).isFalse();
    assertThat(holds(new AgreedUnder(2, HASH, null, forged), own())).isFalse();
  }

  @Test
  void check_otherVersionTextAccountOrContract_isRefused() {
    assertThat(signed(word(3, HASH, then - 1), device, null)).isFalse();
    assertThat(signed(word(2, bytes(32), then - 1), device, null)).isFalse();
    assertThat(
            signed(new SignedAgreement("TL", bytes(16), contract, 2, HASH, then - 1), device, null))
        .isFalse();
    assertThat(
            signed(new SignedAgreement("TL", account, bytes(16), 2, HASH, then - 1), device, null))
        .isFalse();
  }

  @Test
  void check_signedAfterTheTransaction_isRefused() {
    long ahead = SignedAgreement.MAX_AHEAD_MILLIS;
    assertThat(signed(word(2, HASH, then + ahead), device, null)).isTrue();
    assertThat(signed(word(2, HASH, then + ahead + 1), device, null)).isFalse();
  }

  @Test
  void check_binding_holdsUnderItsTextAndNotAfterTheTransaction() {
    AgreedUnder bound = new AgreedUnder(1, HASH, null, null);
    assertThat(holds(bound, record(device, account, HASH, then))).isTrue();
    assertThat(holds(bound, record(device, account, HASH, then + 1))).isFalse();
    assertThat(holds(bound, own())).as("bound under another text").isFalse();
    byte[] another = record(other, account, HASH, then - 5).sign(bank);
    assertThat(holds(new AgreedUnder(1, HASH, null, another), own())).isTrue();
  }

  private List<String> failed(EvidenceBundle bundle) {
    return new EvidenceVerifier(VerificationKey.ofPoint(root))
        .verify(EvidenceBundle.decode(bundle.encode())).stream()
            .filter(finding -> !finding.holds())
            .map(Finding::step)
            .distinct()
            .toList();
  }

  private EvidenceBundle with(@Nullable AgreedUnder payers, @Nullable AgreedUnder payees) {
    List<EvidenceSide> sides = good.sides();
    return new EvidenceBundle(
        good.consortium(),
        good.keySet(),
        good.number(),
        List.of(sides.get(0).under(payers), sides.get(1).under(payees)),
        good.bill());
  }

  @Test
  void verify_publishedBundle_holdsAndNotWithTheOthersAgreement() {
    AgreedUnder payers = good.sides().get(0).agreement();
    AgreedUnder payees = good.sides().get(1).agreement();
    assertThat(failed(good)).isEmpty();
    assertThat(failed(with(payees, payees))).containsExactly("V9");
    assertThat(failed(with(payers, payers))).containsExactly("V9");
    byte[] flipped = payers.sign1().clone();
    flipped[flipped.length - 1] ^= 1;
    assertThat(failed(with(new AgreedUnder(2, payers.hash(), flipped, null), payees)))
        .containsExactly("V9");
  }

  @Test
  void run_resultLine_saysWhichAgreementHeld(@TempDir Path folder) throws IOException {
    AgreedUnder payers = good.sides().get(0).agreement();
    String hash = HexFormat.of().formatHex(payers.hash());
    assertThat(said(folder, good))
        .contains("version 2, SHA-256 " + hash)
        .contains(" agreements=2 checkpoint=absent bill=present verdict=verified");
    assertThat(said(folder, with(payers, null))).contains(" agreements=1 ");
    assertThat(said(folder, with(null, null))).contains(" agreements=0 ");
  }

  private String said(Path folder, EvidenceBundle bundle) throws IOException {
    Path file = folder.resolve("bundle");
    Files.write(file, bundle.encode());
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    String[] args = {file.toString(), "--root", Base64Url.encode(root)};
    VerifierProcess.run(args, new PrintStream(out), new PrintStream(out));
    return out.toString(StandardCharsets.UTF_8);
  }
}
