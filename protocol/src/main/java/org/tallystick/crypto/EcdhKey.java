package org.tallystick.crypto;

import java.security.SecureRandom;
import org.bouncycastle.crypto.agreement.ECDHBasicAgreement;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.tallystick.codec.MalformedInputException;

/**
 * A key pair for Diffie-Hellman on P-256.
 *
 * <p>Peer points are checked to lie on the curve; the cofactor is 1, so nothing else is left to
 * check. The scalar is wiped when closed, except for copies inside big integers.
 *
 * <p>Source: NIST SP 800-56A, 5.7.1.2; SEC 1, 3.3.1.
 */
public final class EcdhKey implements AutoCloseable {
  private final Secret scalar;
  private final byte[] publicPoint;

  private EcdhKey(byte[] ownedScalar) {
    this.publicPoint = P256.publicPoint(P256.privateKey(ownedScalar)).getEncoded(false);
    this.scalar = Secret.adopt(ownedScalar);
  }

  /** Makes a fresh key pair. */
  public static EcdhKey generate(SecureRandom random) {
    return new EcdhKey(P256.randomScalar(random));
  }

  /**
   * Takes a copy of a 32 byte big-endian scalar.
   *
   * @throws org.tallystick.codec.MalformedInputException if it is not from 1 to n − 1
   */
  public static EcdhKey ofScalar(byte[] d32) {
    return new EcdhKey(d32.clone());
  }

  /** Returns the 65 byte uncompressed point. */
  public byte[] publicPoint() {
    return publicPoint.clone();
  }

  /** Returns the 33 byte compressed point. */
  public byte[] compressedPoint() {
    return P256.point(publicPoint).getQ().getEncoded(true);
  }

  /**
   * As {@link #agree}, with a peer's 33 byte compressed point.
   *
   * @throws org.tallystick.codec.MalformedInputException if the 33 bytes are not a point on the
   *     curve
   */
  public byte[] agreeCompressed(byte[] peerPoint33) {
    if (peerPoint33.length != P256.COMPRESSED_LENGTH) {
      throw new MalformedInputException("P-256 point of " + peerPoint33.length + " bytes");
    }
    return agree(P256.point(peerPoint33).getQ().getEncoded(false));
  }

  /**
   * Returns the x coordinate of the shared point, 32 bytes, which the caller must wipe.
   *
   * @throws org.tallystick.codec.MalformedInputException if the peer's 65 bytes are not an
   *     uncompressed point on the curve
   * @throws IllegalStateException after {@link #close()}
   */
  public byte[] agree(byte[] peerPoint65) {
    ECPublicKeyParameters peer = P256.uncompressedPoint(peerPoint65);
    ECPrivateKeyParameters own = P256.privateKey(scalar.reveal());
    ECDHBasicAgreement agreement = new ECDHBasicAgreement();
    agreement.init(own);
    return P256.fixedLength(agreement.calculateAgreement(peer));
  }

  /**
   * Returns a copy of the 32 byte scalar, which the caller must wipe.
   *
   * @throws IllegalStateException after {@link #close()}
   */
  public byte[] scalar() {
    return scalar.reveal().clone();
  }

  /** Wipes the scalar. */
  @Override
  public void close() {
    scalar.close();
  }

  @Override
  public String toString() {
    return "EcdhKey(P-256)";
  }
}
