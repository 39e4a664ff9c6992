package org.tallystick.format;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.tallystick.codec.Cbor;
import org.tallystick.codec.MalformedInputException;

/**
 * Which algorithms protect a device: chosen once at its enrolment, never lower afterwards.
 *
 * <p>Source: docs/PROTOCOL.md section 1.
 */
public enum Suite {
  /** P-256, ES256, HKDF-SHA-256, AES-256-GCM. */
  CLASSIC(1),

  /** As CLASSIC, with ML-KEM-768 beside each key agreement and ML-DSA-65 beside each receipt. */
  HYBRID(2);

  private final int value;

  Suite(int value) {
    this.value = value;
  }

  /** Number on the wire. */
  public int value() {
    return value;
  }

  /** As item of a message or derivation. */
  public Cbor toCbor() {
    return Cbor.of(value);
  }

  /**
   * Suite of a wire number.
   *
   * @throws MalformedInputException if there is none
   */
  public static Suite of(long value) {
    return Arrays.stream(values())
        .filter(suite -> suite.value == value)
        .findFirst()
        .orElseThrow(() -> new MalformedInputException("unknown suite"));
  }

  /** The highest that both sides know; empty where they share none. */
  public static Optional<Suite> highestCommon(List<Suite> one, List<Suite> other) {
    return one.stream().filter(other::contains).max(Comparator.naturalOrder());
  }

  /** Whether this is no lower than a minimum. */
  public boolean atLeast(Suite minimum) {
    return value >= minimum.value;
  }
}
