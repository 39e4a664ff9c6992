package org.tallystick.stage;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.YearMonth;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tallystick.answer.Answer;
import org.tallystick.answer.Outcome;
import org.tallystick.answer.ReasonClass;
import org.tallystick.code.Conditions;
import org.tallystick.code.Limits;
import org.tallystick.code.Purpose;
import org.tallystick.code.SealedHalf;
import org.tallystick.code.TestDevice;
import org.tallystick.decision.DecisionStage;
import org.tallystick.decision.DecisionStageFixture;
import org.tallystick.node.AtOnce;
import org.tallystick.node.Server;
import org.tallystick.party.BackOffice;
import org.tallystick.wallet.InstrumentView;
import org.tallystick.wallet.Pan;
import org.tallystick.wallet.PaymentSource.Reason;
import org.tallystick.wallet.Shorthand;
import org.tallystick.wallet.SpendingDesk;
import org.tallystick.wallet.SpendingLimits;
import org.tallystick.wallet.Wallet;
import org.tallystick.wallet.WalletFixture;
import org.tallystick.wallet.WalletOutcome;
import org.tallystick.wallet.WalletOutcome.Added;
import org.tallystick.wallet.WalletOutcome.Changed;

/** Payments, holds and charges with instruments that have limits, over the real wallet. */
class SpendingLimitsTest extends AuthorityCase {
  private static final Pan OWN = Pan.of("9999000000000004").orElseThrow();

  private Wallet wallet;
  private SpendingDesk spending;
  private String main;

  @BeforeEach
  void fillTheWallet() {
    tell();
    wallet = WalletFixture.wallet(bank.office);
    spending = WalletFixture.spending(bank.office);
    bank.decisions = DecisionStageFixture.overWallets(bank.office);
    main = ((Added) account("Account 1")).instrument().instrument();
  }

  private <T> T run(Supplier<T> work) {
    return Server.inTransaction(bank.office.entities, work);
  }

  private WalletOutcome account(String name) {
    return run(() -> wallet.addAccount(party(payer).id(), "USD", Shorthand.of(name).orElseThrow()));
  }

  private WalletOutcome limit(@Nullable Long each, @Nullable Long day) {
    return run(() -> spending.limit(party(payer).id(), main, "USD", new SpendingLimits(each, day)));
  }

  private boolean remove(String instrument) {
    return run(() -> wallet.remove(party(payer).id(), instrument));
  }

  /** A purchase; what the payer hears. */
  private ReasonClass pay(long minor) {
    return pay(minor, Conditions.NONE);
  }

  private ReasonClass pay(long minor, Conditions conditions) {
    number = payee.nextNumber();
    bought = asked().amount(minor).with(conditions).seal();
    permitted = paid().amount(minor).with(conditions).seal();
    bank.run(bought, permitted);
    Answer heard = bank.answer(payer, permitted, number);
    assertThat(heard.outcome())
        .isEqualTo(heard.reason() == ReasonClass.NONE ? Outcome.APPROVED : Outcome.DECLINED);
    assertThat(bank.answer(payee, bought, number).reason())
        .isEqualTo(
            heard.reason() == ReasonClass.NONE ? ReasonClass.NONE : ReasonClass.NOT_HONOURED);
    return heard.reason();
  }

  private long spentToday() {
    return bank.count(
        "select coalesce(sum(spent_minor), 0) from instrument_spent s join instrument i"
            + " on i.id = s.instrument_id where i.party_id = "
            + party(payer).id());
  }

  @Test
  void paymentAboveTheLimitOfOne_isDeclined_andMovesNothing() {
    limit(500L, null);
    assertThat(pay(501)).isEqualTo(ReasonClass.ABOVE_LIMIT);
    assertThat(reasons()).containsOnly("ABOVE_INSTRUMENT_LIMIT");
    assertThat(pay(500)).isEqualTo(ReasonClass.NONE);
    assertHeld(0, 9_500);
    assertThat(spentToday()).as("without a limit for the day nobody counts").isZero();
  }

  @Test
  void paymentsAboveTheLimitOfADay_areDeclined_untilMidnight() {
    limit(null, 1_000L);
    assertThat(pay(600)).isEqualTo(ReasonClass.NONE);
    assertThat(pay(401)).isEqualTo(ReasonClass.ABOVE_LIMIT);
    assertThat(reasons()).containsOnly("ABOVE_DAILY_LIMIT");
    assertThat(pay(400)).isEqualTo(ReasonClass.NONE);
    assertThat(pay(1)).isEqualTo(ReasonClass.ABOVE_LIMIT);
    // noon UTC, and a millisecond that the case has spent
    bank.later(Duration.ofHours(12).toMillis() - 2);
    assertThat(pay(1)).isEqualTo(ReasonClass.ABOVE_LIMIT);
    bank.later(2);
    assertThat(pay(1_000)).isEqualTo(ReasonClass.NONE);
    assertThat(pay(1)).isEqualTo(ReasonClass.ABOVE_LIMIT);
    assertHeld(0, 8_000);
  }

