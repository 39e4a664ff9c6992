package org.tallystick.wallet;

import jakarta.ejb.EJB;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import org.tallystick.wallet.VerificationOutcome.CardToAsk;

/**
 * Begins verifications. A card's issuer is asked between two transactions: none is open while
 * somebody else's answer is awaited.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class VerificationDesk {
  @EJB InstrumentProofs verifications;
  @Inject IssuerLinks issuers;

  /** Begins to prove that an instrument is the party's own; a card's proof ends here too. */
  public VerificationOutcome begin(long partyId, String instrument) {
    VerificationOutcome begun = verifications.begin(partyId, instrument);
    return begun instanceof CardToAsk card
        ? verifications.conclude(partyId, instrument, issuers.inquire(card.pan(), card.expiry()))
        : begun;
  }
}
