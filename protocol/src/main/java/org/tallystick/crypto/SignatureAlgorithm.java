package org.tallystick.crypto;

import org.tallystick.codec.MalformedInputException;

/**
 * How a COSE signature is made.
 *
 * <p>Source: RFC 9053, 2.1 (ES256); FIPS 204 and the IANA registry of COSE algorithms (ML-DSA-65).
 */
public enum SignatureAlgorithm {
  /** ECDSA on P-256 with SHA-256. */
  ES256(-7, 33, 64),

  /** ML-DSA-65, pure, with empty context. */
  ML_DSA_65(-49, 1952, 3309);

  private final int cose;
  private final int publicKeyLength;
  private final int signatureLength;

  SignatureAlgorithm(int cose, int publicKeyLength, int signatureLength) {
    this.cose = cose;
    this.publicKeyLength = publicKeyLength;
    this.signatureLength = signatureLength;
  }

  /** Number in COSE headers and in the key set. */
  public int cose() {
    return cose;
  }

  /** Bytes of a public key as it is sent. */
  public int publicKeyLength() {
    return publicKeyLength;
  }

  /** Bytes of a signature. */
  public int signatureLength() {
    return signatureLength;
  }

  /**
   * Algorithm of a COSE number.
   *
   * @throws MalformedInputException if it is not one of these
   */
  public static SignatureAlgorithm of(long cose) {
    for (SignatureAlgorithm algorithm : values()) {
      if (algorithm.cose == cose) {
        return algorithm;
      }
    }
    throw new MalformedInputException("unknown signature algorithm");
  }

  /**
   * Reads a public key of this algorithm in the form in which it is sent.
   *
   * @throws MalformedInputException if it has another form
   */
  public SignatureKey key(byte[] encoded) {
    if (encoded.length != publicKeyLength) {
      throw new MalformedInputException("public key of " + encoded.length + " bytes");
    }
    return this == ES256 ? VerificationKey.ofPoint(encoded) : MlDsaVerificationKey.of(encoded);
  }
}
