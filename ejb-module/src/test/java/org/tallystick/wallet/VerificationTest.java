package org.tallystick.wallet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.YearMonth;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tallystick.ledger.AccountKind;
import org.tallystick.node.AtOnce;
import org.tallystick.node.Server;
import org.tallystick.party.BackOffice;
import org.tallystick.party.Party;
import org.tallystick.staff.NotPermittedException;
import org.tallystick.wallet.PaymentSource.Reason;
import org.tallystick.wallet.PaymentSource.Unsupported;
import org.tallystick.wallet.VerificationOutcome.CardRefused;
import org.tallystick.wallet.VerificationOutcome.Exhausted;
import org.tallystick.wallet.VerificationOutcome.IssuerNotReachable;
import org.tallystick.wallet.VerificationOutcome.NotOpen;
import org.tallystick.wallet.VerificationOutcome.NotThere;
import org.tallystick.wallet.VerificationOutcome.Standing;
import org.tallystick.wallet.VerificationOutcome.WrongAmounts;
import org.tallystick.wallet.WalletFixture.FixedLink;
import org.tallystick.wallet.WalletOutcome.Added;

/** A party proves that accounts and cards of other banks are its own. */
class VerificationTest {
  private static final Duration TEN_DAYS = Duration.ofDays(10);
  private static final Pan FOREIGN = Pan.of("4111111111111111").orElseThrow();

  @TempDir Path keys;
  private BackOffice office;
  private Party party;
  private Wallet wallet;
  private InstrumentProofs verifications;
  private MicroDeposits deposits;

  @BeforeEach
  void open() {
    office = new BackOffice(keys);
    party = office.active();
    wallet = WalletFixture.wallet(office);
    verifications = WalletFixture.verifications(office);
    deposits = WalletFixture.microDeposits(office);
    // only what this vault sealed can be opened, so what other tests left goes out of the way
    run(
        () ->
            office
                .entities
                .createNativeQuery(
                    "update micro_deposit set state = 'CANCELLED', ended_at = now()"
                        + " where state in ('ORDERED', 'SENT')")
                .executeUpdate());
  }

  private <T> T run(Supplier<T> work) {
    return Server.inTransaction(office.entities, work);
  }

  private String external() {
    return external("DE89370400440532013000", "Elsewhere");
  }

  private String external(String iban, String name) {
    Iban number = Iban.of(iban).orElseThrow();
    Shorthand shorthand = Shorthand.of(name).orElseThrow();
    return ((Added) run(() -> wallet.addExternal(party.id(), number, "EUR", shorthand)))
        .instrument()
        .instrument();
  }

  private VerificationOutcome begin(String instrument) {
    return WalletFixture.desk(office).begin(party.id(), instrument);
  }

  private MicroDepositOrder ordered() {
    List<MicroDepositOrder> page =
        run(() -> deposits.page(BackOffice.CLERK, MicroDepositState.ORDERED, Optional.empty(), 50))
            .microDeposits();
    assertThat(page).hasSize(1);
    return page.get(0);
  }

  /** Orders one and pays it out. */
  private MicroDepositOrder sent(String instrument) {
    assertThat(begin(instrument)).isInstanceOf(Standing.class);
    MicroDepositOrder order = ordered();
    run(() -> deposits.sent(BackOffice.CLERK, order.microDeposit()));
    return order;
  }

  private VerificationOutcome confirm(String instrument, int one, int other) {
    return run(() -> verifications.confirm(party.id(), instrument, one, other));
  }

  private VerificationOutcome confirmWrongly(String instrument, MicroDepositOrder order) {
    return confirm(instrument, order.firstMinor(), order.secondMinor() == 99 ? 98 : 99);
  }

  private VerificationState state(String instrument) {
    return wallet.one(party.id(), instrument).orElseThrow().verification();
  }

  private long cost() {
    return run(
        () ->
            office
                .ledger
                .balance(office.ledger.ownAccount(AccountKind.VERIFICATION, "EUR"))
                .orElseThrow()
                .postedMinor());
  }

