package org.tallystick.stage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tallystick.answer.Outcome;
import org.tallystick.answer.ReasonClass;
import org.tallystick.code.CodeResult;
import org.tallystick.code.Limits;
import org.tallystick.code.Purpose;
import org.tallystick.code.SealedHalf;
import org.tallystick.code.TestDevice;
import org.tallystick.code.TransactionNumber;
import org.tallystick.money.Money;
import org.tallystick.node.Server;
import org.tallystick.notice.NoticeSubject.AuthorityUsed;
import org.tallystick.request.EndAuthority;
import org.tallystick.request.RequestStatus;
import org.tallystick.sequencer.DownChain;

/** Purchases with charges to come (25.3), the charges (purpose 4), and their end (request 11). */
class ChargesTest extends AuthorityCase {
  @BeforeEach
  void tellWhatIsDue() {
    tell();
  }

  private EndAuthority end() {
    return new EndAuthority(TransactionNumber.bytes(number), bill);
  }

  @Test
  void purchase_movesItsAmountAtOnce_andEachChargeItsOwn() {
    charges(400, 2);
    assertHeld(0, 8_750);
    DownChain chain = chain(payer);
    bank.later(HOUR);
    SealedHalf first = later(Purpose.CHARGE, 400).seal();
    assertEnded(take(first), Outcome.APPROVED, ReasonClass.NONE);
    bank.later(HOUR);
    assertTaken(Purpose.CHARGE, 1);
    assertHeld(0, 8_349);
    assertThat(bank.balance(payee)).isEqualTo(1_651);
    tell();
    AuthorityUsed used = (AuthorityUsed) fetch(payer, chain).subject();
    assertThat(used.purpose()).isEqualTo(Purpose.CHARGE);
    assertThat(used.amount()).isEqualTo(Money.of(400, "USD"));
    assertThat(used.codeHash()).isEqualTo(first.codeHash());
    DownChain next = chain.next(payer.binding().suite(), payer.deviceId());
    assertThat(((AuthorityUsed) fetch(payer, next).subject()).amount().minor()).isEqualTo(1);
  }

  @Test
  void chargesThatDoNotFit_changeNothing() {
    charges(400, 1);
    bank.later(HOUR - 1);
    assertEnded(take(Purpose.CHARGE, 400), Outcome.DECLINED, ReasonClass.HALVES_DO_NOT_MATCH);
    bank.later(1);
    assertEnded(take(Purpose.CHARGE, 401), Outcome.DECLINED, ReasonClass.HALVES_DO_NOT_MATCH);
    assertEnded(take(Purpose.CHARGE, 0), Outcome.DECLINED, ReasonClass.HALVES_DO_NOT_MATCH);
    assertEnded(take(Purpose.COMPLETE, 0), Outcome.DECLINED, ReasonClass.HALVES_DO_NOT_MATCH);
    assertTaken(Purpose.CHARGE, 400);
    bank.later(HOUR);
    assertEnded(take(Purpose.CHARGE, 400), Outcome.DECLINED, ReasonClass.HALVES_DO_NOT_MATCH);
    assertThat(reasonsOfSteps())
        .containsExactly(
            "AUTHORITY_INTERVAL",
            "AUTHORITY_AMOUNT",
            "AUTHORITY_AMOUNT",
            "AUTHORITY_PURPOSE",
            "APPROVED",
            "AUTHORITY_COUNT");
    assertHeld(0, 8_350);
  }

  @Test
  void interval_isCountedFromTheMovementBefore() {
    charges(400, 5);
    bank.later(2 * HOUR);
    assertTaken(Purpose.CHARGE, 400);
    bank.later(HOUR - 1);
    assertEnded(take(Purpose.CHARGE, 400), Outcome.DECLINED, ReasonClass.HALVES_DO_NOT_MATCH);
    bank.later(1);
    assertTaken(Purpose.CHARGE, 400);
  }

