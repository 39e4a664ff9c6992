package org.tallystick.crypto;

import java.math.BigInteger;
import java.security.SecureRandom;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;

/**
 * An ES256 key in memory.
 *
 * <p>Nonces are deterministic (RFC 6979), so a bad random source can not leak the key, and equal
 * messages get equal signatures; s is always the smaller of s and n − s. The scalar is wiped when
 * closed, except for copies inside big integers that Java cannot wipe.
 *
 * <p>Source: RFC 9053, 2.1; RFC 6979, 3.2.
 */
public final class SigningKey implements Signer, AutoCloseable {
  private final Secret scalar;
  private final VerificationKey verificationKey;

  private SigningKey(byte[] ownedScalar) {
    this.verificationKey =
        new VerificationKey(
            new ECPublicKeyParameters(P256.publicPoint(P256.privateKey(ownedScalar)), P256.DOMAIN));
    this.scalar = Secret.adopt(ownedScalar);
  }

  /** Makes a fresh key. */
  public static SigningKey generate(SecureRandom random) {
    return new SigningKey(P256.randomScalar(random));
  }

  /**
   * Takes a copy of a 32 byte big-endian scalar.
   *
   * @throws org.tallystick.codec.MalformedInputException if it is not from 1 to n − 1
   */
  public static SigningKey ofScalar(byte[] d32) {
    return new SigningKey(d32.clone());
  }

  /**
   * Returns a copy of the 32 byte scalar, which the caller must wipe.
   *
   * @throws IllegalStateException after {@link #close()}
   */
  public byte[] scalar() {
    return scalar.reveal().clone();
  }

  @Override
  public byte[] sign(byte[] message) {
    ECDSASigner signer = new ECDSASigner(new HMacDSAKCalculator(new SHA256Digest()));
    signer.init(true, P256.privateKey(scalar.reveal()));
    BigInteger[] rs = signer.generateSignature(Sha256.of(message));
    BigInteger lowS = rs[1].compareTo(P256.HALF_ORDER) > 0 ? P256.ORDER.subtract(rs[1]) : rs[1];
    byte[] signature = new byte[VerificationKey.SIGNATURE_LENGTH];
    System.arraycopy(P256.fixedLength(rs[0]), 0, signature, 0, P256.SCALAR_LENGTH);
    System.arraycopy(P256.fixedLength(lowS), 0, signature, P256.SCALAR_LENGTH, P256.SCALAR_LENGTH);
    return signature;
  }

  @Override
  public VerificationKey verificationKey() {
    return verificationKey;
  }

  /** Wipes the scalar; signing throws {@link IllegalStateException} afterwards. */
  @Override
  public void close() {
    scalar.close();
  }

  @Override
  public String toString() {
    return "SigningKey(P-256)";
  }
}
