package org.tallystick.enrolment;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tallystick.codec.Cbor;
import org.tallystick.codec.MalformedInputException;
import org.tallystick.codec.MapReader;
import org.tallystick.cose.CoseSign1;
import org.tallystick.crypto.Sha256;
import org.tallystick.crypto.Signer;
import org.tallystick.crypto.VerificationKey;
import org.tallystick.format.Format;
import org.tallystick.format.SignatureRefusedException;
import org.tallystick.format.Signed;
import org.tallystick.format.Suite;

/**
 * What a device asks to have bound, signed by the key inside: proof of possession, and the party's
 * signature under the agreement.
 *
 * <p>Source: docs/PROTOCOL.md section 3, E3; TSE-02, TSE-04.
 *
 * @param infoHash hash of the HPKE info
 * @param deviceKey the new device's key
 * @param footprint of the device
 * @param pinVerifier V, 32 bytes, or null
 * @param nonce 32 bytes
 * @param contractHash agreed to
 * @param timeMillis device clock
 * @param suites numbers of those that the device knows, ascending
 * @param chosen the highest that both know
 */
public record BindRequest(
    byte[] infoHash,
    VerificationKey deviceKey,
    Footprint footprint,
    byte @Nullable [] pinVerifier,
    byte[] nonce,
    byte[] contractHash,
    long timeMillis,
    List<Integer> suites,
    Suite chosen) {
  /** Signs by the device key; returns the COSE_Sign1. */
  public byte[] sign(Signer device, String consortium) {
    byte[] payload =
        Cbor.map()
            .put(1, Cbor.of(Format.VERSION))
            .put(2, Cbor.of(infoHash))
            .put(3, Cbor.of(deviceKey.compressed()))
            .put(4, footprint.toCbor())
            .put(5, pinVerifier == null ? Cbor.NULL : Cbor.of(pinVerifier))
            .put(6, Cbor.of(nonce))
            .put(7, Cbor.of(contractHash))
            .put(8, Cbor.of(timeMillis))
            .put(9, Suite.list(suites))
            .put(10, chosen.toCbor())
            .build()
            .encode();
    return Signed.sign(device, "bind", chosen, consortium, payload);
  }

  /**
   * Checks form, proof of possession, that it answers this offer, and that nobody talked the device
   * down to a lower suite.
   */
  public static BindRequest verify(byte[] sign1, EnrolmentTerms terms) {
    Offer offer = terms.offer();
    CoseSign1 parsed = CoseSign1.decode(sign1);
    MapReader map = MapReader.of(Cbor.decode(parsed.payload(), 2048));
    map.integer(1, Format.VERSION, Format.VERSION);
    Cbor verifier = map.value(5);
    BindRequest request =
        new BindRequest(
            map.bytes(2, 32),
            VerificationKey.ofPoint(map.bytes(3, 33)),
            Footprint.of(map.value(4)),
            verifier.isNull() ? null : verifier.asBytes(32),
            map.bytes(6, 32),
            map.bytes(7, 32),
            map.integer(8),
            Suite.list(map.value(9)),
            Suite.of(map.integer(10)));
    map.end();
    byte[] aad = Format.aad("bind", request.chosen, offer.consortium(), "", "");
    if (!parsed.verify(request.deviceKey, Format.typ("bind"), aad)) {
      throw new SignatureRefusedException("bind");
    }
    if (!Arrays.equals(request.infoHash, Sha256.of(terms.info()))
        || !Arrays.equals(request.contractHash, offer.contractHash())) {
      throw new MalformedInputException("bind answers another offer");
    }
    boolean highest =
        EnrolmentTerms.choose(offer, request.suites, terms.minimum())
            .filter(best -> best.chosen() == terms.chosen())
            .isPresent();
    if (!highest || request.chosen != terms.chosen()) {
      throw new MalformedInputException("another suite than the highest of both");
    }
    return request;
  }

  @Override
  public String toString() {
    return "BindRequest[...]";
  }
}
