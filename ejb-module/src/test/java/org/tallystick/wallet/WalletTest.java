package org.tallystick.wallet;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tallystick.node.Server;
import org.tallystick.party.BackOffice;
import org.tallystick.party.Party;
import org.tallystick.wallet.PaymentSource.OnAccount;
import org.tallystick.wallet.PaymentSource.Reason;
import org.tallystick.wallet.PaymentSource.Unsupported;
import org.tallystick.wallet.WalletOutcome.Added;

class WalletTest {
  private static final YearMonth GOOD = YearMonth.of(2027, 5);
  private static final Pan FOREIGN = Pan.of("4111111111111111").orElseThrow();
  private static final Pan OWN = Pan.of("9999000000000004").orElseThrow();

  @TempDir Path keys;
  private BackOffice office;
  private Party party;
  private Wallet wallet;

  @BeforeEach
  void open() {
    office = new BackOffice(keys);
    party = office.active();
    wallet = WalletFixture.wallet(office);
  }

  @Test
  void account_added_isPreferred_andPays() {
    InstrumentView added = ((Added) account("USD", "Main")).instrument();
    assertThat(added.preferred()).isTrue();
    assertThat(added.usable()).isTrue();
    Long account = added.accountId();
    assertThat(added.verification()).isEqualTo(VerificationState.VERIFIED);
    assertThat(accountOf("MAIN")).isEqualTo(account);
    assertThat(accountOf("")).isEqualTo(account);
    assertThat(wallet.source(party.id(), "other")).isEmpty();
    assertThat(wallet.source(party.id() + 1, "Main")).isEmpty();
  }

  @Test
  void account_twice_orUnderATakenName_isRefused() {
    account("USD", "Main");
    assertThat(account("USD", "Second")).isEqualTo(new WalletOutcome.AlreadyAdded());
    assertThat(account("EUR", "main")).isEqualTo(new WalletOutcome.ShorthandTaken());
    assertThat(account("EUR", "Euro")).isInstanceOf(Added.class);
  }

  @Test
  void card_own_drawsOnTheAccount_foreign_isKeptOnly() {
    assertThat(card(OWN, GOOD, "Ours")).isInstanceOf(Added.class);
    assertThat(card(FOREIGN, GOOD, "Theirs")).isInstanceOf(Added.class);
    assertThat(wallet.source(party.id(), "Ours").orElseThrow()).isInstanceOf(OnAccount.class);
    assertThat(wallet.source(party.id(), "Theirs")).hasValue(new Unsupported(Reason.FOREIGN_CARD));
    office.clock.advance(java.time.Duration.ofDays(900));
    assertThat(wallet.source(party.id(), "Ours")).hasValue(new Unsupported(Reason.EXPIRED_CARD));
  }

  @Test
  void card_twice_orExpired_isRefused() {
    card(FOREIGN, GOOD, "One");
    assertThat(card(FOREIGN, GOOD, "Two")).isEqualTo(new WalletOutcome.AlreadyAdded());
    assertThat(card(OWN, YearMonth.of(2026, 2), "Old")).isEqualTo(new WalletOutcome.CardExpired());
  }

  @Test
  void cardNumber_isNeitherInTheDatabase_norInTheView() {
    Added added = (Added) card(FOREIGN, GOOD, "One");
    assertThat(added.toString()).doesNotContain("4111").contains("1111");
    Object found =
        office
            .entities
            .createNativeQuery(
                "select count(*) from instrument i where i::text like '%4111111111111111%'"
                    + " or position('4111111111111111'::bytea in pan_sealed) > 0")
            .getSingleResult();
    assertThat(found).hasToString("0");
  }

  @Test
  void instrument_removed_freesItsName_andIsFoundNoMore() {
    InstrumentView first = ((Added) account("USD", "Main")).instrument();
    InstrumentView second = ((Added) card(OWN, GOOD, "Card")).instrument();
    assertThat(run(() -> wallet.prefer(party.id(), second.instrument()))).isTrue();
    assertThat(run(() -> wallet.remove(party.id(), first.instrument()))).isTrue();
    assertThat(run(() -> wallet.remove(party.id(), first.instrument()))).isFalse();
    assertThat(run(() -> wallet.remove(party.id() + 1, second.instrument()))).isFalse();
    assertThat(wallet.list(party.id()))
        .extracting(InstrumentView::shorthand, InstrumentView::preferred)
        .containsExactly(org.assertj.core.groups.Tuple.tuple("Card", true));
    assertThat(account("USD", "Main")).isInstanceOf(Added.class);
  }

