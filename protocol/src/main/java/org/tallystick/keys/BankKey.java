package org.tallystick.keys;

import java.util.Arrays;
import java.util.Set;
import org.tallystick.codec.Cbor;
import org.tallystick.codec.MalformedInputException;
import org.tallystick.codec.MapReader;
import org.tallystick.crypto.Sha256;
import org.tallystick.crypto.SignatureAlgorithm;
import org.tallystick.crypto.SignatureKey;

/**
 * One public key of the bank.
 *
 * @param use what it may sign: answer, receipt, certificate, checkpoint or forward
 * @param key of either algorithm
 * @param notBeforeMillis start of validity
 * @param notAfterMillis end of validity
 */
public record BankKey(String use, SignatureKey key, long notBeforeMillis, long notAfterMillis) {
  /** Use: answers. */
  public static final String ANSWER = "answer";

  /** Use: receipts. */
  public static final String RECEIPT = "receipt";

  /** Use: binding records and provider certificates. */
  public static final String CERTIFICATE = "certificate";

  /** Use: checkpoints of the tree over all logs. */
  public static final String CHECKPOINT = "checkpoint";

  private static final Set<String> USES =
      Set.of(ANSWER, RECEIPT, CERTIFICATE, CHECKPOINT, "forward");

  /** First 8 bytes of the hash of the public key. */
  public byte[] kid() {
    return Arrays.copyOf(Sha256.of(key.encoded()), 8);
  }

  Cbor toCbor() {
    return Cbor.map()
        .put(1, Cbor.of(kid()))
        .put(2, Cbor.of(use))
        .put(3, Cbor.of(key.encoded()))
        .put(4, Cbor.of(notBeforeMillis))
        .put(5, Cbor.of(notAfterMillis))
        .put(6, Cbor.of(key.algorithm().cose()))
        .build();
  }

  static BankKey of(Cbor item) {
    MapReader map = MapReader.of(item);
    byte[] kid = map.bytes(1, 8);
    BankKey key =
        new BankKey(
            map.text(2, 16),
            SignatureAlgorithm.of(map.integer(6)).key(map.value(3).asBytes()),
            map.integer(4),
            map.integer(5));
    map.end();
    if (!Arrays.equals(kid, key.kid()) || !USES.contains(key.use)) {
      throw new MalformedInputException("key id or use does not fit its key");
    }
    return key;
  }
}