  @Test
  void externalAccount_isKept_andPaysNothing() {
    String instrument = external();
    InstrumentView view = wallet.one(party.id(), instrument).orElseThrow();
    assertThat(view.verification()).isEqualTo(VerificationState.UNVERIFIED);
    assertThat(view.lastFour()).isEqualTo("3000");
    assertThat(view.country()).isEqualTo("DE");
    assertThat(view.usable()).isFalse();
    assertThat(view.obstacle()).isEqualTo(Reason.EXTERNAL_ACCOUNT);
    assertThat(view.toString()).doesNotContain("0532013000");
    MicroDepositOrder order = sent(instrument);
    confirm(instrument, order.firstMinor(), order.secondMinor());
    assertThat(state(instrument)).isEqualTo(VerificationState.VERIFIED);
    assertThat(wallet.source(party.id(), "elsewhere"))
        .contains(new Unsupported(Reason.EXTERNAL_ACCOUNT));
  }

  @Test
  void number_andAmounts_areNotInTheDatabase() {
    String instrument = external();
    MicroDepositOrder order = sent(instrument);
    Object numbers =
        office
            .entities
            .createNativeQuery(
                "select count(*) from instrument i where i::text like '%0532013000%'"
                    + " or position('0532013000'::bytea in external_sealed) > 0")
            .getSingleResult();
    assertThat(numbers).hasToString("0");
    assertThat(order.toString()).doesNotContain(order.firstMinor() + "," + order.secondMinor());
    assertThat(Amounts.of(1, 2)).hasToString("Amounts");
    Object lines =
        office
            .entities
            .createNativeQuery(
                "select count(*) from posting p join journal_entry e on e.id = p.entry_id"
                    + " where e.transaction_ref = ?1 and abs(p.amount_minor) <> ?2")
            .setParameter(1, order.microDeposit())
            .setParameter(2, order.firstMinor() + order.secondMinor())
            .getSingleResult();
    assertThat(lines).as("the books have the sum only").hasToString("0");
  }

  @Test
  void amounts_inAnyOrder_verify_andAgainGiveTheSame() {
    String instrument = external();
    MicroDepositOrder order = sent(instrument);
    VerificationOutcome first = confirm(instrument, order.secondMinor(), order.firstMinor());
    assertThat(((Standing) first).view().verification()).isEqualTo(VerificationState.VERIFIED);
    assertThat(confirm(instrument, order.firstMinor(), order.secondMinor())).isEqualTo(first);
    assertThat(confirmWrongly(instrument, order)).isEqualTo(new NotOpen());
    assertThat(state(instrument)).isEqualTo(VerificationState.VERIFIED);
  }

  @Test
  void wrongAmounts_threeTimes_failIt_andTheRightOnesComeTooLate() {
    String instrument = external();
    MicroDepositOrder order = sent(instrument);
    assertThat(confirmWrongly(instrument, order)).isEqualTo(new WrongAmounts(2));
    assertThat(confirmWrongly(instrument, order)).isEqualTo(new WrongAmounts(1));
    assertThat(state(instrument)).isEqualTo(VerificationState.PENDING);
    assertThat(confirmWrongly(instrument, order)).isEqualTo(new WrongAmounts(0));
    assertThat(state(instrument)).isEqualTo(VerificationState.FAILED);
    assertThat(confirm(instrument, order.firstMinor(), order.secondMinor()))
        .isEqualTo(new NotOpen());
    assertThat(begin(instrument)).isInstanceOf(Standing.class);
    assertThat(state(instrument)).isEqualTo(VerificationState.PENDING);
  }

