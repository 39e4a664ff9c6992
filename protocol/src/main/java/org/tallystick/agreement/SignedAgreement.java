package org.tallystick.agreement;

import org.tallystick.codec.Cbor;
import org.tallystick.codec.MalformedInputException;
import org.tallystick.codec.MapReader;
import org.tallystick.crypto.Signer;
import org.tallystick.crypto.VerificationKey;
import org.tallystick.format.Format;
import org.tallystick.format.Signed;
import org.tallystick.format.Suite;

/**
 * A party's word, by one of its devices, that it agrees to a version of the agreement. It is
 * evidence beside the binding record, and holds for the whole party.
 *
 * <p>Source: docs/PROTOCOL.md section 10.4; typ ts/agreement.
 *
 * @param consortium two letters
 * @param accountIdentifier of the party, 16 bytes
 * @param contractId of the party, 16 bytes
 * @param version of the agreement, from 1
 * @param hash SHA-256 of its text in UTF-8, 32 bytes
 * @param timeMillis by the device's clock
 */
public record SignedAgreement(
    String consortium,
    byte[] accountIdentifier,
    byte[] contractId,
    long version,
    byte[] hash,
    long timeMillis) {
  /** Longest COSE_Sign1, bytes. */
  public static final int MAX_BYTES = 512;

  /** Most that the clock of the device may be ahead of the bank's, milliseconds. */
  public static final long MAX_AHEAD_MILLIS = 10 * 60_000L;

  private static final String TYPE = "agreement";
  private static final int CONSORTIUM_LENGTH = 2;

  /** Checks version and hash. */
  public SignedAgreement {
    AgreementTerms.requireVersion(version, hash);
  }

  /** Whether it may have been signed by then, by the bank's clock. */
  public boolean isBy(long bankMillis) {
    return timeMillis - MAX_AHEAD_MILLIS <= bankMillis;
  }

  /**
   * Signs; returns the COSE_Sign1.
   *
   * @param suite of the device that signs
   */
  public byte[] sign(Signer signer, Suite suite) {
    byte[] payload =
        Cbor.map()
            .put(1, Cbor.of(Format.VERSION))
            .put(2, Cbor.of(consortium))
            .put(3, Cbor.of(accountIdentifier))
            .put(4, Cbor.of(contractId))
            .put(5, Cbor.of(version))
            .put(6, Cbor.of(hash))
            .put(7, Cbor.of(timeMillis))
            .build()
            .encode();
    return Signed.sign(signer, TYPE, suite, consortium, payload);
  }

  /**
   * Checks the signature and reads; whose account and which text these are is the caller's to
   * compare.
   *
   * @param signer key of the device that signed
   * @throws org.tallystick.format.SignatureRefusedException if it does not hold
   * @throws MalformedInputException if it has any other shape, or names another consortium
   */
  public static SignedAgreement verify(
      byte[] sign1, VerificationKey signer, Suite suite, String consortium) {
    MapReader map =
        MapReader.of(Cbor.decode(Signed.payload(sign1, signer, TYPE, suite, consortium)));
    map.integer(1, Format.VERSION, Format.VERSION);
    SignedAgreement agreement =
        new SignedAgreement(
            map.text(2, CONSORTIUM_LENGTH),
            map.bytes(3, 16),
            map.bytes(4, 16),
            map.integer(5, 1, AgreementTerms.MAX_VERSION),
            map.bytes(6, 32),
            map.integer(7, 0, Long.MAX_VALUE));
    map.end();
    if (!agreement.consortium.equals(consortium)) {
      throw new MalformedInputException("an agreement with another consortium");
    }
    return agreement;
  }

  @Override
  public String toString() {
    return "SignedAgreement[" + version + "]";
  }
}
