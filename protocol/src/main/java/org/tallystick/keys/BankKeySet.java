package org.tallystick.keys;

import java.util.Arrays;
import java.util.List;
import org.tallystick.codec.Cbor;
import org.tallystick.codec.MapReader;
import org.tallystick.crypto.Sha256;
import org.tallystick.crypto.Signer;
import org.tallystick.crypto.VerificationKey;
import org.tallystick.format.Format;
import org.tallystick.format.SignatureRefusedException;
import org.tallystick.format.Signed;

/**
 * The bank's versioned public keys, signed by its root.
 *
 * <p>Source: docs/PROTOCOL.md section 2.
 *
 * @param consortium two letters
 * @param bankName for people
 * @param version grows; a device refuses an older one
 * @param keys one or more for each use
 * @param createdMillis bank clock
 */
public record BankKeySet(
    String consortium, String bankName, long version, List<BankKey> keys, long createdMillis) {
  /** Signs by the root; returns the COSE_Sign1. */
  public byte[] sign(Signer root) {
    byte[] payload =
        Cbor.map()
            .put(1, Cbor.of(Format.VERSION))
            .put(2, Cbor.of(consortium))
            .put(3, Cbor.of(bankName))
            .put(4, Cbor.of(version))
            .put(5, Cbor.array(keys.stream().map(key -> key.toCbor()).toList()))
            .put(6, Cbor.of(createdMillis))
            .build()
            .encode();
    return Signed.sign(root, "keys", consortium, payload);
  }

  /** K1 and K2: root equals the pin, signature holds. */
  public static BankKeySet verify(
      byte[] sign1, byte[] rootPoint, byte[] rootFingerprint, String consortium) {
    if (!Arrays.equals(Sha256.of(rootPoint), rootFingerprint)) {
      throw new SignatureRefusedException("keys");
    }
    return verify(sign1, VerificationKey.ofPoint(rootPoint), consortium);
  }

  /** K2, for who holds the root key itself; both signature and content name this consortium. */
  public static BankKeySet verify(byte[] sign1, VerificationKey root, String consortium) {
    MapReader map = MapReader.of(Cbor.decode(Signed.payload(sign1, root, "keys", consortium)));
    map.integer(1, Format.VERSION, Format.VERSION);
    BankKeySet set =
        new BankKeySet(
            map.text(2, consortium),
            map.text(3, 64),
            map.integer(4, 1, Long.MAX_VALUE),
            map.value(5).asArray().stream().map(BankKey::of).toList(),
            map.integer(6));
    map.end();
    return set;
  }

  /** K4: the key for a use at a time. */
  public VerificationKey key(String use, long atMillis) {
    return keys.stream()
        .filter(key -> key.use().equals(use))
        .filter(key -> key.notBeforeMillis() <= atMillis && atMillis <= key.notAfterMillis())
        .findFirst()
        .orElseThrow(() -> new SignatureRefusedException(use))
        .key();
  }
}
