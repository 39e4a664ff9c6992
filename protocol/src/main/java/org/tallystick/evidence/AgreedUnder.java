package org.tallystick.evidence;

import org.jspecify.annotations.Nullable;
import org.tallystick.agreement.AgreementTerms;
import org.tallystick.agreement.SignedAgreement;
import org.tallystick.codec.Cbor;
import org.tallystick.codec.MapReader;

/**
 * The version of the agreement that held for a side of a transaction, and by what its party agreed
 * to it: a signature of one of the party's devices, or the binding of one. What a device signed to
 * be bound is not here, since it holds what checks a PIN; the binding record names its hash.
 *
 * <p>Shape: {@code {1: version, 2: hash, 3: COSE_Sign1 ts/agreement or absent, 4: binding record of
 * the device that agreed, absent where it is the side's own}}. Source: docs/PROTOCOL.md sections
 * 10.4 and 12, V9.
 *
 * @param version from 1
 * @param hash SHA-256 of its text in UTF-8, 32 bytes
 * @param sign1 COSE_Sign1 of the device, or null where its binding says it
 * @param bindingRecord COSE_Sign1 of another device of the party, which agreed, or null
 */
public record AgreedUnder(
    long version, byte[] hash, byte @Nullable [] sign1, byte @Nullable [] bindingRecord) {
  private static final int HASH_LENGTH = 32;
  private static final int LEAST_SIGN1 = 64;

  Cbor toCbor() {
    return Cbor.map()
        .put(1, Cbor.of(version))
        .put(2, Cbor.of(hash))
        .putIfPresent(3, sign1 == null ? null : Cbor.of(sign1))
        .putIfPresent(4, bindingRecord == null ? null : Cbor.of(bindingRecord))
        .build();
  }

  static AgreedUnder of(Cbor item) {
    MapReader map = MapReader.of(item);
    AgreedUnder agreed =
        new AgreedUnder(
            map.integer(1, 1, AgreementTerms.MAX_VERSION),
            map.bytes(2, HASH_LENGTH),
            map.optional(3).isPresent()
                ? map.bytes(3, LEAST_SIGN1, SignedAgreement.MAX_BYTES)
                : null,
            map.optional(4).isPresent()
                ? map.bytes(4, LEAST_SIGN1, EvidenceSide.MAX_BINDING_RECORD)
                : null);
    map.end();
    return agreed;
  }

  @Override
  public String toString() {
    return "AgreedUnder[" + version + "]";
  }
}
