package org.tallystick.stage;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.tallystick.answer.Answer;
import org.tallystick.answer.Outcome;
import org.tallystick.answer.ReasonClass;
import org.tallystick.bill.Bill;
import org.tallystick.code.Extensions;
import org.tallystick.code.SealedHalf;
import org.tallystick.code.TestDevice;
import org.tallystick.code.TransactionNumber;
import org.tallystick.crypto.SigningKey;
import org.tallystick.node.Server;
import org.tallystick.request.ReplyBody;
import org.tallystick.request.RequestArguments;
import org.tallystick.request.RequestKind;
import org.tallystick.request.RequestResult;
import org.tallystick.request.RequestStatus;
import org.tallystick.request.RequestsFixture;

/** Kinds 5, 6 and 7: bills left at the bank, numbers that it draws; and presence mode. */
class BillsAndNumbersTest extends AccountCase {
  private static final long RESERVED = Duration.ofMinutes(15).toMillis();
  private static final RequestArguments DRAW = new RequestArguments.DrawNumber();

  private RequestStatus lodge(TestDevice by, Bill left) {
    return status(by, new RequestArguments.Lodge(left.encode()));
  }

  private ReplyBody fetch(String under) {
    return ask(payer, new RequestArguments.FetchBill(TransactionNumber.bytes(under)));
  }

  @Test
  void lodgedBill_isFetchedByItsNumber_untilItExpires() {
    Bill left = bill(number, payee, payee.key());
    long expires = bank.office.clock.millis() + LIFE;
    ReplyBody lodged = ask(payee, new RequestArguments.Lodge(left.encode()));
    assertThat(RequestResult.decode(RequestKind.LODGE, lodged.result()))
        .isEqualTo(new RequestResult.Lodged(expires));
    ReplyBody fetched = fetch(number);
    assertThat(fetched.status()).isEqualTo(RequestStatus.DONE);
    RequestResult.LodgedBill result =
        (RequestResult.LodgedBill) RequestResult.decode(RequestKind.BILL, fetched.result());
    assertThat(result.bill()).isEqualTo(left.encode());
    bank.later(LIFE);
    assertThat(fetch(number).status()).isEqualTo(RequestStatus.DONE);
    bank.later(1);
    assertThat(fetch(number).status()).isEqualTo(RequestStatus.UNKNOWN);
  }

  @Test
  void unknownNumber_hasNoBill() {
    assertThat(fetch(number).status()).isEqualTo(RequestStatus.UNKNOWN);
  }

  @Test
  void billOfAnotherDevice_isNotPermitted() {
    TestDevice other = bank.payee();
    assertThat(lodge(other, bill(number, payee, payee.key())))
        .isEqualTo(RequestStatus.NOT_PERMITTED);
    assertThat(fetch(number).status()).isEqualTo(RequestStatus.UNKNOWN);
  }

  @Test
  void seventeenthOpenBill_isTooMany_untilOneIsOver() {
    String first = TransactionNumber.text(random(10));
    assertThat(lodge(payee, bill(first, payee, payee.key()))).isEqualTo(RequestStatus.DONE);
    bank.later(1);
    for (int i = 2; i <= 16; i++) {
      Bill next = bill(TransactionNumber.text(random(10)), payee, payee.key());
      assertThat(lodge(payee, next)).isEqualTo(RequestStatus.DONE);
    }
    Bill another = bill(number, payee, payee.key());
    assertThat(lodge(payee, another)).isEqualTo(RequestStatus.LIMIT_REACHED);
    assertThat(fetch(number).status()).isEqualTo(RequestStatus.UNKNOWN);
    // one that is there already takes no place, and another device's are its own
    assertThat(lodge(payee, bill(first, payee, payee.key()))).isEqualTo(RequestStatus.DONE);
    TestDevice other = bank.payee();
    assertThat(lodge(other, bill(TransactionNumber.text(random(10)), other, other.key())))
        .isEqualTo(RequestStatus.DONE);
    bank.later(LIFE); // none is over before the next millisecond
    assertThat(lodge(payee, bill(number, payee, payee.key())))
        .isEqualTo(RequestStatus.LIMIT_REACHED);
    bank.later(1);
    assertThat(lodge(payee, bill(number, payee, payee.key()))).isEqualTo(RequestStatus.DONE);
  }

