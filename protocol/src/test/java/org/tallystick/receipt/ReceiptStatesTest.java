package org.tallystick.receipt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.tallystick.answer.Outcome;
import org.tallystick.code.Conditions;
import org.tallystick.code.Extensions;
import org.tallystick.code.Limits;
import org.tallystick.code.Purpose;
import org.tallystick.code.Role;
import org.tallystick.code.SignedMap;
import org.tallystick.codec.MalformedInputException;
import org.tallystick.money.Money;

/** A4 and V4: a receipt states the half's terms, and the payer's conditions within them. */
class ReceiptStatesTest {
  private static final byte[] CONTENT = filled(7, 32);
  private static final Limits.Hold HOLD = new Limits.Hold(9_000, 50);
  private static final Conditions GRANTED =
      new Conditions(new Limits(300L, HOLD, null), CONTENT, 4, false);
  private static final Conditions ASKED =
      new Conditions(new Limits(500L, HOLD, null), CONTENT, 5, false);

  private static byte[] filled(int value, int length) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }

  private record Terms(
      Role role,
      Purpose purpose,
      byte[] device,
      byte[] account,
      byte[] contract,
      byte[] bill,
      Money amount,
      Conditions conditions) {
    Terms with(Conditions other) {
      return new Terms(role, purpose, device, account, contract, bill, amount, other);
    }

    Terms with(Money other) {
      return new Terms(role, purpose, device, account, contract, bill, other, conditions);
    }

    Terms with(int part, byte[] other) {
      return new Terms(
          role,
          purpose,
          part == 0 ? other : device,
          part == 1 ? other : account,
          part == 2 ? other : contract,
          part == 3 ? other : bill,
          amount,
          conditions);
    }
  }

  private static Terms terms(Role role, long amount, Conditions conditions) {
    return new Terms(
        role,
        Purpose.PURCHASE,
        filled(1, 16),
        filled(2, 16),
        filled(3, 16),
        filled(4, 32),
        Money.of(amount, "USD"),
        conditions);
  }

  private static SignedMap half(Terms t) {
    return new SignedMap(
        t.role,
        t.purpose,
        t.device,
        t.account,
        t.contract,
        0,
        1,
        null,
        t.bill,
        t.amount,
        1,
        2,
        1,
        new byte[16],
        0,
        new byte[32],
        new byte[32],
        t.purpose == Purpose.CANCEL ? 0L : null,
        null,
        Extensions.NONE,
        t.conditions,
        null,
        false);
  }

  private static Receipt receipt(Terms t, @Nullable String loyaltyId, int levels) {
    return new Receipt(
        "TL",
        new byte[10],
        "0123456789ABCDEF",
        t.role,
        t.account,
        t.contract,
        t.device,
        new byte[32],
        t.purpose,
        t.bill,
        t.amount,
        Outcome.APPROVED,
        5,
        new byte[32],
        new byte[32],
        1,
        new byte[32],
        new byte[32],
        loyaltyId,
        levels,
        t.conditions);
  }

  private static boolean states(Terms receipt, Terms half) {
    return receipt(receipt, null, 0).states(half(half));
  }

  @Test
  void payers_statesExactlyItsHalf() {
    Terms payer = terms(Role.PAYER, 5_300, GRANTED);
    assertThat(states(payer, payer)).isTrue();
    assertThat(states(payer.with(ASKED), payer)).isFalse();
    assertThat(states(payer.with(Conditions.NONE), payer)).isFalse();
    assertThat(states(payer.with(Money.of(5_600, "USD")), payer)).isFalse();
    assertThat(states(payer.with(Money.of(5_000, "USD")), payer)).isFalse();
  }

  @Test
  void payers_eachOtherField_isNotItsHalfs() {
    Terms payer = terms(Role.PAYER, 5_300, GRANTED);
    for (int part = 0; part < 4; part++) {
      byte[] other = filled(9, part == 3 ? 32 : 16);
      assertThat(states(payer.with(part, other), payer)).as("part " + part).isFalse();
    }
    assertThat(states(payer.with(Money.of(5_300, "EUR")), payer)).isFalse();
    assertThat(states(terms(Role.PAYEE, 5_300, GRANTED), payer)).isFalse();
    Terms plain = terms(Role.PAYER, 5_300, Conditions.NONE);
    Terms cancel =
        new Terms(
            plain.role,
            Purpose.CANCEL,
            plain.device,
            plain.account,
            plain.contract,
            plain.bill,
            plain.amount,
            plain.conditions);
    assertThat(states(cancel, plain)).isFalse();
    assertThat(states(cancel, cancel)).isTrue();
  }

  @Test
  void payees_hasTheTip_andWhatThePayerGranted() {
    Terms payee = terms(Role.PAYEE, 5_000, ASKED);
    Terms granted = payee.with(GRANTED).with(Money.of(5_300, "USD"));
    assertThat(states(granted, payee)).isTrue();
    assertThat(states(granted.with(Money.of(5_000, "USD")), payee)).isFalse();
    assertThat(states(granted.with(Money.of(5_301, "USD")), payee)).isFalse();
  }

  private static boolean payees(Conditions said, Conditions asked) {
    Terms payee = terms(Role.PAYEE, 5_000, asked);
    return states(payee.with(said).with(Money.of(5_000 + said.tipMinor(), "USD")), payee);
  }

  private static Conditions changed(
      UnaryOperator<Limits> limits, byte @Nullable [] content, int consent) {
    return new Conditions(limits.apply(GRANTED.limits()), content, consent, false);
  }

  @Test
  void payees_beyondWhatItAskedFor_isRefused() {
    assertThat(payees(changed(l -> new Limits(501L, HOLD, null), CONTENT, 4), ASKED)).isFalse();
    assertThat(payees(changed(l -> new Limits(500L, HOLD, null), CONTENT, 4), ASKED)).isTrue();
    Limits.Hold lower = new Limits.Hold(8_000, 50);
    assertThat(payees(changed(l -> new Limits(300L, lower, null), CONTENT, 4), ASKED)).isFalse();
    assertThat(payees(changed(l -> l, filled(8, 32), 4), ASKED)).isFalse();
    assertThat(payees(changed(l -> l, null, 4), ASKED)).isFalse();
    assertThat(payees(changed(l -> l, CONTENT, 6), ASKED)).isFalse();
    assertThat(payees(Conditions.TERMS, Conditions.NONE)).isFalse();
    assertThat(payees(Conditions.NONE, Conditions.TERMS)).isFalse();
    assertThat(payees(Conditions.TERMS, Conditions.TERMS)).isTrue();
  }

  @Test
  void payees_withoutAPayersHalf_hasNoLimitsAndNoConsent() {
    assertThat(payees(new Conditions(null, CONTENT, 0, false), ASKED)).isTrue();
  }

  @Test
  void receipt_loyaltyIdAndLevels_haveTheirRanges() {
    Terms payer = terms(Role.PAYER, 5_300, GRANTED);
    Receipt receipt = Receipt.decode(receipt(payer, "KD-4711", 127).encode());
    assertThat(receipt.loyaltyId()).isEqualTo("KD-4711");
    assertThat(receipt.levels()).isEqualTo(127);
    assertThat(receipt.conditions().isSameAs(GRANTED)).isTrue();
    assertThatThrownBy(() -> receipt(payer, "", 0)).isInstanceOf(MalformedInputException.class);
    assertThatThrownBy(() -> receipt(payer, null, 128))
        .isInstanceOf(MalformedInputException.class);
    assertThatThrownBy(() -> receipt(payer, null, -1)).isInstanceOf(MalformedInputException.class);
  }

  @Test
  void isSameAs_eachDifference_isOne() {
    assertThat(GRANTED.isSameAs(new Conditions(GRANTED.limits(), CONTENT.clone(), 4, false)))
        .isTrue();
    assertThat(GRANTED.isSameAs(new Conditions(Limits.ofTip(300), CONTENT, 4, false))).isFalse();
    assertThat(GRANTED.isSameAs(new Conditions(GRANTED.limits(), null, 4, false))).isFalse();
    assertThat(GRANTED.isSameAs(new Conditions(GRANTED.limits(), CONTENT, 5, false))).isFalse();
    assertThat(Conditions.TERMS.isSameAs(Conditions.NONE)).isFalse();
  }
}