  @Test
  void twoConfirmationsAtOnce_countTwoTries() throws Exception {
    for (int round = 0; round < 10; round++) {
      String instrument = external(iban(round), "Bank " + round);
      if (round % 5 == 0) {
        anotherMonth();
      }
      MicroDepositOrder order = sent(instrument);
      List<VerificationOutcome> outcomes =
          AtOnce.run(
              2,
              node -> {
                BackOffice other = new BackOffice(keys);
                other.clock.advance(
                    Duration.between(other.clock.instant(), office.clock.instant()));
                InstrumentProofs there = WalletFixture.verifications(other);
                int wrong = order.secondMinor() == 99 ? 98 : 99;
                return () ->
                    Server.inTransaction(
                        other.entities,
                        () -> there.confirm(party.id(), instrument, order.firstMinor(), wrong));
              });
      assertThat(outcomes).containsExactlyInAnyOrder(new WrongAmounts(2), new WrongAmounts(1));
      assertThat(confirmWrongly(instrument, order)).isEqualTo(new WrongAmounts(0));
    }
  }

  /** Different accounts of one bank, with their check digits. */
  private static String iban(int number) {
    String account = String.format("%018d", 370_400_440_532_013_000L + number);
    for (int check = 2; check < 99; check++) {
      String iban = String.format("DE%02d", check) + account;
      if (Iban.of(iban).isPresent()) {
        return iban;
      }
    }
    throw new IllegalStateException("no check digits");
  }

  private void anotherMonth() {
    office.clock.advance(Duration.ofDays(31));
  }

  @Test
  void microDeposit_beforeItIsSent_cannotBeConfirmed_andNoTryIsLost() {
    String instrument = external();
    begin(instrument);
    MicroDepositOrder order = ordered();
    assertThat(confirmWrongly(instrument, order)).isEqualTo(new NotOpen());
    assertThat(confirm(instrument, order.firstMinor(), order.secondMinor()))
        .isEqualTo(new NotOpen());
    run(() -> deposits.sent(BackOffice.CLERK, order.microDeposit()));
    assertThat(confirmWrongly(instrument, order)).isEqualTo(new WrongAmounts(2));
  }

  @Test
  void sentTwice_isBookedOnce_andShowsNoAmountsAnyMore() {
    String instrument = external();
    long before = cost();
    MicroDepositOrder order = sent(instrument);
    long sum = (long) order.firstMinor() + order.secondMinor();
    assertThat(cost()).isEqualTo(before + sum);
    office.clock.advance(Duration.ofDays(2));
    MicroDepositOrder again =
        run(() -> deposits.sent(BackOffice.CLERK, order.microDeposit())).orElseThrow();
    assertThat(cost()).isEqualTo(before + sum);
    assertThat(again.firstMinor()).isNull();
    assertThat(again.sentBy()).isEqualTo("clerk");
    assertThat(again.expiresAt()).isEqualTo(again.sentAt().plus(TEN_DAYS));
    assertThat(run(() -> office.ledger.trialBalance()).balanced()).isTrue();
    assertThat(run(() -> deposits.sent(BackOffice.CLERK, "AAAAAAAAAAAAAAAAAAAAAA"))).isEmpty();
  }

  @Test
  void microDeposit_afterTenDays_isOver_withoutTheTimerAndWithIt() {
    String instrument = external();
    MicroDepositOrder order = sent(instrument);
    office.clock.advance(TEN_DAYS.minusMillis(1));
    assertThat(confirmWrongly(instrument, order)).isEqualTo(new WrongAmounts(2));
    assertThat(expire()).isZero();
    office.clock.advance(Duration.ofMillis(1));
    assertThat(confirm(instrument, order.firstMinor(), order.secondMinor()))
        .isEqualTo(new NotOpen());
    assertThat(expire()).isEqualTo(1);
    assertThat(expire()).isZero();
    assertThat(state(instrument)).isEqualTo(VerificationState.FAILED);
    assertThat(view(instrument).microDeposit().state()).isEqualTo(MicroDepositState.EXPIRED);
  }

  private VerificationView view(String instrument) {
    return run(() -> verifications.view(party.id(), instrument)).orElseThrow();
  }