  @Test
  void instruments_areRenamedAndOrdered() {
    String main = ((Added) account("USD", "Main")).instrument().instrument();
    String euro = ((Added) account("EUR", "Euro")).instrument().instrument();
    assertThat(rename(main, "EURO")).isEqualTo(new WalletOutcome.ShorthandTaken());
    assertThat(rename(main, "MAIN")).isInstanceOf(WalletOutcome.Changed.class);
    assertThat(rename(main, "Everyday")).isInstanceOf(WalletOutcome.Changed.class);
    assertThat(wallet.source(party.id(), "Main")).isEmpty();
    assertThat(wallet.source(party.id(), "everyday")).isPresent();
    assertThat(run(() -> wallet.rename(party.id() + 1, main, Shorthand.of("x").orElseThrow())))
        .isEqualTo(new WalletOutcome.NotThere());
    assertThat(order(euro, main)).isTrue();
    assertThat(wallet.list(party.id()))
        .extracting(InstrumentView::instrument)
        .containsExactly(euro, main);
    assertThat(order(main)).isFalse();
    assertThat(order(main, main)).isFalse();
    assertThat(order(main, euro, main)).isFalse();
    String third = ((Added) card(OWN, GOOD, "Ours")).instrument().instrument();
    assertThat(wallet.list(party.id()))
        .extracting(InstrumentView::instrument)
        .containsExactly(euro, main, third);
  }

  private WalletOutcome rename(String instrument, String name) {
    return run(() -> wallet.rename(party.id(), instrument, Shorthand.of(name).orElseThrow()));
  }

  private boolean order(String... instruments) {
    return run(() -> wallet.order(party.id(), List.of(instruments)));
  }

  @Test
  void wallet_takesSoManyInstruments_andSoManyNewOnesADay() {
    for (int i = 0; i < Wallet.MAX_INSTRUMENTS; i++) {
      assertThat(external(i)).isInstanceOf(Added.class);
    }
    assertThat(external(99)).isEqualTo(new WalletOutcome.Full());
    for (int i = Wallet.MAX_INSTRUMENTS; i < Wallet.MAX_ADDED_A_DAY; i++) {
      removeFirst();
      assertThat(external(i)).isInstanceOf(Added.class);
    }
    removeFirst();
    assertThat(external(99)).isEqualTo(new WalletOutcome.Full());
    office.clock.advance(java.time.Duration.ofDays(1).plusMillis(1));
    assertThat(external(99)).isInstanceOf(Added.class);
  }

  private WalletOutcome external(int number) {
    UsAccount account =
        UsAccount.of("021000021", Integer.toString(10_000_000 + number)).orElseThrow();
    Shorthand name = Shorthand.of("Bank " + number).orElseThrow();
    return run(() -> wallet.addExternal(party.id(), account, "USD", name));
  }

  private void removeFirst() {
    String first = wallet.list(party.id()).get(0).instrument();
    run(() -> wallet.remove(party.id(), first));
  }

  @Test
  void wallet_ofAPartyThatOnlyApplied_staysShut() {
    long applied =
        office.parties.byPartyToken(office.apply().partyToken()).map(Party::id).orElseThrow();
    Optional<Shorthand> name = Shorthand.of("Main");
    assertThat(run(() -> wallet.addAccount(applied, "USD", name.orElseThrow())))
        .isEqualTo(new WalletOutcome.NotActive());
  }

  private long accountOf(String shorthand) {
    OnAccount source = (OnAccount) wallet.source(party.id(), shorthand).orElseThrow();
    assertThat(source.spending().limits().isNone()).isTrue();
    return source.ledgerAccountId();
  }

  private WalletOutcome account(String currency, String name) {
    return run(() -> wallet.addAccount(party.id(), currency, Shorthand.of(name).orElseThrow()));
  }

  private WalletOutcome card(Pan pan, YearMonth expiry, String name) {
    return run(() -> wallet.addCard(party.id(), pan, expiry, Shorthand.of(name).orElseThrow()));
  }

  private <T> T run(java.util.function.Supplier<T> work) {
    return Server.inTransaction(office.entities, work);
  }
}
