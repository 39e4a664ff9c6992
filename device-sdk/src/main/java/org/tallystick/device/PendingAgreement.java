package org.tallystick.device;

import org.tallystick.agreement.AgreementTerms;

/**
 * A version of the agreement that waits for the party's signature, with the text that has the hash
 * which the bank named to this device under its own keys.
 *
 * @param terms version, hash and from when on it is needed
 * @param text to be shown to the person
 */
public record PendingAgreement(AgreementTerms terms, String text) {}