  private byte[] random(int length) {
    byte[] drawn = new byte[length];
    bank.office.random.nextBytes(drawn);
    return drawn;
  }

  @Test
  void billThatDoesNotHold_isRefused() {
    SigningKey stranger = SigningKey.generate(bank.office.random);
    assertThat(lodge(payee, bill(number, payee, stranger)))
        .isEqualTo(RequestStatus.ARGUMENTS_REFUSED);
    assertThat(status(payee, new RequestArguments.Lodge(new byte[] {1})))
        .isEqualTo(RequestStatus.ARGUMENTS_REFUSED);
    Bill late = bill(number, payee, payee.key());
    bank.later(LIFE + 1);
    assertThat(lodge(payee, late)).isEqualTo(RequestStatus.ARGUMENTS_REFUSED);
    assertThat(fetch(number).status()).isEqualTo(RequestStatus.UNKNOWN);
  }

  @Test
  void numberInUse_isNotTakenOver_butTheSameDeviceMayReplaceItsBill() {
    Bill first = bill(number, payee, payee.key());
    assertThat(lodge(payee, first)).isEqualTo(RequestStatus.DONE);
    TestDevice thief = bank.payee();
    assertThat(lodge(thief, bill(number, thief, thief.key())))
        .isEqualTo(RequestStatus.NOT_PERMITTED);
    Bill second = bill(number, payee, payee.key());
    assertThat(lodge(payee, second)).isEqualTo(RequestStatus.DONE);
    bank.later(LIFE + 1);
    assertThat(lodge(thief, bill(number, thief, thief.key()))).isEqualTo(RequestStatus.DONE);
  }

  private RequestResult.DrawnNumber draw(TestDevice by) {
    ReplyBody reply = ask(by, DRAW);
    assertThat(reply.status()).isEqualTo(RequestStatus.DONE);
    return (RequestResult.DrawnNumber) RequestResult.decode(RequestKind.NUMBER, reply.result());
  }

  private String drawn(TestDevice by) {
    return TransactionNumber.text(draw(by).number());
  }

  private ReasonClass reasonOfAsking(TestDevice by, String under) {
    SealedHalf ask = by.terms(under, bill).seal();
    SealedHalf pay = payer.terms(under, bill).to(by.account()).seal();
    bank.run(ask, pay);
    return bank.answer(by, ask, under).reason();
  }

  @Test
  void drawnNumber_isGoodForOneHalfOfTheAccount() {
    RequestResult.DrawnNumber given = draw(payee);
    assertThat(given.expiresMillis()).isEqualTo(bank.office.clock.millis() + RESERVED);
    assertThat(given.routingLabel()).isEqualTo("TL");
    String under = TransactionNumber.text(given.number());
    assertThat(reasonOfAsking(payee, under)).isEqualTo(ReasonClass.NONE);
    assertThat(bank.balance(payer)).isEqualTo(8_750);
    new java.security.SecureRandom().nextBytes(bill);
    assertThat(reasonOfAsking(payee, under)).isEqualTo(ReasonClass.OWN_HALF_REFUSED);
  }

  @Test
  void drawnNumber_servesEveryDeviceOfTheAccount_andNoOther() {
    TestDevice colleague =
        new TestDevice(
            bank.office, bank.office.parties.byAccountIdentifier(payee.account()).orElseThrow());
    assertThat(reasonOfAsking(bank.payee(), drawn(payee))).isEqualTo(ReasonClass.OWN_HALF_REFUSED);
    assertThat(reasonOfAsking(colleague, drawn(payee))).isEqualTo(ReasonClass.NONE);
  }

