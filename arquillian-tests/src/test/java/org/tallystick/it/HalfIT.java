package org.tallystick.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tallystick.answer.ReasonClass;
import org.tallystick.codec.Base64Url;
import org.tallystick.device.TallystickDevice;
import org.tallystick.device.state.Ending;
import org.tallystick.device.state.OutboxEntry;
import org.tallystick.launcher.bank.Reply;
import org.tallystick.launcher.drill.Payments;

/**
 * Halves that end without a payment: late, withdrawn, refused, alone.
 *
 * <p>TSE-01 (registrations and devices out of standing), TSE-09 (PIN), TSE-10 (a half waits until
 * its twin comes, times out or is withdrawn), TSE-11 (any failure ends it with a notice).
 */
final class HalfIT extends BankIT {
  private static final String WRONG_PIN = "1357";
  private static final Duration SHORT_LIFE = Duration.ofSeconds(3);

  @Test
  void payeeHalf_whoseTwinComesLate_bothHearExpired() {
    User user = user();
    Shop shop = shop();
    Payments.Made made = Payments.make(shop.till(), user.phone(), 4_00, SHORT_LIFE);
    send(shop.till(), made.payee());

    assertHears(shop.till(), made.payee(), Ending.EXPIRED, ReasonClass.TOO_LATE);
    send(user.phone(), made.payer());
    assertHears(user.phone(), made.payer(), Ending.EXPIRED, ReasonClass.TOO_LATE);
    assertNothingMoved(user, shop);
  }

  @Test
  void payerHalf_whoseTwinComesLate_bothHearExpired() {
    User user = user();
    Shop shop = shop();
    Payments.Made made = Payments.make(shop.till(), user.phone(), 4_00, SHORT_LIFE);
    send(user.phone(), made.payer());

    assertHears(user.phone(), made.payer(), Ending.EXPIRED, ReasonClass.TOO_LATE);
    send(shop.till(), made.payee());
    assertHears(shop.till(), made.payee(), Ending.EXPIRED, ReasonClass.TOO_LATE);
    assertNothingMoved(user, shop);
  }

  @Test
  void cancel_whilePayeeWaits_endsItAndTheLateTwinHearsCancelled() throws InterruptedException {
    User user = user();
    Shop shop = shop();
    OutboxEntry bill = shop.bill(5_00);
    OutboxEntry half = shop.approvedBy(user, bill);
    send(shop.till(), bill);
    awaitParked(bill);
    OutboxEntry cancel = shop.till().cancel(bill.number()).orElseThrow();
    send(shop.till(), cancel);

    assertHears(shop.till(), bill, Ending.CANCELLED, ReasonClass.CANCELLED_BY_PAYEE);
    assertHears(shop.till(), cancel, Ending.CANCELLED, ReasonClass.CANCELLED_BY_PAYEE);
    send(user.phone(), half);
    assertHears(user.phone(), half, Ending.CANCELLED, ReasonClass.CANCELLED_BY_PAYEE);
    assertNothingMoved(user, shop);
  }

  @Test
  void cancel_afterTheDecision_isTooLateAndThePaymentStands() {
    User user = user();
    Shop shop = shop();
    OutboxEntry bill = shop.bill(6_00);
    OutboxEntry half = shop.approvedBy(user, bill);
    send(shop.till(), bill);
    send(user.phone(), half);
    assertHears(user.phone(), half, Ending.APPROVED, ReasonClass.NONE);
    OutboxEntry cancel = shop.till().cancel(bill.number()).orElseThrow();
    send(shop.till(), cancel);

    assertHears(shop.till(), bill, Ending.APPROVED, ReasonClass.NONE);
    assertHears(shop.till(), cancel, Ending.DECLINED, ReasonClass.TOO_LATE);
    assertThat(shop.balance()).isEqualTo(6_00);
  }

  @Test
  void payerHalf_withAWrongPin_endsAloneAndTheBillCanStillBePaid() {
    User user = user();
    Shop shop = shop();
    OutboxEntry bill = shop.bill(8_00);
    send(shop.till(), bill);
    OutboxEntry wrong = approvedWith(WRONG_PIN, user, shop, bill);
    send(user.phone(), wrong);
    assertHears(user.phone(), wrong, Ending.DECLINED, ReasonClass.OWN_HALF_REFUSED);
    assertThat(exactReason(bill.number(), wrong.codeHash())).isEqualTo("PIN_WRONG");

    OutboxEntry right = shop.approvedBy(user, bill);
    send(user.phone(), right);
    assertHears(user.phone(), right, Ending.APPROVED, ReasonClass.NONE);
    assertHears(shop.till(), bill, Ending.APPROVED, ReasonClass.NONE);
    assertThat(shop.balance()).isEqualTo(8_00);
  }

  @Test
  void device_afterTwoWrongPins_isAskedNoPinForAWhile() {
    User user = user();
    Shop shop = shop();
    for (int i = 0; i < 2; i++) {
      OutboxEntry wrong = approvedWith(WRONG_PIN, user, shop, shop.bill(1_00));
      send(user.phone(), wrong);
      assertHears(user.phone(), wrong, Ending.DECLINED, ReasonClass.OWN_HALF_REFUSED);
    }
    for (String pin : List.of(WRONG_PIN, Payments.PIN)) {
      OutboxEntry blocked = approvedWith(pin, user, shop, shop.bill(1_00));
      send(user.phone(), blocked);
      assertHears(user.phone(), blocked, Ending.DECLINED, ReasonClass.BLOCKED);
    }
    assertNothingMoved(user, shop);
  }

