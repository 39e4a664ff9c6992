package org.tallystick.device;

import org.tallystick.codec.Cbor;
import org.tallystick.codec.MapReader;
import org.tallystick.cose.CoseSign1;
import org.tallystick.crypto.VerificationKey;
import org.tallystick.format.Format;
import org.tallystick.format.Suite;

/**
 * A provider device's wish for a new certificate, COSE_Sign1 by the device key.
 *
 * <p>Source: docs/PROTOCOL.md section 6.
 */
final class CertificateRequest {
  private static final String TYPE = "certificate-request";
  private static final int MAX_PAYLOAD = 64;

  private final CoseSign1 sign1;
  private final byte[] deviceId;
  private final long timeMillis;

  private CertificateRequest(CoseSign1 sign1, byte[] deviceId, long timeMillis) {
    this.sign1 = sign1;
    this.deviceId = deviceId;
    this.timeMillis = timeMillis;
  }

  /**
   * Reads the form; nothing in it is proven before {@link #signedBy} says so.
   *
   * @throws org.tallystick.codec.MalformedInputException if it has another form
   */
  static CertificateRequest parse(byte[] bytes) {
    CoseSign1 sign1 = CoseSign1.decode(bytes);
    MapReader map = MapReader.of(Cbor.decode(sign1.payload(), MAX_PAYLOAD));
    map.integer(1, Format.VERSION, Format.VERSION);
    CertificateRequest request =
        new CertificateRequest(sign1, map.bytes(2, 16), map.integer(3, 0, Long.MAX_VALUE));
    map.end();
    return request;
  }

  boolean signedBy(VerificationKey key, Suite suite, String consortium) {
    return sign1.verify(key, Format.typ(TYPE), Format.aad(TYPE, suite, consortium, "", ""));
  }

  /** The device that claims to ask. */
  byte[] deviceId() {
    return deviceId.clone();
  }

  /** By the device's clock. */
  long timeMillis() {
    return timeMillis;
  }
}
