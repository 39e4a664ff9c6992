package org.tallystick.decision;

import java.util.Arrays;
import java.util.Optional;
import org.tallystick.authority.Authority;
import org.tallystick.code.BoundDevice;
import org.tallystick.code.Purpose;
import org.tallystick.pairing.Ending;

/**
 * A later step of a purchase: the payee's half alone, with the authority that the purchase has
 * left.
 *
 * @param payee who completes a hold or takes a charge
 * @param payer device that made the payer's half of the purchase
 * @param slot of the purchase, whose number is also the authority's
 */
record Use(Side payee, BoundDevice payer, long slot) {
  /** What the authority must be for. */
  Authority.Kind kind() {
    return payee.signed().purpose() == Purpose.COMPLETE
        ? Authority.Kind.HOLD
        : Authority.Kind.CHARGES;
  }

  /** What stands against it, as far as it can be said without the books. */
  Optional<Ending> obstacle(Authority authority) {
    if (!payee.deviceActive()) {
      return Optional.of(Ending.PAYEE_DEVICE_NOT_ACTIVE);
    }
    if (!payee.partyActive()) {
      return Optional.of(Ending.PAYEE_PARTY_NOT_ACTIVE);
    }
    if (!namesPayer()) {
      return Optional.of(Ending.MISMATCH_COUNTERPARTY);
    }
    Optional<Ending> misfit =
        authority
            .misfit(kind(), payee.signed().amount(), payee.half().receivedAt())
            .map(Ending::of);
    if (misfit.isPresent()) {
      return misfit;
    }
    return payer.party().state().mayTransact()
        ? Optional.empty()
        : Optional.of(Ending.AUTHORITY_PAYER_NOT_ACTIVE);
  }

  private boolean namesPayer() {
    byte[] named = payee.signed().counterparty();
    return named == null || Arrays.equals(named, payer.device().evidence().accountIdentifier());
  }
}
