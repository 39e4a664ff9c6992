package org.tallystick.crypto;

/** Whoever can sign, by either algorithm: a key in memory, in a key store or in a token. */
public interface MessageSigner {
  /** Returns the signature over the message. */
  byte[] sign(byte[] message);

  /** Returns the key that verifies these signatures. */
  SignatureKey verificationKey();
}
