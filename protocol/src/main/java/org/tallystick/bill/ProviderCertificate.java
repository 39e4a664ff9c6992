package org.tallystick.bill;

import org.tallystick.codec.Cbor;
import org.tallystick.codec.MapReader;
import org.tallystick.crypto.Signer;
import org.tallystick.crypto.VerificationKey;
import org.tallystick.format.Format;
import org.tallystick.format.Signed;
import org.tallystick.format.Suite;
import org.tallystick.keys.BankKey;
import org.tallystick.keys.BankKeySet;

/**
 * The bank's word, for at most a day, on who a provider's device belongs to.
 *
 * <p>Source: docs/PROTOCOL.md section 6.
 *
 * @param consortium two letters
 * @param accountIdentifier of the provider, 16 bytes
 * @param deviceId 16 bytes
 * @param deviceKey that signs bills
 * @param displayName for people
 * @param place for people
 * @param notBeforeMillis start of validity
 * @param notAfterMillis end of validity
 */
public record ProviderCertificate(
    String consortium,
    byte[] accountIdentifier,
    byte[] deviceId,
    VerificationKey deviceKey,
    String displayName,
    String place,
    long notBeforeMillis,
    long notAfterMillis) {
  /** Signs by the bank's certificate key. */
  public byte[] sign(Signer bank) {
    byte[] payload =
        Cbor.map()
            .put(1, Cbor.of(Format.VERSION))
            .put(2, Cbor.of(consortium))
            .put(3, Cbor.of(accountIdentifier))
            .put(4, Cbor.of(deviceId))
            .put(5, Cbor.of(deviceKey.compressed()))
            .put(6, Cbor.of(displayName))
            .put(7, Cbor.of(place))
            .put(8, Cbor.of(notBeforeMillis))
            .put(9, Cbor.of(notAfterMillis))
            .build()
            .encode();
    return Signed.sign(bank, "certificate", Suite.CLASSIC, consortium, payload);
  }

  /** Checks the bank's signature by any of its certificate keys that is valid at a time. */
  public static ProviderCertificate verify(byte[] sign1, BankKeySet bank, long atMillis) {
    byte[] payload =
        bank.payload(sign1, BankKey.CERTIFICATE, "certificate", Suite.CLASSIC, atMillis);
    MapReader map = MapReader.of(Cbor.decode(payload));
    map.integer(1, Format.VERSION, Format.VERSION);
    ProviderCertificate certificate =
        new ProviderCertificate(
            map.text(2, bank.consortium()),
            map.bytes(3, 16),
            map.bytes(4, 16),
            VerificationKey.ofPoint(map.bytes(5, 33)),
            map.text(6, 64),
            map.text(7, 64),
            map.integer(8),
            map.integer(9));
    map.end();
    return certificate;
  }
}
