package org.tallystick.pairing;

import java.util.Arrays;
import java.util.Optional;
import org.tallystick.code.SignedMap;

/**
 * Whether two halves say the same (P3).
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
    if (payer.amount().minor() != payee.amount().minor()) {
      return Optional.of(Mismatch.AMOUNT);
    }
    if (payer.purpose() != payee.purpose()) {
      return Optional.of(Mismatch.PURPOSE);
    }
    if (!names(payer.counterparty(), payee.accountIdentifier(), false)
        || !names(payee.counterparty(), payer.accountIdentifier(), true)) {
      return Optional.of(Mismatch.COUNTERPARTY);
    }
    if (Arrays.equals(payer.accountIdentifier(), payee.accountIdentifier())) {
      return Optional.of(Mismatch.SAME_ACCOUNT);
    }
    return Optional.empty();
  }

  private static boolean names(
      byte @org.jspecify.annotations.Nullable [] named, byte[] actual, boolean absentIsGood) {
    return named == null ? absentIsGood : Arrays.equals(named, actual);
  }
}
