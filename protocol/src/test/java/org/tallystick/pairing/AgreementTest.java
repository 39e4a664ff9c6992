package org.tallystick.pairing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.tallystick.code.Conditions;
import org.tallystick.code.Extensions;
import org.tallystick.code.Purpose;
import org.tallystick.code.Role;
import org.tallystick.code.SignedMap;
import org.tallystick.money.Money;

/** TSE-11: what two halves must agree on. */
class AgreementTest {
  private static final byte[] PAYER = filled(1);
  private static final byte[] PAYEE = filled(2);

  private static byte[] filled(int value) {
    byte[] bytes = new byte[16];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }

  private static SignedMap half(
      Role role, byte[] account, byte[] counterparty, int bill, long amount, String currency) {
    byte[] hash = new byte[32];
    hash[0] = (byte) bill;
    return new SignedMap(
        role,
        Purpose.PURCHASE,
        new byte[16],
        account,
        new byte[16],
        0,
        1,
        counterparty,
        hash,
        Money.of(amount, currency),
        1,
        2,
        1,
        new byte[16],
        0,
        new byte[32],
        new byte[32],
        null,
        null,
        Extensions.NONE,
        Conditions.NONE,
        null,
        false);
  }

  private static SignedMap payee() {
    return half(Role.PAYEE, PAYEE, null, 7, 5400, "USD");
  }

  @Test
  void check_agreeingHalves_findsNothing() {
    assertThat(Agreement.check(half(Role.PAYER, PAYER, PAYEE, 7, 5400, "USD"), payee())).isEmpty();
    assertThat(
            Agreement.check(
                half(Role.PAYER, PAYER, PAYEE, 7, 5400, "USD"),
                half(Role.PAYEE, PAYEE, PAYER, 7, 5400, "USD")))
        .isEmpty();
  }

  @Test
  void check_eachDifference_isNamed() {
    assertThat(Agreement.check(half(Role.PAYER, PAYER, PAYEE, 8, 5400, "USD"), payee()))
        .contains(Mismatch.BILL);
    assertThat(Agreement.check(half(Role.PAYER, PAYER, PAYEE, 7, 5401, "USD"), payee()))
        .contains(Mismatch.AMOUNT);
    assertThat(Agreement.check(half(Role.PAYER, PAYER, PAYEE, 7, 5400, "EUR"), payee()))
        .contains(Mismatch.CURRENCY);
    assertThat(Agreement.check(half(Role.PAYER, PAYER, PAYER, 7, 5400, "USD"), payee()))
        .contains(Mismatch.COUNTERPARTY);
    assertThat(Agreement.check(half(Role.PAYER, PAYER, null, 7, 5400, "USD"), payee()))
        .contains(Mismatch.COUNTERPARTY);
    assertThat(Agreement.check(half(Role.PAYER, PAYEE, PAYEE, 7, 5400, "USD"), payee()))
        .contains(Mismatch.SAME_ACCOUNT);
    assertThat(
            Agreement.check(
                half(Role.PAYER, PAYER, PAYEE, 7, 5400, "USD"),
                half(Role.PAYEE, PAYEE, filled(9), 7, 5400, "USD")))
        .contains(Mismatch.COUNTERPARTY);
  }
}