  @Test
  void whatWasPaidBeforeTheLimitWasSet_counts() {
    pay(600);
    limit(null, 1_000L);
    assertThat(pay(401)).isEqualTo(ReasonClass.ABOVE_LIMIT);
    assertThat(pay(400)).isEqualTo(ReasonClass.NONE);
  }

  @Test
  void paymentWithoutFunds_countsNothing() {
    limit(null, 20_000L);
    assertThat(pay(10_001)).isEqualTo(ReasonClass.NOT_HONOURED);
    assertThat(spentToday()).isZero();
    assertThat(pay(10_000)).isEqualTo(ReasonClass.NONE);
    assertThat(spentToday()).isEqualTo(10_000);
  }

  @Test
  void redelivery_countsOnce() {
    limit(null, 5_000L);
    number = payee.nextNumber();
    bought = asked().amount(700).seal();
    permitted = paid().amount(700).seal();
    List<Hint> hints = bank.open(bought, permitted).hints();
    bank.decide(hints);
    bank.decide(hints);
    assertThat(spentToday()).isEqualTo(700);
  }

  @Test
  void paymentsInOneBatch_seeEachOther() {
    limit(null, 1_000L);
    SealedHalf[] halves = new SealedHalf[6];
    for (int i = 0; i < 3; i++) {
      number = payee.nextNumber();
      halves[2 * i] = asked().amount(400).seal();
      halves[2 * i + 1] = paid().amount(400).seal();
    }
    bank.run(halves);
    assertHeld(0, 9_200);
    assertThat(spentToday()).isEqualTo(800);
  }

  @Test
  void lowerLimit_holdsAtOnce_higherAfterADay() {
    limit(500L, null);
    WalletOutcome raised = limit(800L, null);
    InstrumentView view = ((Changed) raised).instrument();
    assertThat(view.limits().perTransactionMinor()).isEqualTo(500);
    assertThat(view.limits().next().perTransactionMinor()).isEqualTo(800);
    assertThat(pay(600)).isEqualTo(ReasonClass.ABOVE_LIMIT);
    bank.later(DAY - 1);
    assertThat(pay(600)).isEqualTo(ReasonClass.ABOVE_LIMIT);
    bank.later(1);
    assertThat(pay(600)).isEqualTo(ReasonClass.NONE);
    limit(100L, null);
    assertThat(pay(101)).isEqualTo(ReasonClass.ABOVE_LIMIT);
  }

  @Test
  void limitsInAnotherCurrency_areRefused() {
    assertThat(
            run(() -> spending.limit(party(payer).id(), main, "EUR", new SpendingLimits(1L, null))))
        .isEqualTo(new WalletOutcome.OtherCurrency());
    assertThat(
            run(() -> spending.limit(party(payee).id(), main, "USD", new SpendingLimits(1L, null))))
        .isEqualTo(new WalletOutcome.NotThere());
  }

  @Test
  void nobodyGetsAroundALimit_byAddingACard_orAddingTheAccountAnew() {
    limit(500L, null);
    InstrumentView card = card("Card").instrument();
    assertThat(card.obstacle()).isEqualTo(Reason.NOT_YET_USABLE);
    assertThat(card.usableFrom()).isNotNull();
    remove(main);
    InstrumentView again = ((Added) account("Account 1")).instrument();
    assertThat(again.obstacle()).isEqualTo(Reason.NOT_YET_USABLE);
    assertThat(pay(501)).isEqualTo(ReasonClass.OWN_HALF_REFUSED);
    assertThat(reasons()).containsOnly("NOT_YET_USABLE");
    bank.later(DAY);
    assertThat(pay(501)).isEqualTo(ReasonClass.NONE);
    remove(again.instrument());
    assertThat(((Added) account("Account 1")).instrument().usable())
        .as("what was taken out with its limits long ago")
        .isTrue();
  }

  private Added card(String name) {
    return (Added)
        run(
            () ->
                wallet.addCard(
                    party(payer).id(),
                    OWN,
                    YearMonth.of(2027, 5),
                    Shorthand.of(name).orElseThrow()));
  }

  @Test
  void hold_countsInFull_onTheDayOnWhichItIsSetAside() {
    limit(3_000L, 3_000L);
    hold(3_000);
    assertThat(spentToday()).isEqualTo(3_000);
    assertThat(pay(1)).isEqualTo(ReasonClass.ABOVE_LIMIT);
  }

  @Test
  void hold_aboveALimit_isDeclined() {
    limit(2_999L, null);
    long until = bank.office.clock.millis() + DAY;
    assertThat(pay(1_250, Conditions.of(new Limits(null, new Limits.Hold(3_000, until), null))))
        .isEqualTo(ReasonClass.ABOVE_LIMIT);
    assertHeld(0, 10_000);
  }

