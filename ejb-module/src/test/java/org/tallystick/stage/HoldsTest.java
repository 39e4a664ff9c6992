package org.tallystick.stage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tallystick.answer.Answer;
import org.tallystick.answer.Outcome;
import org.tallystick.answer.ReadyAnswer;
import org.tallystick.answer.ReasonClass;
import org.tallystick.code.CodeResult;
import org.tallystick.code.Limits;
import org.tallystick.code.Purpose;
import org.tallystick.code.SealedHalf;
import org.tallystick.code.TestDevice;
import org.tallystick.code.TransactionNumber;
import org.tallystick.cose.CoseSign1;
import org.tallystick.device.DeviceState;
import org.tallystick.device.Devices;
import org.tallystick.device.DevicesFixture;
import org.tallystick.ledger.EntryId;
import org.tallystick.money.Money;
import org.tallystick.node.Server;
import org.tallystick.notice.NoticeSubject.AuthorityUsed;
import org.tallystick.pairing.SlotKey;
import org.tallystick.party.BackOffice;
import org.tallystick.receipt.Receipt;
import org.tallystick.request.EndAuthority;
import org.tallystick.request.RequestStatus;
import org.tallystick.sequencer.DownChain;

/** Purchases with a hold (25.2) and their completion (purpose 3), over the real ledger. */
class HoldsTest extends AuthorityCase {
  @BeforeEach
  void endEarlierHolds() {
    Server.inTransaction(
        bank.office.entities,
        () ->
            bank.office
                .entities
                .createNativeQuery(
                    "update authority set state = 'RELEASED'"
                        + " where state = 'OPEN' and kind = 'HOLD'")
                .executeUpdate());
    tell();
  }

  @Test
  void hold_setsAside_andMovesNothing() {
    hold(2_000);
    assertHeld(2_000, 10_000);
    assertThat(bank.balance(payee)).isZero();
  }

  @Test
  void completion_movesItsAmount_andGivesBackTheRest() {
    hold(2_000);
    Answer answer = take(Purpose.COMPLETE, 1_800);
    assertEnded(answer, Outcome.APPROVED, ReasonClass.NONE);
    assertHeld(0, 8_200);
    assertThat(bank.balance(payee)).isEqualTo(1_800);
    Receipt receipt = Receipt.decode(CoseSign1.decode(answer.receipt()).payload());
    assertThat(receipt.purpose()).isEqualTo(Purpose.COMPLETE);
    assertThat(receipt.amount()).isEqualTo(Money.of(1_800, "USD"));
    assertThat(receipt.number()).isEqualTo(number);
    assertThat(receipt.counterpartyCommitment())
        .isEqualTo(Receipt.counterparty(salt(receipt), payer.account(), payer.deviceId()));
  }

  private byte[] salt(Receipt receipt) {
    return (byte[])
        Server.inTransaction(
            bank.office.entities,
            () ->
                bank.office
                    .entities
                    .createNativeQuery(
                        "select counterparty_salt from receipt where receipt_number = ?1")
                    .setParameter(1, TransactionNumber.text(receipt.receiptNumber()))
                    .getSingleResult());
  }

  @Test
  void completion_isToldToThePayersDevice_once() {
    hold(2_000);
    DownChain chain = chain(payer);
    long others = made(second) + made(payee);
    SealedHalf step = later(Purpose.COMPLETE, 700).seal();
    take(step);
    tell();
    AuthorityUsed used = (AuthorityUsed) fetch(payer, chain).subject();
    assertThat(used.number()).isEqualTo(number);
    assertThat(used.purpose()).isEqualTo(Purpose.COMPLETE);
    assertThat(used.amount()).isEqualTo(Money.of(700, "USD"));
    assertThat(used.timeMillis()).isEqualTo(bank.office.clock.millis());
    assertThat(used.codeHash()).isEqualTo(step.codeHash());
    assertThat(made(second) + made(payee)).isEqualTo(others);
    assertThat(tell()).isEmpty();
  }

  private long made(TestDevice device) {
    return bank.count("select count(*) from notice where device_pk = " + device.index());
  }

  @Test
  void payersDeviceThatIsSuspended_hearsOfIt_andSoDoTheOthersOfItsAccount() {
    hold(2_000);
    DownChain own = chain(payer);
    DownChain others = chain(second);
    suspend(payer);
    take(Purpose.COMPLETE, 700);
    tell();
    assertThat(fetch(payer, own).subject()).isInstanceOf(AuthorityUsed.class);
    DownChain next = others.next(second.binding().suite(), second.deviceId());
    assertThat(
            List.of(fetch(second, others).subject().kind(), fetch(second, next).subject().kind()))
        .containsExactlyInAnyOrder(2, 4);
  }

  private void suspend(TestDevice device) {
    Devices devices = DevicesFixture.over(bank.office);
    Server.inTransaction(
        bank.office.entities,
        () -> devices.move(BackOffice.APPROVER, device.deviceId(), DeviceState.SUSPENDED, "lost"));
  }

