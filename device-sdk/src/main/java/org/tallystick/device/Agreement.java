package org.tallystick.device;

import org.tallystick.enrolment.Offer;

/**
 * What a person agrees to at enrolment.
 *
 * @param bankName who offers
 * @param consortium two letters
 * @param role USER or PROVIDER
 * @param version of the contract
 * @param text of the contract
 */
public record Agreement(
    String bankName, String consortium, String role, long version, String text) {
  static Agreement of(Offer offer) {
    return new Agreement(
        offer.bankName(),
        offer.consortium(),
        offer.role(),
        offer.contractVersion(),
        offer.contractText());
  }
}
