package org.tallystick.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.tallystick.answer.ReasonClass;
import org.tallystick.code.DeviceBinding;
import org.tallystick.code.HalfTerms;
import org.tallystick.code.Purpose;
import org.tallystick.code.Role;
import org.tallystick.code.SignedMap;
import org.tallystick.device.TallystickDevice;
import org.tallystick.device.state.Ending;
import org.tallystick.device.state.OutboxEntry;
import org.tallystick.money.Money;

/**
 * Authentic halves that no honest app makes.
 *
 * <p>TSE-11: the device belongs to the account, amounts and terms match, or the payer hears that it
 * is declined and the payee's half waits on. TSE-05: a sequencer that went back is found out.
 */
final class OddHalfIT extends BankIT {
  @Test
  void payerHalf_overAnotherAmount_endsAloneAndTheBillStaysOpen() {
    User user = user();
    Shop shop = shop();
    OutboxEntry bill = shop.bill(10_00);

    assertMismatch(user, shop, bill, Money.of(9_99, "USD"), payee(shop), "MISMATCH_AMOUNT");
  }

  @Test
  void payerHalf_inAnotherCurrency_endsAloneAndTheBillStaysOpen() {
    User user = user();
    Shop shop = shop();
    OutboxEntry bill = shop.bill(10_00);

    assertMismatch(user, shop, bill, Money.of(10_00, "EUR"), payee(shop), "MISMATCH_CURRENCY");
  }

  @Test
  void payerHalf_forAnotherPayee_endsAloneAndTheBillStaysOpen() {
    User user = user();
    Shop shop = shop();
    OutboxEntry bill = shop.bill(10_00);

    assertMismatch(user, shop, bill, Money.of(10_00, "USD"), new byte[16], "MISMATCH_COUNTERPARTY");
  }

  private static void assertMismatch(
      User user, Shop shop, OutboxEntry bill, Money amount, byte[] payee, String exactReason) {
    try (TallystickDevice phone = sealed(user, bill, amount, payee, binding -> binding)) {
      OutboxEntry half = phone.open(bill.number(), Purpose.PURCHASE).orElseThrow();
      send(shop.till(), bill);
      send(phone, half);

      assertHears(phone, half, Ending.DECLINED, ReasonClass.HALVES_DO_NOT_MATCH);
      assertThat(exactReason(bill.number(), half.codeHash())).isEqualTo(exactReason);
    }
    assertThat(user.balance()).isEqualTo(OPENING_MINOR);
    User another = user();
    OutboxEntry good = shop.approvedBy(another, bill);
    send(another.phone(), good);
    assertHears(another.phone(), good, Ending.APPROVED, ReasonClass.NONE);
    assertHears(shop.till(), bill, Ending.APPROVED, ReasonClass.NONE);
    assertThat(shop.balance()).isEqualTo(10_00);
    entriesInBalancedBooks();
  }

  @Test
  void payerHalf_inTheNameOfAnotherAccount_endsAloneAndTheBillStaysOpen()
      throws InterruptedException {
    User victim = user();
    User thief = user();
    Shop shop = shop();
    OutboxEntry bill = shop.bill(10_00);
    byte[] stolen = victim.phone().identity().orElseThrow().binding().accountIdentifier();
    try (TallystickDevice phone =
        sealed(thief, bill, Money.of(10_00, "USD"), payee(shop), own -> of(own, stolen))) {
      OutboxEntry half = phone.open(bill.number(), Purpose.PURCHASE).orElseThrow();
      send(shop.till(), bill);
      awaitParked(bill);
      send(phone, half);

      byte[] pickup = half.pickup();
      assertThat(answer(pickup, 30).path("state").asText()).isEqualTo("FINAL");
      assertThat(exactReason(bill.number(), half.codeHash())).isEqualTo("ACCOUNT_MISMATCH");
    }
    OutboxEntry good = shop.approvedBy(victim, bill);
    send(victim.phone(), good);
    assertHears(victim.phone(), good, Ending.APPROVED, ReasonClass.NONE);
    assertThat(thief.balance()).isEqualTo(OPENING_MINOR);
    assertThat(victim.balance()).isEqualTo(OPENING_MINOR - 10_00);
  }