  @Test
  void completionOfNothing_givesTheHoldBack() {
    hold(2_000);
    assertTaken(Purpose.COMPLETE, 0);
    assertHeld(0, 10_000);
    assertThat(bank.balance(payee)).isZero();
  }

  @Test
  void secondCompletion_findsNothingOpen() {
    hold(2_000);
    assertTaken(Purpose.COMPLETE, 500);
    assertEnded(take(Purpose.COMPLETE, 500), Outcome.DECLINED, ReasonClass.OWN_HALF_REFUSED);
    assertThat(reasonsOfSteps()).containsExactly("APPROVED", "NO_AUTHORITY");
    assertHeld(0, 9_500);
  }

  @Test
  void twoCompletionsInOneBatch_theFirstCounts() {
    hold(2_000);
    SealedHalf first = later(Purpose.COMPLETE, 500).seal();
    SealedHalf second = later(Purpose.COMPLETE, 600).seal();
    bank.run(first, second);
    assertEnded(bank.answer(payee, first, number), Outcome.APPROVED, ReasonClass.NONE);
    assertEnded(
        bank.answer(payee, second, number), Outcome.DECLINED, ReasonClass.HALVES_DO_NOT_MATCH);
    assertThat(reasonsOfSteps()).containsExactly("APPROVED", "AUTHORITY_OVER");
    assertHeld(0, 9_500);
  }

  @Test
  void completionAboveTheHold_changesNothing() {
    hold(2_000);
    assertEnded(take(Purpose.COMPLETE, 2_001), Outcome.DECLINED, ReasonClass.HALVES_DO_NOT_MATCH);
    assertThat(reasonsOfSteps()).containsExactly("AUTHORITY_AMOUNT");
    assertHeld(2_000, 10_000);
    assertTaken(Purpose.COMPLETE, 2_000);
    assertHeld(0, 8_000);
  }

  @Test
  void chargeOfAHold_doesNotFit() {
    hold(2_000);
    assertEnded(take(Purpose.CHARGE, 100), Outcome.DECLINED, ReasonClass.HALVES_DO_NOT_MATCH);
    assertThat(reasonsOfSteps()).containsExactly("AUTHORITY_PURPOSE");
    assertHeld(2_000, 10_000);
  }

  @Test
  void moneyThatIsHeld_paysForNothingElse_andItsCompletionNeedsNoOther() {
    hold(9_000);
    SealedHalf purchase = bought;
    String held = number;
    number = payee.nextNumber();
    SealedHalf ask = asked().amount(1_001).seal();
    SealedHalf pay = paid().amount(1_001).seal();
    bank.run(ask, pay);
    assertEnded(bank.answer(payer, pay, number), Outcome.DECLINED, ReasonClass.NOT_HONOURED);
    number = payee.nextNumber();
    ask = asked().amount(1_000).seal();
    pay = paid().amount(1_000).seal();
    bank.run(ask, pay);
    assertEnded(bank.answer(payer, pay, number), Outcome.APPROVED, ReasonClass.NONE);
    number = held;
    bought = purchase;
    assertTaken(Purpose.COMPLETE, 9_000);
    assertHeld(0, 0);
  }

  @Test
  void holdAboveTheFunds_isNotHonoured_andLeavesNoAuthority() {
    Limits limits =
        new Limits(null, new Limits.Hold(10_001, bank.office.clock.millis() + DAY), null);
    buy(limits, 1_250);
    assertEnded(bank.answer(payer, permitted, number), Outcome.DECLINED, ReasonClass.NOT_HONOURED);
    assertEnded(bank.answer(payee, bought, number), Outcome.DECLINED, ReasonClass.NOT_HONOURED);
    assertEnded(take(Purpose.COMPLETE, 100), Outcome.DECLINED, ReasonClass.OWN_HALF_REFUSED);
    assertHeld(0, 10_000);
  }

  @Test
  void debtOfThePayer_declinesTheCompletion_andTheHoldStays() {
    hold(2_000);
    String held = number;
    SealedHalf purchase = bought;
    TestDevice earlier = bank.payee();
    number = earlier.nextNumber();
    SealedHalf ask = earlier.terms(number, bill).amount(8_000).seal();
    SealedHalf pay = payer.terms(number, bill).to(earlier.account()).amount(8_000).seal();
    bank.run(ask, pay);
    // what was paid in first turns out never to have been
    Server.inTransaction(
        bank.office.entities,
        () -> {
          UUID deposit =
              (UUID)
                  bank.office
                      .entities
                      .createNativeQuery(
                          "select p.entry_id from posting p join journal_entry e on e.id ="
                              + " p.entry_id where e.kind = 'DEPOSIT' and p.account_id = ?1")
                      .setParameter(
                          1, bank.office.ledger.deposit(party(payer).id(), "USD").orElseThrow())
                      .getSingleResult();
          return bank.office.ledger.reverse(deposit);
        });
    number = held;
    bought = purchase;
    assertEnded(take(Purpose.COMPLETE, 100), Outcome.DECLINED, ReasonClass.NOT_HONOURED);
    assertThat(reasonsOfSteps()).containsExactly("INSUFFICIENT_FUNDS");
    assertHeld(2_000, -8_000);
    assertTaken(Purpose.COMPLETE, 0);
  }

