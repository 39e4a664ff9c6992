package org.tallystick.crypto;

/**
 * Whoever can sign with ES256: a key in memory, in a platform key store or in a hardware module.
 *
 * <p>Source: RFC 9053, 2.1.
 */
public interface Signer extends MessageSigner {
  /** Returns the 64 byte signature r‖s over SHA-256 of the message. */
  @Override
  byte[] sign(byte[] message);

  /** Returns the key that verifies these signatures. */
  @Override
  VerificationKey verificationKey();
}
