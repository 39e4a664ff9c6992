package org.tallystick.jose;

import org.tallystick.codec.MalformedInputException;

/**
 * The signatures that are taken, and no other: neither {@code none} nor any with a shared key.
 *
 * <p>Source: RFC 7518, 3.1; RFC 8037, 3.1; RFC 8725, 3.1 and 3.2.
 */
public enum JwsAlgorithm {
  RS256("RS256", "RSA"),
  PS256("PS256", "RSA"),
  ES256("ES256", "EC"),
  EDDSA("EdDSA", "OKP");

  private final String label;
  private final String keyType;

  JwsAlgorithm(String label, String keyType) {
    this.label = label;
    this.keyType = keyType;
  }

  /** The name in the member {@code alg}. */
  public String label() {
    return label;
  }

  /** The {@code kty} of keys that it is made with. */
  String keyType() {
    return keyType;
  }

  /**
   * The algorithm of a header.
   *
   * @throws MalformedInputException if it is not one of these
   */
  static JwsAlgorithm of(String label) {
    for (JwsAlgorithm algorithm : values()) {
      if (algorithm.label.equals(label)) {
        return algorithm;
      }
    }
    throw new MalformedInputException("a signature algorithm that is not taken");
  }
}
