package org.tallystick.enrolment;

import org.tallystick.codec.Cbor;
import org.tallystick.codec.MalformedInputException;
import org.tallystick.codec.MapReader;
import org.tallystick.cose.CoseSign1;
import org.tallystick.crypto.Signer;
import org.tallystick.crypto.VerificationKey;
import org.tallystick.format.Format;
import org.tallystick.format.Signed;
import org.tallystick.format.Suite;
import org.tallystick.keys.BankKey;
import org.tallystick.keys.BankKeySet;

/**
 * The bank's signed statement that a device key belongs to an account: the root of all evidence
 * against a party.
 *
 * <p>Source: docs/PROTOCOL.md section 3, E4.
 *
 * @param consortium two letters
 * @param deviceId 16 bytes
 * @param accountIdentifier 16 bytes
 * @param contractId 16 bytes
 * @param deviceKey bound
 * @param contractHash agreed to
 * @param role USER or PROVIDER
 * @param timeMillis bank clock
 * @param bindHash SHA-256 of the device's signed request
 * @param suite of the device, fixed from now on
 */
public record BindingRecord(
    String consortium,
    byte[] deviceId,
    byte[] accountIdentifier,
    byte[] contractId,
    VerificationKey deviceKey,
    byte[] contractHash,
    String role,
    long timeMillis,
    byte[] bindHash,
    Suite suite) {
  /** Signs by the bank's certificate key. */
  public byte[] sign(Signer bank) {
    byte[] payload =
        Cbor.map()
            .put(1, Cbor.of(Format.VERSION))
            .put(2, Cbor.of(consortium))
            .put(3, Cbor.of(deviceId))
            .put(4, Cbor.of(accountIdentifier))
            .put(5, Cbor.of(contractId))
            .put(6, Cbor.of(deviceKey.compressed()))
            .put(7, Cbor.of(contractHash))
            .put(8, Cbor.of(role))
            .put(9, Cbor.of(timeMillis))
            .put(10, Cbor.of(bindHash))
            .put(11, suite.toCbor())
            .build()
            .encode();
    return Signed.sign(bank, "binding", suite, consortium, payload);
  }

  /** Checks the signature by any of the bank's certificate keys that was valid at its time. */
  public static BindingRecord verify(byte[] sign1, BankKeySet bank) {
    BindingRecord record = unverified(sign1);
    bank.payload(sign1, BankKey.CERTIFICATE, "binding", record.suite, record.timeMillis);
    if (!record.consortium.equals(bank.consortium())) {
      throw new MalformedInputException("binding record of another consortium");
    }
    return record;
  }

  /** Reads without a look at the signature: of a record that was checked before. */
  public static BindingRecord unverified(byte[] sign1) {
    MapReader map = MapReader.of(Cbor.decode(CoseSign1.decode(sign1).payload()));
    map.integer(1, Format.VERSION, Format.VERSION);
    BindingRecord record =
        new BindingRecord(
            map.text(2, 2),
            map.bytes(3, 16),
            map.bytes(4, 16),
            map.bytes(5, 16),
            VerificationKey.ofPoint(map.bytes(6, 33)),
            map.bytes(7, 32),
            map.text(8, 8),
            map.integer(9),
            map.bytes(10, 32),
            Suite.of(map.integer(11)));
    map.end();
    return record;
  }
}
