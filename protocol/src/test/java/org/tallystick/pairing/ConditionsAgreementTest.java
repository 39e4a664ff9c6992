package org.tallystick.pairing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.tallystick.code.Conditions;
import org.tallystick.code.Extensions;
import org.tallystick.code.Limits;
import org.tallystick.code.Purpose;
import org.tallystick.code.Role;
import org.tallystick.code.SignedMap;
import org.tallystick.money.Money;

/** L1 to L5: what a payer grants lies within what the payee asks for. */
class ConditionsAgreementTest {
  private static final long HOUR = 3_600_000;
  private static final byte[] PAYER = filled(1, 16);
  private static final byte[] PAYEE = filled(2, 16);
  private static final Limits.Hold HOLD = new Limits.Hold(9_000, 50);
  private static final Limits.Charges CHARGES = new Limits.Charges(700, 3, HOUR, 50);

  private static byte[] filled(int value, int length) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }

  private static SignedMap half(
      Role role, byte @Nullable [] counterparty, long amount, Conditions conditions) {
    return new SignedMap(
        role,
        Purpose.PURCHASE,
        new byte[16],
        role == Role.PAYER ? PAYER : PAYEE,
        new byte[16],
        0,
        1,
        counterparty,
        new byte[32],
        Money.of(amount, "USD"),
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
        conditions,
        null,
        false);
  }

  private static Optional<Mismatch> check(long amount, Conditions granted, Conditions asked) {
    return Agreement.check(
        half(Role.PAYER, granted.terms() ? null : PAYEE, amount, granted),
        half(Role.PAYEE, null, 5_000, asked));
  }

  private static Conditions limits(
      @Nullable Long tip, Limits.@Nullable Hold hold, Limits.@Nullable Charges charges) {
    return Conditions.of(new Limits(tip, hold, charges));
  }

  @Test
  void tip_upToTheHighest_isInsideTheAmount() {
    Conditions asked = limits(500L, null, null);
    assertThat(check(5_500, limits(500L, null, null), asked)).isEmpty();
    assertThat(check(5_001, limits(1L, null, null), asked)).isEmpty();
    assertThat(check(5_000, limits(0L, null, null), asked)).isEmpty();
    assertThat(check(5_000, Conditions.NONE, asked)).isEmpty();
  }

  @Test
  void tip_aboveTheHighest_isAMismatch() {
    assertThat(check(5_501, limits(501L, null, null), limits(500L, null, null)))
        .contains(Mismatch.TIP);
  }

  @Test
  void tip_notAskedFor_isAMismatch() {
    assertThat(check(5_001, limits(1L, null, null), Conditions.NONE)).contains(Mismatch.TIP);
    assertThat(check(5_000, limits(0L, null, null), Conditions.NONE)).contains(Mismatch.TIP);
    assertThat(check(5_001, limits(1L, HOLD, null), limits(null, HOLD, null)))
        .contains(Mismatch.TIP);
  }

  @Test
  void amount_isThePayeesAndTheTip_andNoOther() {
    Conditions asked = limits(500L, null, null);
    assertThat(check(5_300, limits(301L, null, null), asked)).contains(Mismatch.AMOUNT);
    assertThat(check(5_300, limits(299L, null, null), asked)).contains(Mismatch.AMOUNT);
    assertThat(check(5_300, Conditions.NONE, asked)).contains(Mismatch.AMOUNT);
  }

  @Test
  void holdAndCharges_areAlikeInBoth() {
    assertThat(check(5_000, limits(null, HOLD, null), limits(null, HOLD, null))).isEmpty();
    assertThat(check(5_000, limits(null, null, CHARGES), limits(null, null, CHARGES))).isEmpty();
    assertThat(check(5_002, limits(2L, HOLD, null), limits(2L, HOLD, null))).isEmpty();
    Limits.Hold lower = new Limits.Hold(8_999, 50);
    Limits.Charges fewer = new Limits.Charges(700, 2, HOUR, 50);
    assertThat(check(5_000, limits(null, lower, null), limits(null, HOLD, null)))
        .contains(Mismatch.LIMITS);
    assertThat(check(5_000, limits(null, null, fewer), limits(null, null, CHARGES)))
        .contains(Mismatch.LIMITS);
    assertThat(check(5_000, Conditions.NONE, limits(null, HOLD, null))).contains(Mismatch.LIMITS);
    assertThat(check(5_000, limits(null, HOLD, null), Conditions.NONE)).contains(Mismatch.LIMITS);
    assertThat(check(5_000, Conditions.NONE, limits(null, null, CHARGES)))
        .contains(Mismatch.LIMITS);
    assertThat(check(5_000, limits(null, null, CHARGES), Conditions.NONE))
        .contains(Mismatch.LIMITS);
    assertThat(check(5_001, limits(1L, null, null), limits(1L, HOLD, null)))
        .contains(Mismatch.LIMITS);
  }

  private static Conditions content(byte @Nullable [] hash) {
    return new Conditions(null, hash, 0, false);
  }

  @Test
  void content_isTheSameInBoth() {
    byte[] one = filled(1, 32);
    assertThat(check(5_000, content(one), content(one.clone()))).isEmpty();
    assertThat(check(5_000, content(one), content(filled(2, 32)))).contains(Mismatch.CONTENT);
    assertThat(check(5_000, content(one), Conditions.NONE)).contains(Mismatch.CONTENT);
    assertThat(check(5_000, Conditions.NONE, content(one))).contains(Mismatch.CONTENT);
  }

  private static Conditions consent(int bits) {
    return new Conditions(null, null, bits, false);
  }

  @Test
  void consent_isASubsetOfWhatWasAsked() {
    assertThat(check(5_000, consent(5), consent(13))).isEmpty();
    assertThat(check(5_000, consent(13), consent(13))).isEmpty();
    assertThat(check(5_000, Conditions.NONE, consent(1))).isEmpty();
    assertThat(check(5_000, consent(3), consent(13))).contains(Mismatch.CONSENT);
    assertThat(check(5_000, consent(1), Conditions.NONE)).contains(Mismatch.CONSENT);
  }

  @Test
  void termsMode_isInBothOrInNeither() {
    assertThat(check(5_000, Conditions.TERMS, Conditions.TERMS)).isEmpty();
    assertThat(check(5_000, Conditions.TERMS, Conditions.NONE)).contains(Mismatch.TERMS);
    assertThat(check(5_000, Conditions.NONE, Conditions.TERMS)).contains(Mismatch.TERMS);
  }

  @Test
  void counterparty_isLeftOpenByAPayerOnlyInTermsMode() {
    SignedMap open = half(Role.PAYER, null, 5_000, Conditions.NONE);
    SignedMap payee = half(Role.PAYEE, null, 5_000, Conditions.NONE);
    assertThat(Agreement.check(open, payee)).contains(Mismatch.COUNTERPARTY);
  }
}