  private int expire() {
    List<Long> overdue = run(() -> deposits.overdue(500));
    overdue.forEach(
        id ->
            run(
                () -> {
                  deposits.expire(id);
                  return true;
                }));
    return overdue.size();
  }

  @Test
  void orderThatNobodyPaysOut_isOverAfterTenDays() {
    String instrument = external();
    begin(instrument);
    office.clock.advance(TEN_DAYS);
    assertThat(expire()).isEqualTo(1);
    assertThat(state(instrument)).isEqualTo(VerificationState.FAILED);
  }

  /** Paid out after the timer has looked and before it ends what it has found. */
  @Test
  void orderPaidOutMeanwhile_isNotEndedByTheTimer() {
    String instrument = external();
    begin(instrument);
    office.clock.advance(TEN_DAYS);
    List<Long> overdue = run(() -> deposits.overdue(500));
    assertThat(overdue).hasSize(1);
    MicroDepositOrder order = ordered();
    run(() -> deposits.sent(BackOffice.CLERK, order.microDeposit()));
    run(
        () -> {
          deposits.expire(overdue.get(0));
          return true;
        });
    assertThat(confirm(instrument, order.firstMinor(), order.secondMinor()))
        .isInstanceOf(Standing.class);
  }

  @Test
  void begun_twice_ordersOne() {
    String instrument = external();
    assertThat(begin(instrument)).isEqualTo(begin(instrument));
    ordered();
  }

  @Test
  void orders_areFiveInThirtyDays_evenWhereTheAccountIsAddedAnew() {
    for (int i = 0; i < InstrumentProofs.MAX_ORDERS; i++) {
      String instrument = external();
      assertThat(begin(instrument)).isInstanceOf(Standing.class);
      run(() -> wallet.remove(party.id(), instrument));
    }
    String sixth = external();
    assertThat(begin(sixth)).isEqualTo(new Exhausted());
    office.clock.advance(Duration.ofDays(30).plusMillis(1));
    assertThat(begin(sixth)).isInstanceOf(Standing.class);
  }

  @Test
  void accountTakenOut_endsItsMicroDeposit_butWhatWasPaidOutIsBooked() {
    String instrument = external();
    begin(instrument);
    MicroDepositOrder order = ordered();
    run(() -> wallet.remove(party.id(), instrument));
    long before = cost();
    MicroDepositOrder sent =
        run(() -> deposits.sent(BackOffice.CLERK, order.microDeposit())).orElseThrow();
    assertThat(sent.state()).isEqualTo(MicroDepositState.CANCELLED);
    assertThat(cost()).isEqualTo(before + order.firstMinor() + order.secondMinor());
    assertThat(confirm(instrument, order.firstMinor(), order.secondMinor()))
        .isEqualTo(new NotThere());
  }

  @Test
  void instrument_ofAnotherParty_isNotThere() {
    String instrument = external();
    MicroDepositOrder order = sent(instrument);
    long other = office.active().id();
    assertThat(WalletFixture.desk(office).begin(other, instrument)).isEqualTo(new NotThere());
    assertThat(
            run(
                () ->
                    verifications.confirm(
                        other, instrument, order.firstMinor(), order.secondMinor())))
        .isEqualTo(new NotThere());
    assertThat(verifications.view(other, instrument)).isEmpty();
  }

