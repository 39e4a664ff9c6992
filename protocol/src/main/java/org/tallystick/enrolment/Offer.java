package org.tallystick.enrolment;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tallystick.codec.Cbor;
import org.tallystick.codec.MalformedInputException;
import org.tallystick.codec.MapReader;
import org.tallystick.crypto.MlKemKey;
import org.tallystick.crypto.Sha256;
import org.tallystick.format.Format;
import org.tallystick.format.Suite;

/**
 * What the bank offers to one enrolment.
 *
 * <p>Source: docs/PROTOCOL.md section 3, E1; TSE-02.
 *
 * @param consortium two letters
 * @param bankName for people
 * @param enrolmentId 16 bytes
 * @param role USER or PROVIDER
 * @param contractVersion of the agreement
 * @param contractText of the agreement
 * @param hpkePoint public key of this activation, 65 bytes uncompressed
 * @param suites numbers of those that the bank knows, ascending
 * @param keySetVersion of the bank's key set
 * @param expiresMillis end of the activation
 * @param encapsulationKey ML-KEM-768 key of this activation, there exactly if HYBRID is offered
 */
public record Offer(
    String consortium,
    String bankName,
    byte[] enrolmentId,
    String role,
    long contractVersion,
    String contractText,
    byte[] hpkePoint,
    List<Integer> suites,
    long keySetVersion,
    long expiresMillis,
    byte @Nullable [] encapsulationKey) {
  /** Longest agreement, bytes of UTF-8. */
  public static final int MAX_CONTRACT = 12_000;

  /** Hash that is signed as agreement, 32 bytes. */
  public byte[] contractHash() {
    return Sha256.of(contractText.getBytes(StandardCharsets.UTF_8));
  }

  /** Deterministic CBOR map. */
  public byte[] encode() {
    return Cbor.map()
        .put(1, Cbor.of(Format.VERSION))
        .put(2, Cbor.of(consortium))
        .put(3, Cbor.of(bankName))
        .put(4, Cbor.of(enrolmentId))
        .put(5, Cbor.of(role))
        .put(6, Cbor.of(contractVersion))
        .put(7, Cbor.of(contractHash()))
        .put(8, Cbor.of(contractText))
        .put(9, Cbor.of(hpkePoint))
        .put(10, Suite.list(suites))
        .put(11, Cbor.of(keySetVersion))
        .put(12, Cbor.of(expiresMillis))
        .put(13, encapsulationKey == null ? Cbor.NULL : Cbor.of(encapsulationKey))
        .build()
        .encode();
  }

  /** Strict inverse of {@link #encode}; the contract hash must fit its text. */
  public static Offer decode(byte[] bytes) {
    MapReader map = MapReader.of(Cbor.decode(bytes));
    map.integer(1, Format.VERSION, Format.VERSION);
    byte[] hash = map.bytes(7, 32);
    Cbor key = map.value(13);
    Offer offer =
        new Offer(
            map.text(2, 2),
            map.text(3, 64),
            map.bytes(4, 16),
            map.text(5, 8),
            map.integer(6),
            map.text(8, MAX_CONTRACT),
            map.bytes(9, 65),
            Suite.list(map.value(10)),
            map.integer(11),
            map.integer(12),
            key.isNull() ? null : key.asBytes(MlKemKey.ENCAPSULATION_KEY_LENGTH));
    map.end();
    if (!Arrays.equals(hash, offer.contractHash())) {
      throw new MalformedInputException("contract hash does not fit");
    }
    if (key.isNull() == offer.suites.contains(Suite.HYBRID.value())) {
      throw new MalformedInputException("encapsulation key goes with suite 2");
    }
    return offer;
  }

  /** What the activation names: first 16 bytes of the hash of both public keys. */
  public byte[] fingerprint() {
    return Activation.fingerprint(hpkePoint, encapsulationKey);
  }
}
