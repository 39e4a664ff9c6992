package org.tallystick.enrolment;

import java.nio.charset.StandardCharsets;
import org.tallystick.codec.Cbor;
import org.tallystick.codec.MapReader;
import org.tallystick.crypto.Sha256;
import org.tallystick.format.Format;

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
 * @param keySetVersion of the bank's key set
 * @param expiresMillis end of the activation
 */
public record Offer(
    String consortium,
    String bankName,
    byte[] enrolmentId,
    String role,
    long contractVersion,
    String contractText,
    byte[] hpkePoint,
    long keySetVersion,
    long expiresMillis) {
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
        .put(10, Cbor.array(Cbor.of(Format.SUITE)))
        .put(11, Cbor.of(keySetVersion))
        .put(12, Cbor.of(expiresMillis))
        .build()
        .encode();
  }

  /** Strict inverse of {@link #encode}; the contract hash must fit its text. */
  public static Offer decode(byte[] bytes) {
    MapReader map = MapReader.of(Cbor.decode(bytes));
    map.integer(1, Format.VERSION, Format.VERSION);
    byte[] hash = map.bytes(7, 32);
    Offer offer =
        new Offer(
            map.text(2, 2),
            map.text(3, 64),
            map.bytes(4, 16),
            map.text(5, 8),
            map.integer(6),
            map.text(8, MAX_CONTRACT),
            map.bytes(9, 65),
            map.integer(11),
            map.integer(12));
    requireSuite(map.value(10));
    map.end();
    if (!java.util.Arrays.equals(hash, offer.contractHash())) {
      throw new org.tallystick.codec.MalformedInputException("contract hash does not fit");
    }
    return offer;
  }

  /** HPKE info: what both sides must agree on before a secret exists. */
  public byte[] info() {
    return Cbor.array(
            Cbor.of("tallystick"),
            Cbor.of("enrolment"),
            Cbor.of(Format.VERSION),
            Cbor.array(Cbor.of(Format.SUITE)),
            Cbor.of(consortium),
            Cbor.of(enrolmentId),
            Cbor.of(role),
            Cbor.of(contractVersion),
            Cbor.of(contractHash()),
            Cbor.of(bankName),
            Cbor.of(keySetVersion))
        .encode();
  }

  /** The one suite of this format, and nothing beside it: {@link #info} would not bind the rest. */
  static void requireSuite(Cbor suites) {
    if (suites.asArray(1).get(0).asLong() != Format.SUITE) {
      throw new org.tallystick.codec.MalformedInputException("no suite in common");
    }
  }
}
