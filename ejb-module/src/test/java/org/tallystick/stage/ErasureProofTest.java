package org.tallystick.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.YearMonth;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tallystick.codec.Base64Url;
import org.tallystick.cose.CoseSign1;
import org.tallystick.crypto.Sha256;
import org.tallystick.device.TallystickDevice;
import org.tallystick.device.bill.BillRequest;
import org.tallystick.device.state.OutboxEntry;
import org.tallystick.evidence.EvidenceBundle;
import org.tallystick.evidence.EvidenceSide;
import org.tallystick.format.Signed;
import org.tallystick.format.Suite;
import org.tallystick.keys.Bank;
import org.tallystick.keys.BankKeySet;
import org.tallystick.keys.KeySets;
import org.tallystick.keys.KeySetsFixture;
import org.tallystick.keys.KeyUse;
import org.tallystick.ledger.AccountKind;
import org.tallystick.ledger.Transfer;
import org.tallystick.money.Money;
import org.tallystick.node.Backup;
import org.tallystick.node.Server;
import org.tallystick.party.Application;
import org.tallystick.party.BackOffice;
import org.tallystick.party.DocumentMedia;
import org.tallystick.party.Party;
import org.tallystick.party.PartyKeyGoneException;
import org.tallystick.party.PartyKind;
import org.tallystick.party.PartyRole;
import org.tallystick.party.Registered;
import org.tallystick.party.RegistrationState;
import org.tallystick.privacy.Eraser;
import org.tallystick.privacy.ErasureOutcome;
import org.tallystick.privacy.ErasureOutcome.Going;
import org.tallystick.privacy.ErasureOutcome.State;
import org.tallystick.privacy.Erasures;
import org.tallystick.privacy.Exports;
import org.tallystick.privacy.Planted;
import org.tallystick.privacy.PrivacyFixture;
import org.tallystick.receipt.Receipt;
import org.tallystick.tree.Checkpoint;
import org.tallystick.tree.CheckpointStage;
import org.tallystick.tree.Checkpoints;
import org.tallystick.tree.CheckpointsFixture;
import org.tallystick.tree.Inclusion;
import org.tallystick.tree.MerkleTree;
import org.tallystick.wallet.DeliveryAddress;
import org.tallystick.wallet.Iban;
import org.tallystick.wallet.InstrumentSearches;
import org.tallystick.wallet.Pan;
import org.tallystick.wallet.Shorthand;
import org.tallystick.wallet.Wallet;
import org.tallystick.wallet.WalletFixture;

/**
 * TSE-06: two customers tell the bank all that it wants to know, pay each other with real devices,
 * leave, and are erased. Nothing that they told is left in any column or file; all that was signed
 * still proves what it proved.
 */
class ErasureProofTest {
  private static final Duration SHORT = Duration.ofSeconds(2);
  private static final Duration KEPT = Duration.ofDays(5 * 366 + 1);
  private static final byte[] DOCUMENT =
      "%PDF-1.4\n1 0 obj\n<< /Type /Catalog /T (Quittenpass 884213) >>\nendobj\ntrailer << /Root 1 0 R >>\nstartxref\n9\n%%EOF\n"
          .getBytes(StandardCharsets.US_ASCII);
  private static final Pan PAN = Pan.of("4539148803436467").orElseThrow();
  private static final String IBAN = "GB82WEST12345698765432";

  @TempDir Path keys;
  @TempDir Path phoneFolder;
  @TempDir Path tillFolder;
  private Stages bank;
  private BankInProcess connection;
  private Erasures erasures;
  private KeySets keySets;
  private Registered buyer;
  private Registered seller;
  private TallystickDevice phone;
  private TallystickDevice till;
  private String number;
  private final String publicName = "Mirabellenhof " + UUID.randomUUID();
  private final Planted planted = new Planted();

  @BeforeEach
  void liveAndPay() {
    bank = new Stages(keys);
    connection = new BankInProcess(bank);
    keySets = KeySetsFixture.over(bank.office, new Bank(bank.office.environment));
    erasures = PrivacyFixture.erasures(bank.office);
    seller = apply(PartyKind.ORGANISATION, PartyRole.PROVIDER, "Quitten und Soehne", publicName);
    buyer = apply(PartyKind.PERSON, PartyRole.USER, "Kunigunde Zwetschgenbaum", null);
    Party sells = bank.office.active(seller);
    Party buys = bank.office.active(buyer);
    tellsAll(buys);
    till = connection.enrol(tillFolder, sells, null);
    phone = connection.enrol(phoneFolder, buys, "7305".toCharArray());
    fund(buys, 250);
    pay();
    fillsItsWallet(buys);
    bank.office.move(buyer, RegistrationState.CLOSED);
    bank.office.move(seller, RegistrationState.CLOSED);
    drain();
    plant();
  }

