package org.tallystick.keys;

import java.util.Arrays;
import java.util.List;
import org.tallystick.codec.Cbor;
import org.tallystick.codec.MalformedInputException;
import org.tallystick.codec.MapReader;
import org.tallystick.cose.CoseSign1;
import org.tallystick.crypto.Sha256;
import org.tallystick.crypto.SignatureAlgorithm;
import org.tallystick.crypto.SignatureKey;
import org.tallystick.crypto.Signer;
import org.tallystick.crypto.VerificationKey;
import org.tallystick.format.Format;
import org.tallystick.format.SignatureRefusedException;
import org.tallystick.format.Signed;
import org.tallystick.format.Suite;

/**
 * The bank's versioned public keys, signed by its root.
 *
 * <p>Source: docs/PROTOCOL.md section 2.
 *
 * @param consortium two letters
 * @param bankName for people
 * @param version grows; a device refuses an older one
 * @param keys one or more for each use, at most {@value #MAX_KEYS}
 * @param createdMillis bank clock
 * @param recoveryEpoch raised after a restore that may have lost acknowledged commits
 * @param minimumSuite lowest that the bank enrols
 */
public record BankKeySet(
    String consortium,
    String bankName,
    long version,
    List<BankKey> keys,
    long createdMillis,
    long recoveryEpoch,
    Suite minimumSuite) {
  /** Most keys. */
  public static final int MAX_KEYS = 64;

  /** Most keys of one use and algorithm that are valid at one time. */
  public static final int MAX_VALID = 4;

  /** Most bytes of a signed key set. */
  public static final int MAX_LENGTH = 32 * 1024;

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
            .put(7, Cbor.of(recoveryEpoch))
            .put(8, minimumSuite.toCbor())
            .build()
            .encode();
    return Signed.sign(root, "keys", Suite.CLASSIC, consortium, payload);
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
    CoseSign1 signed = CoseSign1.decode(sign1, MAX_LENGTH);
    byte[] aad = Format.aad("keys", Suite.CLASSIC, consortium, "", "");
    if (!signed.verify(root, Format.typ("keys"), aad)) {
      throw new SignatureRefusedException("keys");
    }
    MapReader map = MapReader.of(Cbor.decode(signed.payload(), MAX_LENGTH));
    map.integer(1, Format.VERSION, Format.VERSION);
    BankKeySet set =
        new BankKeySet(
            map.text(2, consortium),
            map.text(3, 64),
            map.integer(4, 1, Long.MAX_VALUE),
            map.value(5).asArray().stream().map(BankKey::of).toList(),
            map.integer(6),
            map.integer(7, 0, Integer.MAX_VALUE),
            Suite.of(map.integer(8)));
    map.end();
    set.requireLimits();
    return set;
  }

  /** Most keys are valid together where one of them begins, so those are the times to count at. */
  private void requireLimits() {
    boolean tooManyTogether =
        keys.stream()
            .anyMatch(
                key ->
                    valid(key.use(), key.key().algorithm(), key.notBeforeMillis()).size()
                        > MAX_VALID);
    if (keys.size() > MAX_KEYS || tooManyTogether) {
      throw new MalformedInputException("too many keys");
    }
  }

  /** K3 and K5: whether a device that holds {@code held} may take this one. */
  public boolean mayFollow(BankKeySet held) {
    return version >= held.version
        && recoveryEpoch >= held.recoveryEpoch
        && minimumSuite.atLeast(held.minimumSuite);
  }

  /** K4: the keys of a use and algorithm that are valid at a time, at most {@value #MAX_VALID}. */
  public List<SignatureKey> valid(String use, SignatureAlgorithm algorithm, long atMillis) {
    return keys.stream()
        .filter(key -> key.use().equals(use) && key.key().algorithm() == algorithm)
        .filter(key -> key.notBeforeMillis() <= atMillis && atMillis <= key.notAfterMillis())
        .map(BankKey::key)
        .toList();
  }

  /**
   * K4: payload of a message outside any transaction that one of the bank's ES256 keys has signed.
   *
   * @param use that the key must have
   * @param type of the signature, without {@code ts/}
   * @param suite that the signature names
   * @param atMillis when the key must be valid
   * @throws SignatureRefusedException if none of them has
   */
  public byte[] payload(byte[] sign1, String use, String type, Suite suite, long atMillis) {
    return payload(sign1, use, SignatureAlgorithm.ES256, type, suite, "", atMillis);
  }

  /**
   * As the other, inside a transaction and by either algorithm.
   *
   * @param number of the transaction
   */
  public byte[] payload(
      byte[] sign1,
      String use,
      SignatureAlgorithm algorithm,
      String type,
      Suite suite,
      String number,
      long atMillis) {
    CoseSign1 signed = CoseSign1.decode(sign1);
    byte[] aad = Format.aad(type, suite, consortium, number, "");
    if (valid(use, algorithm, atMillis).stream()
        .noneMatch(key -> signed.verify(key, Format.typ(type), aad))) {
      throw new SignatureRefusedException(type);
    }
    return signed.payload();
  }
}
