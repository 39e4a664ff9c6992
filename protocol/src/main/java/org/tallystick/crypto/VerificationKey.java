package org.tallystick.crypto;

import java.io.IOException;
import java.math.BigInteger;
import java.util.Arrays;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.StandardDSAEncoding;
import org.jspecify.annotations.Nullable;

/**
 * The public half of an ES256 key: a point of P-256, decoded and checked once.
 *
 * <p>Keep the object where many signatures of one key are checked: it holds the tables that make
 * later checks faster. Safe for use by several threads.
 *
 * <p>Source: RFC 9053, 2.1; FIPS 186-5, 6.4.2; SEC 1, 2.3.4.
 */
public final class VerificationKey implements SignatureKey {
  /** Length of a signature r‖s in bytes. */
  public static final int SIGNATURE_LENGTH = 64;

  private final ECPublicKeyParameters point;
  private final byte[] compressed;

  VerificationKey(ECPublicKeyParameters point) {
    this.point = point;
    this.compressed = point.getQ().getEncoded(true);
  }

  /**
   * Reads a point: 33 bytes compressed or 65 bytes uncompressed.
   *
   * @throws org.tallystick.codec.MalformedInputException if it has another form or is not on the
   *     curve
   */
  public static VerificationKey ofPoint(byte[] sec1) {
    return new VerificationKey(P256.point(sec1));
  }

  /** Returns the 33 byte compressed point. */
  public byte[] compressed() {
    return compressed.clone();
  }

  @Override
  public SignatureAlgorithm algorithm() {
    return SignatureAlgorithm.ES256;
  }

  @Override
  public byte[] encoded() {
    return compressed();
  }

  /**
   * Returns whether the 64 byte r‖s is a signature of this key over the message; anything malformed
   * is simply not one.
   *
   * <p>Either s or n − s is accepted, as ES256 allows; who needs a signature's bytes to be the only
   * ones asks {@link #hasLowS} too.
   */
  @Override
  public boolean verify(byte[] message, byte[] signature64) {
    if (signature64.length != SIGNATURE_LENGTH) {
      return false;
    }
    BigInteger r = new BigInteger(1, signature64, 0, P256.SCALAR_LENGTH);
    BigInteger s = new BigInteger(1, signature64, P256.SCALAR_LENGTH, P256.SCALAR_LENGTH);
    ECDSASigner verifier = new ECDSASigner();
    verifier.init(false, point);
    return verifier.verifySignature(Sha256.of(message), r, s);
  }

  /**
   * As {@link #verify}, for a signature as a DER sequence of r and s (RFC 3279, 2.2.3); another
   * encoding than the one DER allows is not one.
   */
  public boolean verifyDer(byte[] message, byte[] der) {
    BigInteger[] rs;
    try {
      rs = StandardDSAEncoding.INSTANCE.decode(P256.ORDER, der);
    } catch (IOException | RuntimeException e) {
      return false; // the decoder casts what it finds: another type is one more way to be malformed
    }
    ECDSASigner verifier = new ECDSASigner();
    verifier.init(false, point);
    return verifier.verifySignature(Sha256.of(message), rs[0], rs[1]);
  }

  /** Returns whether s is at most half of the group's order, so that n − s is not. */
  public static boolean hasLowS(byte[] signature64) {
    if (signature64.length != SIGNATURE_LENGTH) {
      return false;
    }
    BigInteger s = new BigInteger(1, signature64, P256.SCALAR_LENGTH, P256.SCALAR_LENGTH);
    return s.compareTo(P256.HALF_ORDER) <= 0;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof VerificationKey key && Arrays.equals(compressed, key.compressed);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(compressed);
  }

  @Override
  public String toString() {
    return "VerificationKey(P-256)";
  }
}