  @Test
  void completion_goesThrough_whateverTheLimitIsNow_andCountsNotAgain() {
    hold(3_000);
    limit(0L, 0L);
    long counted = spentToday();
    assertTaken(Purpose.COMPLETE, 3_000);
    assertThat(spentToday()).isEqualTo(counted);
    assertHeld(0, 7_000);
  }

  @Test
  void charges_thatOneOfWouldBeAbove_areNotGranted() {
    limit(1_500L, null);
    long until = bank.office.clock.millis() + 30 * DAY;
    assertThat(
            pay(
                1_250,
                Conditions.of(new Limits(null, null, new Limits.Charges(1_501, 3, HOUR, until)))))
        .isEqualTo(ReasonClass.ABOVE_LIMIT);
  }

  @Test
  void charge_goesNoFurtherThanTheLimitsDoNow_andCounts() {
    charges(400, 5);
    limit(300L, 2_000L);
    bank.later(HOUR);
    assertEnded(take(Purpose.CHARGE, 301), Outcome.DECLINED, ReasonClass.NOT_HONOURED);
    assertTaken(Purpose.CHARGE, 300);
    assertThat(spentToday()).isEqualTo(1_250 + 300);
    limit(300L, 1_600L);
    bank.later(HOUR);
    assertEnded(take(Purpose.CHARGE, 51), Outcome.DECLINED, ReasonClass.NOT_HONOURED);
    assertTaken(Purpose.CHARGE, 50);
    assertThat(reasonsOfSteps())
        .containsExactly("ABOVE_INSTRUMENT_LIMIT", "APPROVED", "ABOVE_DAILY_LIMIT", "APPROVED");
  }

  @Test
  void instrumentTakenOut_endsItsCharges_andStaysEnded() {
    charges(400, 5);
    bank.later(HOUR);
    assertTaken(Purpose.CHARGE, 100);
    remove(main);
    bank.later(HOUR);
    assertEnded(take(Purpose.CHARGE, 100), Outcome.DECLINED, ReasonClass.NOT_HONOURED);
    account("Account 1");
    bank.later(HOUR);
    assertEnded(take(Purpose.CHARGE, 100), Outcome.DECLINED, ReasonClass.NOT_HONOURED);
    assertThat(reasonsOfSteps())
        .containsExactly("APPROVED", "INSTRUMENT_REMOVED", "INSTRUMENT_REMOVED");
    assertHeld(0, 8_650);
  }

  @Test
  void instrumentTakenOut_leavesWhatIsHeldToItsPayee() {
    hold(3_000);
    remove(main);
    assertHeld(3_000, 10_000);
    assertTaken(Purpose.COMPLETE, 2_000);
    assertHeld(0, 8_000);
  }

  @Test
  void instrumentTakenOut_letsWhatIsHeldGoBackInTime() {
    hold(3_000);
    remove(main);
    bank.later(DAY + 11_000);
    release();
    assertHeld(0, 10_000);
  }

  /** With devices of their own on both sides, so that nothing but the account is shared. */
  @Test
  void twoPaymentsAtOnce_underOneLimitOfTheDay_oneOfThemPasses() throws Exception {
    payer = bank.payer(1_000_000);
    TestDevice otherPhone = another();
    TestDevice otherTill = bank.payee();
    main = ((Added) account("Account 1")).instrument().instrument();
    limit(null, 100L);
    BackOffice other = new BackOffice(keys);
    other.clock.advance(Duration.between(other.clock.instant(), bank.office.clock.instant()));
    DecisionStage there = DecisionStageFixture.overWallets(other);
    for (int round = 0; round < 15; round++) {
      String one = payee.nextNumber();
      SealedHalf half = payer.terms(one, bill).to(payee.account()).amount(60).seal();
      List<Hint> here = bank.open(payee.terms(one, bill).amount(60).seal(), half).hints();
      String two = otherTill.nextNumber();
      SealedHalf otherHalf = otherPhone.terms(two, bill).to(otherTill.account()).amount(60).seal();
      List<Hint> elsewhere =
          bank.open(otherTill.terms(two, bill).amount(60).seal(), otherHalf).hints();
      AtOnce.run(
          2,
          node ->
              () ->
                  node == 0
                      ? bank.decide(here).size()
                      : Server.inTransaction(other.entities, () -> there.decide(elsewhere)).size());
      ReasonClass first = bank.answer(payer, half, one).reason();
      ReasonClass second = bank.answer(otherPhone, otherHalf, two).reason();
      assertThat(List.of(first, second))
          .containsExactlyInAnyOrder(ReasonClass.NONE, ReasonClass.ABOVE_LIMIT);
      assertThat(spentToday()).isEqualTo(60);
      bank.later(DAY);
      other.clock.advance(Duration.ofMillis(DAY));
    }
    assertThat(bank.balance(payer)).isEqualTo(1_000_000 - 15 * 60);
  }
}