  @Test
  void backOffice_isForClerksOnly_andPages() {
    for (var actor : List.of(BackOffice.APPROVER, BackOffice.AUDITOR)) {
      assertThatThrownBy(() -> deposits.page(actor, MicroDepositState.ORDERED, Optional.empty(), 5))
          .isInstanceOf(NotPermittedException.class);
      assertThatThrownBy(() -> deposits.sent(actor, "x")).isInstanceOf(NotPermittedException.class);
    }
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < 3; i++) {
      begin(external(iban(i), "Bank " + i));
    }
    MicroDepositPage first =
        run(() -> deposits.page(BackOffice.CLERK, MicroDepositState.ORDERED, Optional.empty(), 2));
    MicroDepositPage last =
        run(
            () ->
                deposits.page(
                    BackOffice.CLERK,
                    MicroDepositState.ORDERED,
                    Optional.ofNullable(first.next()),
                    2));
    first.microDeposits().forEach(order -> seen.add(order.microDeposit()));
    last.microDeposits().forEach(order -> seen.add(order.microDeposit()));
    assertThat(seen).hasSize(3);
    assertThat(last.next()).isNull();
  }

  @Test
  void foreignCard_isWhatItsIssuerSays() {
    Shorthand name = Shorthand.of("Theirs").orElseThrow();
    String card =
        ((Added) run(() -> wallet.addCard(party.id(), FOREIGN, YearMonth.of(2027, 5), name)))
            .instrument()
            .instrument();
    assertThat(state(card)).isEqualTo(VerificationState.UNVERIFIED);
    assertThat(begin(card)).isEqualTo(new IssuerNotReachable());
    assertThat(ask(card, "41111111", AccountStatus.UNREACHABLE))
        .isEqualTo(new IssuerNotReachable());
    assertThat(ask(card, "41111112", AccountStatus.VERIFIED)).isEqualTo(new IssuerNotReachable());
    assertThat(state(card)).isEqualTo(VerificationState.UNVERIFIED);
    assertThat(ask(card, "41111111", AccountStatus.NOT_VERIFIED)).isEqualTo(new CardRefused());
    assertThat(state(card)).isEqualTo(VerificationState.FAILED);
    assertThat(ask(card, "41111111", AccountStatus.VERIFIED)).isInstanceOf(Standing.class);
    assertThat(state(card)).isEqualTo(VerificationState.VERIFIED);
    assertThat(wallet.source(party.id(), "Theirs")).contains(new Unsupported(Reason.FOREIGN_CARD));
    assertThat(confirm(card, 1, 2)).isEqualTo(new NotOpen());
  }

  private VerificationOutcome ask(String card, String bin, AccountStatus says) {
    return WalletFixture.desk(office, new FixedLink(bin, says)).begin(party.id(), card);
  }

  @Test
  void issuerLinkThatFails_isNotReachable() {
    IssuerLink broken =
        new IssuerLink() {
          @Override
          public boolean serves(String bin) {
            return true;
          }

          @Override
          public AccountStatus inquire(Pan pan, YearMonth expiry) {
            assertThat(office.entities.getTransaction().isActive()).isFalse();
            throw new IllegalStateException("planted");
          }
        };
    assertThat(new IssuerLinks(List.of(broken)).inquire(FOREIGN, YearMonth.of(2027, 5)))
        .isEqualTo(AccountStatus.UNREACHABLE);
  }

  @Test
  void ownIssuer_knowsItsOwnBins_untilTheyExpire() {
    OwnIssuer own = WalletFixture.ownIssuer(office);
    Pan pan = Pan.of("9999000000000004").orElseThrow();
    assertThat(own.inquire(pan, YearMonth.of(2026, 3))).isEqualTo(AccountStatus.VERIFIED);
    assertThat(own.inquire(pan, YearMonth.of(2026, 2))).isEqualTo(AccountStatus.NOT_VERIFIED);
    assertThat(own.inquire(FOREIGN, YearMonth.of(2027, 5))).isEqualTo(AccountStatus.NOT_VERIFIED);
  }

  @Test
  void amountsDrawn_areOneToNinetyNine_neverAlike_andSpreadOverAll() {
    Set<Integer> seen = new HashSet<>();
    for (int i = 0; i < 5_000; i++) {
      Amounts drawn = Amounts.draw(office.random);
      assertThat(drawn.lower()).isGreaterThanOrEqualTo(1).isLessThan(drawn.higher());
      assertThat(drawn.higher()).isLessThanOrEqualTo(99);
      seen.add(drawn.lower());
      seen.add(drawn.higher());
    }
    assertThat(seen).hasSize(99);
  }
}