  @Test
  void chargeAfterItsTime_isDeclined() {
    charges(400, 5);
    bank.later(30 * DAY);
    assertTaken(Purpose.CHARGE, 400);
    bank.later(HOUR);
    assertEnded(take(Purpose.CHARGE, 400), Outcome.DECLINED, ReasonClass.HALVES_DO_NOT_MATCH);
    assertThat(reasonsOfSteps()).containsExactly("APPROVED", "AUTHORITY_TIME");
  }

  @Test
  void chargeWithoutFunds_isNotHonoured_andUsesNothingUp() {
    charges(9_000, 1);
    bank.later(HOUR);
    assertEnded(take(Purpose.CHARGE, 9_000), Outcome.DECLINED, ReasonClass.NOT_HONOURED);
    assertTaken(Purpose.CHARGE, 8_750);
    assertHeld(0, 0);
  }

  @Test
  void purchaseOfNothing_mayHaveChargesAfterIt() {
    long until = bank.office.clock.millis() + DAY;
    Limits limits = new Limits(null, null, new Limits.Charges(100, 1, HOUR, until));
    buy(limits, 0);
    assertEnded(bank.answer(payer, permitted, number), Outcome.APPROVED, ReasonClass.NONE);
    bank.later(HOUR);
    assertTaken(Purpose.CHARGE, 100);
    assertHeld(0, 9_900);
  }

  @Test
  void payer_endsThem_fromAnyDevice_andOnce() {
    charges(400, 5);
    bank.later(HOUR);
    assertThat(status(bank.payer(0), end())).isEqualTo(RequestStatus.UNKNOWN);
    assertThat(status(payee, end())).isEqualTo(RequestStatus.UNKNOWN);
    assertThat(status(payer, new EndAuthority(TransactionNumber.bytes(number), new byte[32])))
        .isEqualTo(RequestStatus.UNKNOWN);
    CodeResult onItsWay = bank.open(later(Purpose.CHARGE, 400).seal());
    assertThat(status(second, end())).isEqualTo(RequestStatus.DONE);
    assertThat(status(payer, end())).isEqualTo(RequestStatus.UNKNOWN);
    bank.decide(onItsWay.hints());
    assertEnded(take(Purpose.CHARGE, 400), Outcome.DECLINED, ReasonClass.OWN_HALF_REFUSED);
    assertThat(reasonsOfSteps()).containsExactly("AUTHORITY_OVER", "NO_AUTHORITY");
    assertHeld(0, 8_750);
  }

  @Test
  void payerWhoIsNoLongerInGoodStanding_isNotCharged() {
    charges(400, 5);
    bank.later(HOUR);
    for (String state : List.of("SUSPENDED", "ACTIVE")) {
      setState(payer, state);
      assertEnded(
          take(Purpose.CHARGE, 400),
          state.equals("ACTIVE") ? Outcome.APPROVED : Outcome.DECLINED,
          state.equals("ACTIVE") ? ReasonClass.NONE : ReasonClass.NOT_HONOURED);
    }
    assertThat(reasonsOfSteps()).containsExactly("AUTHORITY_PAYER_NOT_ACTIVE", "APPROVED");
  }

  private void setState(TestDevice device, String state) {
    bank.office.entities.clear();
    Server.inTransaction(
        bank.office.entities,
        () ->
            bank.office
                .entities
                .createNativeQuery("update party set state = ?1 where id = ?2")
                .setParameter(1, state)
                .setParameter(2, party(device).id())
                .executeUpdate());
    bank.office.entities.clear();
  }

  @Test
  void chargesOfOnePayee_inOneBatch_areDecidedEachForItself() {
    charges(400, 5);
    bank.later(HOUR);
    SealedHalf one = later(Purpose.CHARGE, 400).seal();
    SealedHalf two = later(Purpose.CHARGE, 300).seal();
    bank.run(one, two);
    assertEnded(bank.answer(payee, one, number), Outcome.APPROVED, ReasonClass.NONE);
    assertEnded(bank.answer(payee, two, number), Outcome.DECLINED, ReasonClass.HALVES_DO_NOT_MATCH);
    assertThat(reasonsOfSteps()).containsExactly("APPROVED", "AUTHORITY_INTERVAL");
    assertHeld(0, 8_350);
  }
}
