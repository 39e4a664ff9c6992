package org.tallystick.cose;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tallystick.codec.Cbor;
import org.tallystick.codec.MalformedInputException;
import org.tallystick.codec.MapReader;
import org.tallystick.crypto.MessageSigner;
import org.tallystick.crypto.SignatureAlgorithm;
import org.tallystick.crypto.SignatureKey;
import org.tallystick.crypto.VerificationKey;

/**
 * A message signed with ES256 or ML-DSA-65, bound to one {@code typ} so that a signature never
 * passes for another kind of message.
 *
 * <p>Shape: untagged array [protected: bstr of {1: −7 or −49, 16: typ}, {}, payload: bstr,
 * signature: bstr of 64 or 3,309]. Nothing else may stand in either header.
 *
 * <p>Source: RFC 9052, 4.2 and 4.4; RFC 9053, 2.1; FIPS 204; RFC 9596 for typ.
 *
 * <p>Made by {@link #sign} and {@link #decode} only, so its parts always belong together. Received
 * bytes are kept as they are and not copied.
 */
public final class CoseSign1 {
  private static final long ALG = 1;
  private static final long TYP = 16;
  private static final int MAX_TYP_CHARS = 64;

  private final byte[] protectedBytes;
  private final Header header;
  private final byte[] payload;
  private final byte[] signature;
  private final byte[] encoded;

  private CoseSign1(
      byte[] protectedBytes, Header header, byte[] payload, byte[] signature, byte[] encoded) {
    if (signature.length != header.algorithm().signatureLength()) {
      throw new MalformedInputException("signature of " + signature.length + " bytes");
    }
    this.protectedBytes = protectedBytes;
    this.header = header;
    this.payload = payload;
    this.signature = signature;
    this.encoded = encoded;
  }

  /** The protected header. */
  private record Header(SignatureAlgorithm algorithm, String typ) {
    byte[] encode() {
      return Cbor.map().put(ALG, Cbor.of(algorithm.cose())).put(TYP, Cbor.of(typ)).build().encode();
    }

    static Header decode(byte[] protectedBytes) {
      MapReader map = MapReader.of(Cbor.decode(protectedBytes));
      Header header =
          new Header(SignatureAlgorithm.of(map.integer(ALG)), map.text(TYP, MAX_TYP_CHARS));
      if (header.typ.isEmpty()) {
        throw new MalformedInputException("empty typ");
      }
      map.end();
      return header;
    }
  }

  /** Signs a payload under a type and external data that is not part of the message. */
  public static CoseSign1 sign(
      MessageSigner signer, String typ, byte[] externalAad, byte[] payload) {
    if (typ.isEmpty() || typ.length() > MAX_TYP_CHARS) {
      throw new IllegalArgumentException("typ of " + typ.length() + " characters");
    }
    Header header = new Header(signer.verificationKey().algorithm(), typ);
    byte[] protectedBytes = header.encode();
    byte[] signature = signer.sign(signatureStructure(protectedBytes, externalAad, payload));
    byte[] encoded =
        Cbor.array(
                Cbor.of(protectedBytes), Cbor.map().build(), Cbor.of(payload), Cbor.of(signature))
            .encode();
    return new CoseSign1(protectedBytes, header, payload, signature, encoded);
  }

  /**
   * Reads a message; the signature is not checked yet.
   *
   * @throws MalformedInputException if it has any other shape
   */
  public static CoseSign1 decode(byte[] encoded) {
    return decode(encoded, Cbor.MAX_BYTES);
  }

  /** As the other, of at most {@code maxBytes}. */
  public static CoseSign1 decode(byte[] encoded, int maxBytes) {
    List<Cbor> parts = Cbor.decode(encoded, maxBytes).asArray(4);
    MapReader.of(parts.get(1)).end();
    byte[] protectedBytes = parts.get(0).asBytes();
    return new CoseSign1(
        protectedBytes,
        Header.decode(protectedBytes),
        parts.get(2).asBytes(),
        parts.get(3).asBytes(),
        encoded);
  }

  /** Returns the protected header as received. */
  public byte[] protectedBytes() {
    return protectedBytes;
  }

  /** Returns the signed content. */
  public byte[] payload() {
    return payload;
  }

  /** Returns the signature: r‖s, or as ML-DSA-65 has it. */
  public byte[] signature() {
    return signature;
  }

  /** Returns the whole message. */
  public byte[] encoded() {
    return encoded;
  }

  /** Returns the type that the signature is bound to. */
  public String typ() {
    return header.typ();
  }

  /** Returns how it claims to be signed. */
  public SignatureAlgorithm algorithm() {
    return header.algorithm();
  }

  /**
   * Returns whether this is a message of that type, signed by that key and its algorithm with that
   * external data. The other form of an ES256 signature, n − s, is refused: nobody makes a second
   * message out of a good one.
   */
  public boolean verify(SignatureKey key, String expectedTyp, byte[] externalAad) {
    return header.typ().equals(expectedTyp)
        && header.algorithm() == key.algorithm()
        && (header.algorithm() != SignatureAlgorithm.ES256 || VerificationKey.hasLowS(signature))
        && key.verify(signatureStructure(protectedBytes, externalAad, payload), signature);
  }

  /** Returns the bytes that are signed: Sig_structure of RFC 9052, 4.4. */
  static byte[] signatureStructure(byte[] protectedBytes, byte[] externalAad, byte[] payload) {
    return Cbor.array(
            Cbor.of("Signature1"), Cbor.of(protectedBytes), Cbor.of(externalAad), Cbor.of(payload))
        .encode();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof CoseSign1 message && Arrays.equals(encoded, message.encoded);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(encoded);
  }

  @Override
  public String toString() {
    return "CoseSign1(" + encoded.length + " bytes)";
  }
}
