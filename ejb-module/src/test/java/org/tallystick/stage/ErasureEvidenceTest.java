package org.tallystick.stage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.tallystick.codec.Base64Url;
import org.tallystick.cose.CoseSign1;
import org.tallystick.crypto.Sha256;
import org.tallystick.evidence.EvidenceBundle;
import org.tallystick.evidence.EvidenceSide;
import org.tallystick.format.Signed;
import org.tallystick.format.Suite;
import org.tallystick.keys.BankKeySet;
import org.tallystick.keys.KeyUse;
import org.tallystick.party.BackOffice;
import org.tallystick.party.Party;
import org.tallystick.privacy.ExportOutcome;
import org.tallystick.privacy.ExportOutcome.Fetched;
import org.tallystick.privacy.ExportOutcome.Opened;
import org.tallystick.privacy.Exports;
import org.tallystick.privacy.OpenedExports;
import org.tallystick.privacy.PrivacyFixture;
import org.tallystick.receipt.Receipt;
import org.tallystick.tree.Checkpoint;
import org.tallystick.tree.Checkpoints;
import org.tallystick.tree.CheckpointsFixture;
import org.tallystick.tree.Inclusion;
import org.tallystick.tree.MerkleTree;
import org.tallystick.verifier.EvidenceVerifier;
import org.tallystick.verifier.Finding;

/** What was signed still proves what it proved, and what is told to a party of itself is signed. */
class ErasureEvidenceTest extends LivedAndLeft {
  @Test
  void export_holdsAllThatWasTold_signed_andNothingOfTheOtherSide() throws Exception {
    Exports exports = PrivacyFixture.exports(bank.office);
    ByteArrayOutputStream sent = new ByteArrayOutputStream();
    OpenedExports opened = PrivacyFixture.openedExports(bank.office);
    Opened open =
        (Opened) in(() -> opened.open(BackOffice.CLERK, buyer.registration(), "by letter"));
    ExportOutcome outcome =
        in(() -> opened.fetch(BackOffice.CLERK, buyer.registration(), open.export()));
    ((Fetched) outcome).archive().writeTo(sent);
    byte[] archive = sent.toByteArray();
    Map<String, byte[]> files = unzipped(archive);
    String data = new String(files.get("data.json"), StandardCharsets.UTF_8);
    assertThat(data)
        .contains("Kunigunde Zwetschgenbaum", "kunigunde@zwetschge.example", "Ada Augusta")
        .contains("533401372", "4539148803436467", IBAN, "17 Quittengasse", "Quittenkonto")
        .contains("Frau Zwetsch has lost everything", number, "\"amount_minor\":250")
        .doesNotContain("Quitten und Soehne", publicName, "\"clerk\"", "\"approver\"");
    Party sells = bank.office.party(seller);
    assertThat(data)
        .doesNotContain(
            seller.registration(),
            Base64Url.encode(sells.accountIdentifier()),
            HexFormat.of().formatHex(sells.accountIdentifier()));
    assertThat(files.values()).contains(DOCUMENT);
    String manifest =
        new String(
            Signed.payload(
                files.get("manifest.cose"),
                bank.office.vault.signer(KeyUse.RECEIPT).verificationKey(),
                Exports.TYPE,
                Suite.CLASSIC,
                "TL"),
            StandardCharsets.UTF_8);
    files.forEach(
        (name, content) ->
            assertThat(name.equals("manifest.cose") || manifest.contains(named(name, content)))
                .as(name)
                .isTrue());
    Party buys = bank.office.party(buyer);
    assertThat(in(() -> exports.list(buys, 10)))
        .singleElement()
        .satisfies(made -> assertThat(made.sha256()).isEqualTo(Sha256.of(archive)));
    assertThat(
            bank.count(
                "select count(*) from kyc_access where reason = 'by letter' and party_id = "
                    + buys.id()))
        .isEqualTo(1);
  }

  private static String named(String name, byte[] content) {
    return '"' + name + "\":\"" + Base64Url.encode(Sha256.of(content)) + '"';
  }

  private static Map<String, byte[]> unzipped(byte[] archive) throws IOException {
    Map<String, byte[]> files = new HashMap<>();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        files.put(entry.getName(), zip.readAllBytes());
      }
    }
    return files;
  }

  private byte[] evidence() {
    byte[] keySet = connection.keySet();
    return in(() -> bank.transactions.evidence(BackOffice.AUDITOR, number, keySet)).orElseThrow();
  }

  @Test
  void erased_evidenceIsTheSameByteForByte_andLinesAreInTheTree() {
    byte[] before = evidence();
    Checkpoint first = newest();
    eraseBoth();
    assertThat(evidence()).isEqualTo(before);
    EvidenceBundle bundle = EvidenceBundle.decode(before);
    for (EvidenceSide side : bundle.sides()) {
      Receipt receipt = Receipt.decode(CoseSign1.decode(side.receipt()).payload());
      byte[] leaf =
          MerkleTree.leafHash(receipt.deviceId(), side.line().index(), side.line().head());
      Checkpoints checkpoints = CheckpointsFixture.over(bank.office);
      Inclusion inclusion = in(() -> checkpoints.inclusion(leaf, first.size())).orElseThrow();
      assertThat(inclusion.holds(leaf, first)).isTrue();
    }
    drain();
    assertThat(newest().size()).isEqualTo(first.size());
  }

  @Test
  void erased_bundleMadeBeforeAndAfter_holdsOffLine_withTheRootKeyAlone() {
    byte[] before = evidence();
    eraseBoth();
    byte[] after = evidence();
    for (byte[] bundle : List.of(before, after)) {
      List<Finding> findings = verify(EvidenceBundle.decode(bundle));
      assertThat(findings).filteredOn(finding -> !finding.holds()).isEmpty();
      assertThat(findings).extracting(Finding::step).contains("V1", "V2", "V3", "V4", "V6");
    }
    EvidenceBundle good = EvidenceBundle.decode(after);
    EvidenceBundle oneSide =
        new EvidenceBundle(
            good.consortium(),
            good.keySet(),
            good.number(),
            good.sides().subList(0, 1),
            good.bill(),
            good.checkpoint());
    assertThat(EvidenceVerifier.holds(verify(oneSide))).as("a bundle without the other").isFalse();
  }

  private List<Finding> verify(EvidenceBundle bundle) {
    return new EvidenceVerifier(keySets.root()).verify(bundle);
  }

  private Checkpoint newest() {
    Checkpoints checkpoints = CheckpointsFixture.over(bank.office);
    BankKeySet set = BankKeySet.verify(keySets.current().signed(), keySets.root(), "TL");
    return Checkpoint.verify(
        in(checkpoints::newest).orElseThrow(),
        Suite.HYBRID,
        set,
        Sha256.of(keySets.root().compressed()));
  }
}