  @AfterEach
  void close() {
    phone.close();
    till.close();
    in(
        () ->
            bank.office
                .entities
                .createNativeQuery("drop schema if exists backup cascade")
                .executeUpdate());
  }

  private void plant() {
    planted
        .text("name", "Zwetschgenbaum")
        .text("organisation", "Quitten und Soehne")
        .text("given name", "Ada Augusta")
        .text("passport", "533401372")
        .text("e-mail", "kunigunde@zwetschge.example")
        .text("public name", publicName)
        .text("place", "Quittenau")
        .text("PAN", "4539148803436467")
        .text("IBAN", IBAN)
        .text("address", "17 Quittengasse")
        .text("document", "Quittenpass 884213")
        .text("shorthand", "Quittenkonto")
        .text("words of the staff", "Frau Zwetsch")
        .bytes("hash of the document", Sha256.of(DOCUMENT))
        .bytes("hash of the PAN", PAN.searchHash(bank.office.vault.searchKey()))
        .bytes(
            "hash of the IBAN",
            Iban.of(IBAN).orElseThrow().searchHash(bank.office.vault.searchKey()));
  }

  private <T> T in(Supplier<T> work) {
    return Server.inTransaction(bank.office.entities, work);
  }

  private Registered apply(
      PartyKind kind,
      PartyRole role,
      String name,
      @org.jspecify.annotations.Nullable String shown) {
    return (Registered)
        bank.office.register(
            new Application(
                kind,
                role,
                name,
                shown,
                shown == null ? null : "Quittenau",
                "kunigunde@zwetschge.example"));
  }

  private void tellsAll(Party party) {
    bank.office.handedIn(party, BackOffice.identifying(party), DocumentMedia.PDF, DOCUMENT);
    bank.office.said(party, bank.office.person());
  }

  private void fund(Party party, long minor) {
    move(cash(), account(party), minor);
  }

  private long cash() {
    return in(() -> bank.office.ledger.ownAccount(AccountKind.CASH, "USD"));
  }

  private long account(Party party) {
    return in(() -> bank.office.ledger.deposit(party.id(), "USD").orElseThrow());
  }

  private void move(long from, long to, long minor) {
    assertThat(
            in(
                () ->
                    bank.office
                        .ledger
                        .transfer(
                            new Transfer(
                                UUID.randomUUID(),
                                "TEST",
                                "test",
                                from,
                                to,
                                Money.of(minor, "USD")))
                        .inTheBooks()))
        .isTrue();
  }

  private void pay() {
    OutboxEntry bill = till.makeBill(BillRequest.of(List.of(), Money.of(250, "USD"))).orElseThrow();
    number = bill.number();
    till.send(bill).orElseThrow();
    OutboxEntry half =
        phone
            .readBill(till.bill(number).orElseThrow().qrText())
            .then(checked -> phone.approve(checked, null, "7305".toCharArray()))
            .orElseThrow();
    phone.send(half).orElseThrow();
    phone.awaitAnswer(half, SHORT).orElseThrow();
    till.awaitAnswer(bill, SHORT).orElseThrow();
  }

  private void fillsItsWallet(Party party) {
    Wallet wallet = WalletFixture.wallet(bank.office);
    in(() -> wallet.addCard(party.id(), PAN, YearMonth.of(2999, 12), shorthand("Quittenkarte")));
    in(
        () ->
            wallet.addExternal(
                party.id(), Iban.of(IBAN).orElseThrow(), "GBP", shorthand("Quittenkonto")));
    in(
        () ->
            WalletFixture.places(bank.office)
                .add(
                    party.id(),
                    shorthand("home"),
                    new DeliveryAddress(
                        "K. Zwetschgenbaum",
                        List.of("17 Quittengasse"),
                        "Quittenau",
                        null,
                        "12345",
                        "DE")));
    InstrumentSearches searches = WalletFixture.searches(bank.office);
    in(() -> searches.byPan(BackOffice.CLERK, PAN, "Frau Zwetsch asks for her card"));
    in(
        () ->
            bank.office.decisions.move(
                BackOffice.APPROVER,
                buyer.registration(),
                RegistrationState.SUSPENDED,
                "Frau Zwetsch has lost everything"));
  }

  private static Shorthand shorthand(String text) {
    return Shorthand.of(text).orElseThrow();
  }

  private void drain() {
    CheckpointStage stage = CheckpointsFixture.stage(bank.office);
    while (in(() -> stage.add(500)) > 0) {
      // until none is due
    }
  }

