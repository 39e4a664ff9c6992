package org.tallystick.format;

import java.util.ArrayList;
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

  private static final int MAX_LISTED = 8;
  private static final int MAX_VALUE = 255;

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
    for (Suite suite : values()) {
      if (suite.value == value) {
        return suite;
      }
    }
    throw new MalformedInputException("unknown suite");
  }

  /** The highest that is in both lists; empty where they share none that is known here. */
  public static Optional<Suite> highestCommon(List<Integer> one, List<Integer> other) {
    return Arrays.stream(values())
        .filter(suite -> one.contains(suite.value) && other.contains(suite.value))
        .max(Comparator.naturalOrder());
  }

  /** A list of suite numbers as item of a message. */
  public static Cbor list(List<Integer> suites) {
    return Cbor.array(suites.stream().map(Cbor::of).toList());
  }

  /**
   * Reads a list of suite numbers: 1 to {@value #MAX_LISTED} of them, ascending. Those that are not
   * known here are taken over: a side that knows more says so.
   *
   * @throws MalformedInputException if it is none
   */
  public static List<Integer> list(Cbor item) {
    List<Integer> suites = new ArrayList<>();
    long before = 0;
    for (Cbor suite : item.asArray()) {
      long value = suite.asLong();
      if (value <= before || value > MAX_VALUE) {
        throw new MalformedInputException("suites are not ascending");
      }
      suites.add((int) value);
      before = value;
    }
    if (suites.isEmpty() || suites.size() > MAX_LISTED) {
      throw new MalformedInputException("list of " + suites.size() + " suites");
    }
    return List.copyOf(suites);
  }

  /** Whether this is no lower than a minimum. */
  public boolean atLeast(Suite minimum) {
    return value >= minimum.value;
  }
}