  @Test
  void completionInTime_counts_andOneLaterDoesNot() {
    hold(2_000);
    bank.later(DAY);
    SealedHalf inTime = later(Purpose.COMPLETE, 100).seal();
    CodeResult opened = bank.open(inTime);
    bank.later(1);
    assertEnded(take(Purpose.COMPLETE, 200), Outcome.DECLINED, ReasonClass.HALVES_DO_NOT_MATCH);
    assertThat(release()).isZero();
    bank.decide(opened.hints());
    assertEnded(bank.answer(payee, inTime, number), Outcome.APPROVED, ReasonClass.NONE);
    assertThat(reasonsOfSteps()).containsExactly("APPROVED", "AUTHORITY_TIME");
  }

  @Test
  void holdWhoseTimeIsOver_isGivenBackByTheBank_once_andThePayerHearsOfIt() {
    hold(2_000);
    DownChain chain = chain(payer);
    bank.later(DAY + 10_000);
    assertThat(release()).isZero();
    bank.later(1);
    assertThat(release()).isEqualTo(1);
    assertThat(release()).isZero();
    assertHeld(0, 10_000);
    tell();
    AuthorityUsed used = (AuthorityUsed) fetch(payer, chain).subject();
    assertThat(used.codeHash()).isNull();
    assertThat(used.amount()).isEqualTo(Money.of(0, "USD"));
    assertThat(used.purpose()).isEqualTo(Purpose.COMPLETE);
    assertEnded(take(Purpose.COMPLETE, 100), Outcome.DECLINED, ReasonClass.OWN_HALF_REFUSED);
    assertThat(bank.count("select count(*) from hold where id = '" + holdId() + "'")).isEqualTo(1);
  }

  private String holdId() {
    return EntryId.of("hold", new SlotKey("TL", number, bill).text()).toString();
  }

  @Test
  void holdOfThePayee_isNotEndedByThePayer() {
    hold(2_000);
    EndAuthority end = new EndAuthority(TransactionNumber.bytes(number), bill);
    assertThat(status(payer, end)).isEqualTo(RequestStatus.NOT_PERMITTED);
    assertTaken(Purpose.COMPLETE, 100);
    assertThat(status(payer, end)).isEqualTo(RequestStatus.UNKNOWN);
  }

  @Test
  void strangersAndOtherCodes_haveNoPartInIt() {
    hold(2_000);
    TestDevice stranger = bank.payee();
    SealedHalf theirs = later(stranger, Purpose.COMPLETE, 100).seal();
    bank.run(theirs);
    assertEnded(
        bank.answer(stranger, theirs, number), Outcome.DECLINED, ReasonClass.OWN_HALF_REFUSED);
    byte[] other = bought.codeHash().clone();
    other[0] ^= 1;
    SealedHalf wrong = payee.terms(number, bill).amount(100).later(Purpose.COMPLETE, other).seal();
    assertEnded(take(wrong), Outcome.DECLINED, ReasonClass.OWN_HALF_REFUSED);
    SealedHalf toAnother = later(Purpose.COMPLETE, 100).to(stranger.account()).seal();
    assertEnded(take(toAnother), Outcome.DECLINED, ReasonClass.HALVES_DO_NOT_MATCH);
    assertThat(reasonsOfSteps())
        .containsExactly("NO_AUTHORITY", "NO_AUTHORITY", "MISMATCH_COUNTERPARTY");
    assertHeld(2_000, 10_000);
  }

  @Test
  void anotherDeviceOfThePayeesAccount_mayComplete() {
    hold(2_000);
    TestDevice colleague = new TestDevice(bank.office, party(payee));
    SealedHalf step = later(colleague, Purpose.COMPLETE, 300).to(payer.account()).seal();
    bank.run(step);
    assertEnded(bank.answer(colleague, step, number), Outcome.APPROVED, ReasonClass.NONE);
    assertHeld(0, 9_700);
  }

  @Test
  void completionThatComesAgain_hasNoFurtherEffect() {
    hold(2_000);
    SealedHalf step = later(Purpose.COMPLETE, 300).seal();
    CodeResult opened = bank.open(step);
    List<ReadyAnswer> answers = bank.decide(opened.hints());
    assertThat(answers).hasSize(1);
    assertThat(bank.decide(opened.hints())).isEmpty();
    assertThat(bank.open(step).again()).hasSize(1);
    assertHeld(0, 9_700);
    assertThat(bank.balance(payee)).isEqualTo(300);
  }

  @Test
  void lostHint_isFoundBySweeping() {
    hold(2_000);
    SealedHalf step = later(Purpose.COMPLETE, 300).seal();
    CodeResult opened = bank.open(step);
    bank.later(3_000);
    assertThat(bank.sweep()).containsAll(opened.hints());
    bank.decide(opened.hints());
    assertThat(bank.stored(step)).hasSize(1);
  }
}
