package org.tallystick.decision;

import java.util.Arrays;
import java.util.Optional;
import org.tallystick.pairing.Agreement;
import org.tallystick.pairing.Ending;
import org.tallystick.pairing.Slot;

/**
 * Two halves that met.
 *
 * @param slot where, locked
 * @param payer who pays
 * @param payee who is paid
 */
record Pair(Slot slot, Side payer, Side payee) {
  private static final String PRESENCE = "presence";
  private static final byte[] YES = {1};

  /** Whether both halves ask that both answers show one number. */
  boolean wantsPresence() {
    return wantsPresence(payer) && wantsPresence(payee);
  }

  private static boolean wantsPresence(Side side) {
    return Arrays.equals(side.signed().extensions().other().get(PRESENCE), YES);
  }

  /**
   * P3, as far as it can be said without the books: what stands against the transaction. A payee
   * who is not good comes first, since then there is nothing to wait for.
   */
  Optional<Ending> obstacle() {
    if (!payee.deviceActive()) {
      return Optional.of(Ending.PAYEE_DEVICE_NOT_ACTIVE);
    }
    if (!payee.partyActive()) {
      return Optional.of(Ending.PAYEE_PARTY_NOT_ACTIVE);
    }
    Optional<Ending> mismatch = Agreement.check(payer.signed(), payee.signed()).map(Ending::of);
    if (mismatch.isPresent()) {
      return mismatch;
    }
    if (!payer.deviceActive()) {
      return Optional.of(Ending.PAYER_DEVICE_NOT_ACTIVE);
    }
    if (!payer.partyActive()) {
      return Optional.of(Ending.PAYER_PARTY_NOT_ACTIVE);
    }
    return Optional.empty();
  }
}
