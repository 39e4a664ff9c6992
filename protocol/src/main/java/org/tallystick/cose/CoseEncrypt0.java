package org.tallystick.cose;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tallystick.codec.Cbor;
import org.tallystick.codec.MalformedInputException;
import org.tallystick.codec.MapReader;
import org.tallystick.crypto.AesGcm;

/**
 * A message sealed with AES-256-GCM under a key that both sides already hold.
 *
 * <p>Shape: untagged array [protected: bstr of {1: 3, 5: iv of 12 bytes, more labels}, {},
 * ciphertext with tag: bstr]. The further labels belong to the caller, who checks them in {@link
 * #headers()}; crit (2) and Partial IV (6) are refused.
 *
 * <p>Source: RFC 9052, 5.2 and 5.3; RFC 9053, 4.1.
 *
 * <p>Received bytes are kept as they are and not copied.
 */
public final class CoseEncrypt0 {
  private static final long ALG = 1;
  private static final long ALG_A256GCM = 3;
  private static final long CRIT = 2;
  private static final long IV = 5;
  private static final long PARTIAL_IV = 6;

  private final byte[] protectedBytes;
  private final Cbor.Map headers;
  private final byte[] iv;
  private final byte[] ciphertext;

  private CoseEncrypt0(byte[] protectedBytes, Cbor.Map headers, byte[] ciphertext) {
    MapReader header = MapReader.of(headers);
    header.integer(ALG, ALG_A256GCM, ALG_A256GCM);
    this.iv = header.bytes(IV, AesGcm.IV_LENGTH);
    requireAllowed(headers);
    if (ciphertext.length < AesGcm.TAG_LENGTH) {
      throw new MalformedInputException("ciphertext shorter than its tag");
    }
    this.protectedBytes = protectedBytes;
    this.headers = headers;
    this.ciphertext = ciphertext;
  }

  /**
   * Seals a plaintext and returns the encoded message.
   *
   * @param extraProtected further protected members; without labels 1, 2, 5 and 6
   * @throws MalformedInputException if {@code extraProtected} has one of those labels
   */
  public static byte[] seal(
      byte[] key32, byte[] iv12, Cbor.Map extraProtected, byte[] externalAad, byte[] plaintext) {
    Cbor.MapBuilder merged = Cbor.map().put(ALG, Cbor.of(ALG_A256GCM)).put(IV, Cbor.of(iv12));
    extraProtected.entries().forEach(merged::put);
    Cbor.Map headers = merged.build();
    requireAllowed(headers);
    byte[] protectedBytes = headers.encode();
    byte[] aad = encStructure(protectedBytes, externalAad);
    return encode(protectedBytes, AesGcm.seal(key32, iv12, aad, plaintext));
  }

  /**
   * Reads a message without opening it.
   *
   * @throws MalformedInputException if it has any other shape
   */
  public static CoseEncrypt0 decode(byte[] encoded) {
    List<Cbor> parts = Cbor.decode(encoded).asArray(3);
    byte[] protectedBytes = parts.get(0).asBytes();
    MapReader.of(parts.get(1)).end();
    if (Cbor.decode(protectedBytes) instanceof Cbor.Map headers) {
      return new CoseEncrypt0(protectedBytes, headers, parts.get(2).asBytes());
    }
    throw new MalformedInputException("protected header is not a map");
  }

  private static void requireAllowed(Cbor.Map headers) {
    if (headers.get(CRIT).isPresent() || headers.get(PARTIAL_IV).isPresent()) {
      throw new MalformedInputException("header label not allowed");
    }
  }

  /** Returns the encoded message. */
  public byte[] encode() {
    return encode(protectedBytes, ciphertext);
  }

  private static byte[] encode(byte[] protectedBytes, byte[] ciphertext) {
    return Cbor.array(Cbor.of(protectedBytes), Cbor.map().build(), Cbor.of(ciphertext)).encode();
  }

  /** Returns the protected header as received. */
  public byte[] protectedBytes() {
    return protectedBytes;
  }

  /** Returns the same header, decoded. */
  public Cbor.Map headers() {
    return headers;
  }

  /** Returns ciphertext and tag. */
  public byte[] ciphertext() {
    return ciphertext;
  }

  /** Returns the 12 byte IV. */
  public byte[] iv() {
    return iv;
  }

  /** Returns the plaintext, or empty if key, header, external data or ciphertext do not fit. */
  public Optional<byte[]> open(byte[] key32, byte[] externalAad) {
    return AesGcm.open(key32, iv, encStructure(protectedBytes, externalAad), ciphertext);
  }

  /** Returns the additional data: Enc_structure of RFC 9052, 5.3. */
  static byte[] encStructure(byte[] protectedBytes, byte[] externalAad) {
    return Cbor.array(Cbor.of("Encrypt0"), Cbor.of(protectedBytes), Cbor.of(externalAad)).encode();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof CoseEncrypt0 message
        && Arrays.equals(protectedBytes, message.protectedBytes)
        && Arrays.equals(ciphertext, message.ciphertext);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(protectedBytes) + Arrays.hashCode(ciphertext);
  }

  @Override
  public String toString() {
    return "CoseEncrypt0(" + ciphertext.length + " bytes of ciphertext)";
  }
}
