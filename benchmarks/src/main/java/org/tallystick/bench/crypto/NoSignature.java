package org.tallystick.bench.crypto;

import org.tallystick.crypto.SignatureAlgorithm;
import org.tallystick.crypto.SignatureKey;
import org.tallystick.crypto.Signer;
import org.tallystick.crypto.VerificationKey;

/** Stands where a signature is made and checked, and does neither. */
final class NoSignature implements Signer, SignatureKey {
  private static final byte[] CONSTANT = constant();

  private final VerificationKey key;

  /**
   * @param key that {@link #verificationKey()} names; never used
   */
  NoSignature(VerificationKey key) {
    this.key = key;
  }

  /** r = s = 1: a signature's shape, with a low s. */
  private static byte[] constant() {
    byte[] signature = new byte[VerificationKey.SIGNATURE_LENGTH];
    signature[VerificationKey.SIGNATURE_LENGTH / 2 - 1] = 1;
    signature[VerificationKey.SIGNATURE_LENGTH - 1] = 1;
    return signature;
  }

  @Override
  public byte[] sign(byte[] message) {
    return CONSTANT;
  }

  @Override
  public VerificationKey verificationKey() {
    return key;
  }

  @Override
  public SignatureAlgorithm algorithm() {
    return key.algorithm();
  }

  @Override
  public byte[] encoded() {
    return key.encoded();
  }

  @Override
  public boolean verify(byte[] message, byte[] signature64) {
    return true;
  }
}
