package org.tallystick.request;

import org.tallystick.codec.Cbor;
import org.tallystick.codec.MapReader;
import org.tallystick.crypto.Signer;
import org.tallystick.crypto.VerificationKey;
import org.tallystick.format.Format;
import org.tallystick.format.Signed;
import org.tallystick.format.Suite;

/**
 * The word of one device of an account that another was bound with its owner's will. It is evidence
 * beside the binding record, and lifts the new device's limit.
 *
 * <p>Source: docs/PROTOCOL.md section R, kind 9; typ ts/countersign.
 *
 * @param bindingRecordHash SHA-256 of the COSE_Sign1, 32 bytes
 * @param deviceId of the device that is vouched for, 16 bytes
 * @param signerId of the device that vouches, 16 bytes
 * @param timeMillis by the signer's clock
 */
public record CountersignedBinding(
    byte[] bindingRecordHash, byte[] deviceId, byte[] signerId, long timeMillis) {
  private static final String TYPE = "countersign";

  /**
   * Signs; returns the COSE_Sign1.
   *
   * @param suite of the device that vouches
   */
  public byte[] sign(Signer signer, Suite suite, String consortium) {
    byte[] payload =
        Cbor.map()
            .put(1, Cbor.of(Format.VERSION))
            .put(2, Cbor.of(bindingRecordHash))
            .put(3, Cbor.of(deviceId))
            .put(4, Cbor.of(signerId))
            .put(5, Cbor.of(timeMillis))
            .build()
            .encode();
    return Signed.sign(signer, TYPE, suite, consortium, payload);
  }

  /**
   * Checks the signature and reads; whose record and devices these are is the caller's to compare.
   *
   * @param signer key of the device that vouches
   * @throws org.tallystick.format.SignatureRefusedException if it does not hold
   * @throws org.tallystick.codec.MalformedInputException if it has any other shape
   */
  public static CountersignedBinding verify(
      byte[] sign1, VerificationKey signer, Suite suite, String consortium) {
    MapReader map =
        MapReader.of(Cbor.decode(Signed.payload(sign1, signer, TYPE, suite, consortium)));
    map.integer(1, Format.VERSION, Format.VERSION);
    CountersignedBinding binding =
        new CountersignedBinding(
            map.bytes(2, 32),
            map.bytes(3, 16),
            map.bytes(4, 16),
            map.integer(5, 0, Long.MAX_VALUE));
    map.end();
    return binding;
  }
}
