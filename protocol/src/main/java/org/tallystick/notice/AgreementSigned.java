package org.tallystick.notice;

import java.util.List;
import org.tallystick.agreement.AgreementTerms;
import org.tallystick.codec.Cbor;
import org.tallystick.codec.MalformedInputException;

/**
 * Kind 7: a device of the account has signed a version of the agreement for the party. Its line in
 * the device's log is where the signature stands.
 *
 * <p>Source: docs/PROTOCOL.md section 11.
 *
 * @param version from 1
 * @param hash SHA-256 of its text, 32 bytes
 * @param deviceId of the device that signed, 16 bytes
 * @param signatureHash SHA-256 of the COSE_Sign1, 32 bytes
 */
public record AgreementSigned(long version, byte[] hash, byte[] deviceId, byte[] signatureHash)
    implements NoticeSubject {
  static final int KIND = 7;

  /** Checks the version. */
  public AgreementSigned {
    if (version < 1 || version > AgreementTerms.MAX_VERSION) {
      throw new MalformedInputException("version of an agreement");
    }
  }

  @Override
  public int kind() {
    return KIND;
  }

  @Override
  public byte[] encode() {
    return Cbor.array(Cbor.of(version), Cbor.of(hash), Cbor.of(deviceId), Cbor.of(signatureHash))
        .encode();
  }

  static AgreementSigned of(List<Cbor> parts) {
    return new AgreementSigned(
        parts.get(0).asLong(),
        parts.get(1).asBytes(32),
        parts.get(2).asBytes(16),
        parts.get(3).asBytes(32));
  }
}
