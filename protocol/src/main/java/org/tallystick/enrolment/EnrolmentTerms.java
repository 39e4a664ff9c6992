package org.tallystick.enrolment;

import java.util.List;
import java.util.Optional;
import org.tallystick.codec.Cbor;
import org.tallystick.format.Format;
import org.tallystick.format.Suite;

/**
 * What both sides of an enrolment must agree on before a secret exists: the offer, the suite that
 * was chosen from it, and the lowest one that the bank's key set allows.
 *
 * <p>Source: docs/PROTOCOL.md section 3, E3.
 *
 * @param offer of the bank
 * @param chosen suite
 * @param minimum suite of the key set that the offer names
 */
public record EnrolmentTerms(Offer offer, Suite chosen, Suite minimum) {
  /**
   * The highest suite that both sides know; empty where there is none, or it is below the minimum.
   *
   * @param own suites of the device, or those it says it has
   */
  public static Optional<EnrolmentTerms> choose(Offer offer, List<Integer> own, Suite minimum) {
    return Suite.highestCommon(offer.suites(), own)
        .filter(chosen -> chosen.atLeast(minimum))
        .map(chosen -> new EnrolmentTerms(offer, chosen, minimum));
  }

  /** HPKE info. */
  public byte[] info() {
    return Cbor.array(
            Cbor.of("tallystick"),
            Cbor.of("enrolment"),
            Cbor.of(Format.VERSION),
            Suite.list(offer.suites()),
            chosen.toCbor(),
            Cbor.of(offer.consortium()),
            Cbor.of(offer.enrolmentId()),
            Cbor.of(offer.role()),
            Cbor.of(offer.contractVersion()),
            Cbor.of(offer.contractHash()),
            Cbor.of(offer.bankName()),
            Cbor.of(offer.keySetVersion()),
            minimum.toCbor(),
            Cbor.of(offer.expiresMillis()))
        .encode();
  }
}