  @Test
  void payeeHalf_ofAUser_isRefused() {
    User user = user();
    Shop shop = shop();
    OutboxEntry bill = shop.bill(10_00);
    SignedMap terms = bill.terms();
    user.phone().close();
    new OddHalf(
            devices().settings(user.device()),
            own -> own,
            bound ->
                new HalfTerms(
                    Role.PAYEE,
                    Purpose.PURCHASE,
                    bound.sequence().number(bound.identity().binding()),
                    terms.billHash(),
                    terms.amount(),
                    null,
                    OddHalf.notAfter(),
                    null,
                    null,
                    null,
                    bound.logIndex(),
                    bound.logHead()))
        .intoOutbox();
    try (TallystickDevice phone = devices().reopen(user.device())) {
      OutboxEntry half = phone.openHalves().get(0);
      send(phone, half);

      assertHears(phone, half, Ending.DECLINED, ReasonClass.OWN_HALF_REFUSED);
      assertThat(exactReason(half.number(), half.codeHash())).isEqualTo("ROLE_NOT_ALLOWED");
    }
  }

  @Test
  void device_restoredFromAnOldFile_isFoundOutAsAForkAndSuspended() throws IOException {
    User user = user();
    Shop shop = shop();
    user.phone().close();
    Path state = devices().settings(user.device()).stateFile();
    byte[] old = Files.readAllBytes(state);
    try (TallystickDevice phone = devices().reopen(user.device())) {
      assertPays(new User(user.holder(), user.device(), phone), shop, 1_00);
    }
    Files.write(state, old);
    try (TallystickDevice phone = devices().reopen(user.device())) {
      User restored = new User(user.holder(), user.device(), phone);
      // the number that was used already: dropped, and the answer to its first use tells the device
      OutboxEntry dropped = shop.approvedBy(restored, shop.bill(2_00));
      byte[] pickup = dropped.pickup();
      String first = answer(pickup, 0).path("answer").asText();
      send(phone, dropped);
      assertThat(ended(phone, dropped).ending()).isEqualTo(Ending.NOT_ACCEPTED);
      assertThat(phone.standing().orElseThrow().epoch()).isEqualTo(1);
      // the first one of the fresh epoch says that fewer numbers were used than the bank has seen
      OutboxEntry fork = shop.approvedBy(restored, shop.bill(3_00));
      send(phone, fork);

      assertThat(answer(fork.pickup(), 30).path("state").asText()).isEqualTo("FINAL");
      assertThat(exactReason(fork.number(), fork.codeHash())).isEqualTo("FORK");
      assertThat(answer(pickup, 0).path("answer").asText()).isEqualTo(first).isNotEmpty();
      OutboxEntry after = shop.approvedBy(restored, shop.bill(4_00));
      send(phone, after);
      assertThat(answer(after.pickup(), 30).path("state").asText()).isEqualTo("FINAL");
      assertThat(exactReason(after.number(), after.codeHash())).isEqualTo("DEVICE_NOT_ACTIVE");
    }
    assertThat(user.balance()).isEqualTo(OPENING_MINOR - 1_00);
  }

  private static byte[] payee(Shop shop) {
    return shop.till().identity().orElseThrow().binding().accountIdentifier();
  }

  private static DeviceBinding of(DeviceBinding own, byte[] account) {
    return new DeviceBinding(
        own.consortium(),
        own.suite(),
        own.deviceId(),
        account,
        own.contractId(),
        own.bindingValue());
  }

  private static TallystickDevice sealed(
      User user,
      OutboxEntry bill,
      Money amount,
      byte[] payee,
      UnaryOperator<DeviceBinding> pretended) {
    user.phone().close();
    payer(user, bill, amount, payee, pretended).intoOutbox();
    return devices().reopen(user.device());
  }

  private static OddHalf payer(
      User user,
      OutboxEntry bill,
      Money amount,
      byte[] payee,
      UnaryOperator<DeviceBinding> pretended) {
    byte[] billHash = bill.terms().billHash();
    return new OddHalf(
        devices().settings(user.device()),
        pretended,
        bound ->
            new HalfTerms(
                Role.PAYER,
                Purpose.PURCHASE,
                bill.number(),
                billHash,
                amount,
                payee,
                OddHalf.notAfter(),
                "Account 1",
                null,
                null,
                bound.logIndex(),
                bound.logHead()));
  }
}
