package org.tallystick.partner;

import java.util.Optional;

/**
 * How a partner bank's program may sign. None of them takes a secret, so no public key can serve as
 * one.
 *
 * <p>Source: RFC 7518, 3.1; RFC 8037, 3.1.
 */
public enum JwsAlgorithm {
  ES256("ES256"),
  PS256("PS256"),
  EDDSA("EdDSA");

  private final String text;

  JwsAlgorithm(String text) {
    this.text = text;
  }

  /** Its name in a header. */
  public String text() {
    return text;
  }

  /** The algorithm with a name. */
  public static Optional<JwsAlgorithm> of(String text) {
    for (JwsAlgorithm algorithm : values()) {
      if (algorithm.text.equals(text)) {
        return Optional.of(algorithm);
      }
    }
    return Optional.empty();
  }
}