  @Test
  void bill_afterFiveFailedPayerHalves_isClosedToPayers() throws InterruptedException {
    Shop shop = shop();
    OutboxEntry bill = shop.bill(1_00);
    send(shop.till(), bill);
    awaitParked(bill);
    List<User> guessers = List.of(user(), user(), user());
    for (int i = 0; i < 5; i++) {
      User guesser = guessers.get(i / 2); // a third wrong PIN would have to wait
      OutboxEntry wrong = approvedWith(WRONG_PIN, guesser, shop, bill);
      send(guesser.phone(), wrong);
      assertHears(guesser.phone(), wrong, Ending.DECLINED, ReasonClass.OWN_HALF_REFUSED);
    }
    assertHears(shop.till(), bill, Ending.DECLINED, ReasonClass.NOT_HONOURED);
    User user = user();
    OutboxEntry half = shop.approvedBy(user, bill);
    send(user.phone(), half);

    assertHears(user.phone(), half, Ending.DECLINED, ReasonClass.OWN_HALF_REFUSED);
    assertThat(exactReason(bill.number(), half.codeHash())).isEqualTo("BILL_EXHAUSTED");
    assertNothingMoved(user, shop);
  }

  @Test
  void secondPayer_ofOneBill_isDeclinedAndTheFirstOnePays() throws InterruptedException {
    User first = user();
    User second = user();
    Shop shop = shop();
    OutboxEntry bill = shop.bill(9_00);
    OutboxEntry good = shop.approvedBy(first, bill);
    OutboxEntry tooMany = shop.approvedBy(second, bill);
    send(first.phone(), good);
    awaitParked(good);
    send(second.phone(), tooMany);
    assertHears(second.phone(), tooMany, Ending.DECLINED, ReasonClass.OWN_HALF_REFUSED);
    assertThat(exactReason(bill.number(), tooMany.codeHash())).isEqualTo("ROLE_TAKEN");
    send(shop.till(), bill);

    assertHears(first.phone(), good, Ending.APPROVED, ReasonClass.NONE);
    assertHears(shop.till(), bill, Ending.APPROVED, ReasonClass.NONE);
    assertThat(first.balance()).isEqualTo(OPENING_MINOR - 9_00);
    assertThat(second.balance()).isEqualTo(OPENING_MINOR);
  }

  @Test
  void payerHalf_ofALapsedRegistration_isRefused() {
    User user = user();
    Shop shop = shop();
    OutboxEntry half = shop.approvedBy(user, shop.bill(2_00));
    office().registrationState(user.holder().customer(), "LAPSED", "identity papers ran out");
    send(user.phone(), half);

    assertHears(user.phone(), half, Ending.DECLINED, ReasonClass.OWN_HALF_REFUSED);
    assertThat(exactReason(half.number(), half.codeHash())).isEqualTo("PARTY_NOT_ACTIVE");
    assertNothingMoved(user, shop);
  }

  @Test
  void payment_whosePayerLapsesWhileItWaits_endsForThePayerAlone_andThePayeesWaitsOn()
      throws InterruptedException {
    User user = user();
    Shop shop = shop();
    OutboxEntry bill = shop.bill(2_00);
    OutboxEntry half = shop.approvedBy(user, bill);
    send(user.phone(), half);
    awaitParked(half);
    office().registrationState(user.holder().customer(), "LAPSED", "identity papers ran out");
    send(shop.till(), bill);

    assertHears(user.phone(), half, Ending.DECLINED, ReasonClass.OWN_HALF_REFUSED);
    assertNothingMoved(user, shop);
    User other = user();
    OutboxEntry second = shop.approvedBy(other, bill);
    send(other.phone(), second);
    assertHears(other.phone(), second, Ending.APPROVED, ReasonClass.NONE);
    assertHears(shop.till(), bill, Ending.APPROVED, ReasonClass.NONE);
  }

  @Test
  void device_suspendedByStaff_isRefusedUntilItIsActiveAgain() {
    User user = user();
    Shop shop = shop();
    OutboxEntry bill = shop.bill(3_00);
    OutboxEntry half = shop.approvedBy(user, bill);
    deviceState(user.phone(), "SUSPENDED");
    send(user.phone(), half);
    assertHears(user.phone(), half, Ending.DECLINED, ReasonClass.DEVICE_SUSPENDED);
    assertNothingMoved(user, shop);

    deviceState(user.phone(), "ACTIVE");
    assertPays(user, shop, 3_00);
  }

  private static void deviceState(TallystickDevice device, String state) {
    byte[] id = device.identity().orElseThrow().binding().deviceId();
    client()
        .mustPost(
            "/devices/" + Base64Url.encode(id) + "/state",
            office().approver(),
            Map.of("state", state, "reason", "reported lost, then found"));
  }

  @Test
  void transaction_thatNobodyMade_isNotFound() {
    Reply reply = client().get("/transactions/0000000000000000", office().auditor());

    assertThat(reply.status()).isEqualTo(404);
    assertThat(reply.contentType()).startsWith("application/problem+json");
    assertThat(reply.text("type")).isEqualTo("urn:tallystick:problem:not-found");
  }

  private static OutboxEntry approvedWith(String pin, User user, Shop shop, OutboxEntry bill) {
    return Payments.approve(shop.till(), user.phone(), bill, "Account 1", pin);
  }

  private static void assertNothingMoved(User user, Shop shop) {
    assertThat(user.balance()).isEqualTo(OPENING_MINOR);
    assertThat(shop.balance()).isZero();
    entriesInBalancedBooks();
  }
}
