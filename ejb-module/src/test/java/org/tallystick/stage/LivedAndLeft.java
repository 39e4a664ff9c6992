package org.tallystick.stage;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.YearMonth;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.tallystick.crypto.Sha256;
import org.tallystick.device.TallystickDevice;
import org.tallystick.device.bill.BillRequest;
import org.tallystick.device.state.OutboxEntry;
import org.tallystick.keys.Bank;
import org.tallystick.keys.KeySets;
import org.tallystick.keys.KeySetsFixture;
import org.tallystick.ledger.AccountKind;
import org.tallystick.ledger.Transfer;
import org.tallystick.money.Money;
import org.tallystick.node.Server;
import org.tallystick.party.Application;
import org.tallystick.party.BackOffice;
import org.tallystick.party.DocumentMedia;
import org.tallystick.party.Party;
import org.tallystick.party.PartyKind;
import org.tallystick.party.PartyRole;
import org.tallystick.party.Registered;
import org.tallystick.party.RegistrationState;
import org.tallystick.privacy.ErasureOutcome;
import org.tallystick.privacy.ErasureOutcome.Going;
import org.tallystick.privacy.ErasureOutcome.State;
import org.tallystick.privacy.Erasures;
import org.tallystick.privacy.Planted;
import org.tallystick.privacy.PrivacyFixture;
import org.tallystick.tree.CheckpointStage;
import org.tallystick.tree.CheckpointsFixture;
import org.tallystick.wallet.DeliveryAddress;
import org.tallystick.wallet.Iban;
import org.tallystick.wallet.InstrumentSearches;
import org.tallystick.wallet.Pan;
import org.tallystick.wallet.Shorthand;
import org.tallystick.wallet.Wallet;
import org.tallystick.wallet.WalletFixture;

/**
 * Two customers tell the bank all that it wants to know, pay each other with real devices, leave,
 * and are erased.
 */
abstract class LivedAndLeft {
  private static final Duration SHORT = Duration.ofSeconds(2);
  private static final Duration KEPT = Duration.ofDays(5 * 366 + 1);
  static final byte[] DOCUMENT =
      "%PDF-1.4\n1 0 obj\n<< /Type /Catalog /T (Quittenpass 884213) >>\nendobj\ntrailer << /Root 1 0 R >>\nstartxref\n9\n%%EOF\n"
          .getBytes(StandardCharsets.US_ASCII);
  private static final Pan PAN = Pan.of("4539148803436467").orElseThrow();
  static final String IBAN = "GB82WEST12345698765432";

  @TempDir Path keys;
  @TempDir Path phoneFolder;
  @TempDir Path tillFolder;
  Stages bank;
  BankInProcess connection;
  private Erasures erasures;
  KeySets keySets;
  Registered buyer;
  Registered seller;
  private TallystickDevice phone;
  private TallystickDevice till;
  String number;
  final String publicName = "Mirabellenhof " + UUID.randomUUID();
  final Planted planted = new Planted();

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
    if (in(() -> bank.office.parties.byRegistration(buyer.registration())).isPresent()) {
      eraseBoth(); // the next test looks for the same words in the same database
    }
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

  <T> T in(Supplier<T> work) {
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

  void drain() {
    CheckpointStage stage = CheckpointsFixture.stage(bank.office);
    while (in(() -> stage.add(500)) > 0) {
      // until none is due
    }
  }

  private ErasureOutcome erase(Registered who) {
    in(() -> erasures.erase(BackOffice.CLERK, who.registration(), "asked for it in writing"));
    return in(() -> erasures.erase(BackOffice.APPROVER, who.registration(), "the time is over"));
  }

  void eraseBoth() {
    Party sells = bank.office.party(seller);
    move(account(sells), cash(), 250);
    bank.office.clock.advance(KEPT);
    for (Registered who : List.of(buyer, seller)) {
      assertThat(erase(who))
          .isInstanceOfSatisfying(
              Going.class, done -> assertThat(done.state()).isEqualTo(State.ERASED));
    }
  }
}
