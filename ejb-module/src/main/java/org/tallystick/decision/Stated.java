package org.tallystick.decision;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tallystick.answer.Outcome;
import org.tallystick.code.Conditions;
import org.tallystick.code.HalfRow;
import org.tallystick.code.HalfVault;
import org.tallystick.code.Role;
import org.tallystick.code.SignedMap;
import org.tallystick.money.Money;

/**
 * What receipt and log line of a half state of the transaction: the same for both sides, since it
 * is the payer who says how much is tipped, granted and collected.
 *
 * <p>Source: docs/PROTOCOL.md sections 8 and 9.
 *
 * @param amount with the tip
 * @param conditions as the payer's half has them; of a payee's half that ended alone, what both
 *     would have had to say alike
 * @param loyaltyId the payer's, where the transaction was approved; or null
 * @param levels whose PINs this half has proven, as bits
 */
record Stated(Money amount, Conditions conditions, @Nullable String loyaltyId, int levels) {
  /**
   * Of one half.
   *
   * @param signed what it says
   * @param other the other side, where there is one
   * @param vault opens the loyalty id
   */
  static Stated of(
      HalfRow half, SignedMap signed, Optional<Side> other, Outcome outcome, HalfVault vault) {
    int levels = half.readable().map(terms -> terms.kept().levels()).orElse(0);
    boolean payer = signed.role() == Role.PAYER;
    Optional<HalfRow> paid = payer ? Optional.of(half) : other.map(Side::half);
    Optional<SignedMap> paying = payer ? Optional.of(signed) : other.map(Side::signed);
    return new Stated(
        paying.orElse(signed).amount(),
        paying.map(SignedMap::conditions).orElseGet(() -> alone(signed)),
        paid.filter(row -> outcome == Outcome.APPROVED).flatMap(vault::loyaltyId).orElse(null),
        levels);
  }

  private static Conditions alone(SignedMap payee) {
    Conditions own = payee.conditions();
    return new Conditions(null, own.contentHash(), 0, own.terms());
  }

  @Override
  public String toString() {
    return "Stated[" + amount + "]";
  }
}
