package org.tallystick.crypto;

/** The public half of a signature key, of either algorithm. */
public interface SignatureKey {
  /** Which algorithm it is for. */
  SignatureAlgorithm algorithm();

  /** The public key as it is sent: 33 bytes for ES256, 1,952 for ML-DSA-65. */
  byte[] encoded();

  /**
   * Returns whether this is a signature of this key over the message; anything malformed is simply
   * not one.
   */
  boolean verify(byte[] message, byte[] signature);
}
