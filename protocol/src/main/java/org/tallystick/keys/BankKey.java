package org.tallystick.keys;

import java.util.Arrays;
import org.tallystick.codec.Cbor;
import org.tallystick.codec.MapReader;
import org.tallystick.crypto.Sha256;
import org.tallystick.crypto.VerificationKey;

/**
 * One public key of the bank.
 *
 * @param use what it may sign: answer, receipt or certificate
 * @param key P-256
 * @param notBeforeMillis start of validity
 * @param notAfterMillis end of validity
 */
public record BankKey(String use, VerificationKey key, long notBeforeMillis, long notAfterMillis) {
  /** Use: answers. */
  public static final String ANSWER = "answer";

  /** Use: receipts. */
  public static final String RECEIPT = "receipt";

  /** Use: binding records and provider certificates. */
  public static final String CERTIFICATE = "certificate";

  /** First 8 bytes of the hash of the compressed point. */
  public byte[] kid() {
    return Arrays.copyOf(Sha256.of(key.compressed()), 8);
  }

  Cbor toCbor() {
    return Cbor.map()
        .put(1, Cbor.of(kid()))
        .put(2, Cbor.of(use))
        .put(3, Cbor.of(key.compressed()))
        .put(4, Cbor.of(notBeforeMillis))
        .put(5, Cbor.of(notAfterMillis))
        .build();
  }

  static BankKey of(Cbor item) {
    MapReader map = MapReader.of(item);
    byte[] kid = map.bytes(1, 8);
    BankKey key =
        new BankKey(
            map.text(2, 16),
            VerificationKey.ofPoint(map.bytes(3, 33)),
            map.integer(4),
            map.integer(5));
    map.end();
    if (!Arrays.equals(kid, key.kid())) {
      throw new org.tallystick.codec.MalformedInputException("key id does not fit its key");
    }
    return key;
  }
}