  private ErasureOutcome erase(Registered who) {
    in(() -> erasures.erase(BackOffice.CLERK, who.registration(), "asked for it in writing"));
    return in(() -> erasures.erase(BackOffice.APPROVER, who.registration(), "the time is over"));
  }

  private void eraseBoth() {
    Party sells = bank.office.party(seller);
    move(account(sells), cash(), 250);
    bank.office.clock.advance(KEPT);
    for (Registered who : List.of(buyer, seller)) {
      assertThat(erase(who))
          .isInstanceOfSatisfying(
              Going.class, done -> assertThat(done.state()).isEqualTo(State.ERASED));
    }
  }

  private byte[] evidence() {
    byte[] keySet = connection.keySet();
    return in(() -> bank.transactions.evidence(BackOffice.AUDITOR, number, keySet)).orElseThrow();
  }

  @Test
  void erased_nothingOfThemIsLeft_inAnyColumnOrFile() {
    Set<String> before = planted.inColumns();
    assertThat(before)
        .as("that the walk finds what is there")
        .contains(
            "public name in party.display_name",
            "place in party.place",
            "shorthand in instrument.shorthand",
            "words of the staff in party_transition.reason",
            "words of the staff in instrument_search.reason",
            "hash of the PAN in instrument_search.number_hash",
            "hash of the IBAN in instrument.external_hash",
            "hash of the document in party_document.sha256");
    assertThat(
            before.stream()
                .map(found -> found.substring(0, found.indexOf(" in ")))
                .collect(Collectors.toSet()))
        .as("what is sealed is in no column in clear")
        .doesNotContain(
            "name",
            "organisation",
            "given name",
            "passport",
            "e-mail",
            "PAN",
            "IBAN",
            "address",
            "document");
    assertThat(planted.inFiles()).contains("public name", "place");
    eraseBoth();
    assertThat(planted.inColumns()).isEmpty();
    assertThat(planted.inFiles()).isEmpty();
  }

  @Test
  void export_holdsAllThatWasTold_signed_andNothingOfTheOtherSide() throws Exception {
    Exports exports = PrivacyFixture.exports(bank.office);
    ByteArrayOutputStream sent = new ByteArrayOutputStream();
    in(() -> exports.make(BackOffice.CLERK, buyer.registration(), "by letter"))
        .orElseThrow()
        .writeTo(sent);
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

  @Test
  void erased_whatWasSealedOpensNoMore_alsoFromACopy() {
    byte[] sealedName = bank.office.party(buyer).identity().nameSealed();
    Party buys = bank.office.party(buyer);
    assertThat(bank.office.parties.name(buys)).contains("Zwetschgenbaum");
    eraseBoth();
    assertThatThrownBy(() -> bank.office.keys.of(buys)).isInstanceOf(PartyKeyGoneException.class);
    assertThatThrownBy(() -> bank.office.vault.personalKey().openText(sealedName, "x"))
        .isInstanceOf(RuntimeException.class);
    assertThat(
            bank.count(
                "select count(*) from party_key where key_sealed is not null and"
                    + " party_id = "
                    + buys.id()))
        .isZero();
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

  private Checkpoint newest() {
    Checkpoints checkpoints = CheckpointsFixture.over(bank.office);
    BankKeySet set = BankKeySet.verify(keySets.current().signed(), keySets.root(), "TL");
    return Checkpoint.verify(
        in(checkpoints::newest).orElseThrow(),
        Suite.HYBRID,
        set,
        Sha256.of(keySets.root().compressed()));
  }

  @Test
  void restoredDatabase_erasesAgain_whomTheKeyFolderNames() {
    Backup backup = Backup.take(bank.office.entities);
    eraseBoth();
    backup.restore(bank.office.entities);
    assertThat(planted.inColumns()).as("as before").contains("place in party.place");
    Eraser eraser = PrivacyFixture.eraser(new BackOffice(keys));
    Set<String> both = Set.of(buyer.registration(), seller.registration());
    assertThat(in(eraser::backAgain)).hasSameElementsAs(both);
    both.forEach(one -> assertThat(in(() -> again(one))).isTrue());
    assertThat(in(eraser::backAgain)).isEmpty();
    assertThat(planted.inColumns()).isEmpty();
    assertThat(
            bank.count(
                "select count(*) from erasure where confirmed_by = 'system:restored' and reason ="
                    + " 'was erased before the database was restored'"))
        .isEqualTo(2);
  }

  private boolean again(String registration) {
    return PrivacyFixture.eraser(bank.office).again(registration);
  }
}
