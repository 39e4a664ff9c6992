package org.tallystick.crypto;

/**
 * Whoever can check the ES256 signatures of one key: the other side of {@link Signer}. In a bank it
 * is a {@link VerificationKey}.
 *
 * <p>Source: RFC 9053, 2.1.
 */
public interface SignatureVerifier {
  /**
   * Returns whether the 64 byte r‖s is a signature of this key over SHA-256 of the message; anything
   * malformed is simply not one.
   */
  boolean verify(byte[] message, byte[] signature64);
}
