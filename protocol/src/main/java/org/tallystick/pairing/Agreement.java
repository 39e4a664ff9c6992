package org.tallystick.pairing;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tallystick.code.Conditions;
import org.tallystick.code.Limits;
import org.tallystick.code.SignedMap;

/**
 * Whether two halves say the same (P3, L1 to L5). What disagrees ends the payer's half.
 *
 * <p>Source: docs/PROTOCOL.md section 8; TSE-11.
 */
public final class Agreement {
  private Agreement() {}

  /** The first thing in which the halves disagree, or empty. */
  public static Optional<Mismatch> check(SignedMap payer, SignedMap payee) {
    if (!Arrays.equals(payer.billHash(), payee.billHash())) {
      return Optional.of(Mismatch.BILL);
    }
    if (!payer.amount().currency().equals(payee.amount().currency())) {
      return Optional.of(Mismatch.CURRENCY);
    }
    long tip = payer.conditions().tipMinor();
    if (payer.amount().minor() != payee.amount().minor() + tip) { // L1
      return Optional.of(Mismatch.AMOUNT);
    }
    if (payer.purpose() != payee.purpose()) {
      return Optional.of(Mismatch.PURPOSE);
    }
    Optional<Mismatch> conditions = conditions(payer.conditions(), payee.conditions());
    if (conditions.isPresent()) {
      return conditions;
    }
    if (!names(payer.counterparty(), payee.accountIdentifier(), payer.conditions().terms())
        || !names(payee.counterparty(), payer.accountIdentifier(), true)) {
      return Optional.of(Mismatch.COUNTERPARTY);
    }
    if (Arrays.equals(payer.accountIdentifier(), payee.accountIdentifier())) {
      return Optional.of(Mismatch.SAME_ACCOUNT);
    }
    return Optional.empty();
  }

  private static Optional<Mismatch> conditions(Conditions payer, Conditions payee) {
    if (!Limits.tipFits(payer.limits(), payee.limits())) {
      return Optional.of(Mismatch.TIP);
    }
    if (!Limits.sameBeyondTip(payer.limits(), payee.limits())) {
      return Optional.of(Mismatch.LIMITS);
    }
    if (!payer.hasContentOf(payee)) {
      return Optional.of(Mismatch.CONTENT);
    }
    if (!payer.consentIsWithin(payee)) {
      return Optional.of(Mismatch.CONSENT);
    }
    return payer.terms() == payee.terms() ? Optional.empty() : Optional.of(Mismatch.TERMS);
  }

  private static boolean names(byte @Nullable [] named, byte[] actual, boolean absentIsGood) {
    return named == null ? absentIsGood : Arrays.equals(named, actual);
  }
}