  @Test
  void numberThatNobodyDrew_isRefused() {
    String own = bank.payee().nextNumber();
    SealedHalf ask = payee.terms(own, bill).seal();
    bank.run(ask);
    assertEnded(bank.answer(payee, ask, own), Outcome.DECLINED, ReasonClass.OWN_HALF_REFUSED);
    number = own;
    assertThat(reasons()).containsExactly("NUMBER_NOT_RESERVED");
  }

  @Test
  void drawnNumber_inTwoHalvesOfOneBatch_isGoodForTheFirst() {
    String under = drawn(payee);
    SealedHalf first = payee.terms(under, bill).seal();
    SealedHalf second = payee.terms(under, new byte[32]).seal();
    bank.run(first, second);
    assertThat(bank.stored(first)).isEmpty();
    assertEnded(bank.answer(payee, second, under), Outcome.DECLINED, ReasonClass.OWN_HALF_REFUSED);
  }

  @Test
  void drawnNumber_expires() {
    String inTime = drawn(payee);
    String late = drawn(payee);
    bank.later(RESERVED);
    assertThat(reasonOfAsking(payee, inTime)).isEqualTo(ReasonClass.NONE);
    bank.later(1);
    assertThat(reasonOfAsking(payee, late)).isEqualTo(ReasonClass.OWN_HALF_REFUSED);
  }

  @Test
  void ninthNumber_waitsForAnExpiry_orForAUse() {
    String first = drawn(payee);
    for (int i = 1; i < 8; i++) {
      draw(payee);
    }
    assertThat(status(payee, DRAW)).isEqualTo(RequestStatus.LIMIT_REACHED);
    bank.open(payee.terms(first, bill).seal());
    assertThat(status(payee, DRAW)).isEqualTo(RequestStatus.DONE);
    assertThat(status(payee, DRAW)).isEqualTo(RequestStatus.LIMIT_REACHED);
    bank.later(RESERVED + 1);
    assertThat(status(payee, DRAW)).isEqualTo(RequestStatus.DONE);
  }

  @Test
  void whatExpired_isForgotten() {
    lodge(payee, bill(number, payee, payee.key()));
    String under = drawn(payee);
    bank.later(Duration.ofDays(2).toMillis());
    Server.inTransaction(
        bank.office.entities, () -> RequestsFixture.replies(bank.office).expire(10_000));
    assertThat(bank.count("select count(*) from lodged_bill where number = '" + number + "'"))
        .isZero();
    assertThat(bank.count("select count(*) from issued_number where number = '" + under + "'"))
        .isZero();
  }

  private Answer[] pay(Extensions askedWith, Extensions paidWith, long minor) {
    number = payee.nextNumber();
    SealedHalf ask = asked().amount(minor).with(askedWith).seal();
    SealedHalf pay = paid().amount(minor).with(paidWith).seal();
    bank.run(ask, pay);
    return new Answer[] {bank.answer(payee, ask, number), bank.answer(payer, pay, number)};
  }

  @Test
  void presence_isTheSameNumberForBoth_whereBothAskAndItIsApproved() {
    Extensions yes = Extensions.of("presence", new byte[] {1});
    Answer[] both = pay(yes, yes, 1000);
    assertThat(both[0].presence()).isNotNull().isEqualTo(both[1].presence());
    assertThat(both[0].presence()).isBetween(0, 999);
    for (Answer answer : pay(yes, Extensions.NONE, 1000)) {
      assertThat(answer.presence()).isNull();
    }
    for (Answer answer : pay(yes, Extensions.of("presence", new byte[] {0}), 1000)) {
      assertThat(answer.presence()).isNull();
    }
    for (Answer answer : pay(yes, yes, 50_000)) {
      assertThat(answer.outcome()).isEqualTo(Outcome.DECLINED);
      assertThat(answer.presence()).isNull();
    }
  }
}
