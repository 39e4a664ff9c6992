package org.tallystick.idempotency;

import org.jspecify.annotations.NullMarked;

/** Lets the fuzzer reach the form in which answers are kept. */
@NullMarked
public final class KeyedAnswerDoor {
  private KeyedAnswerDoor() {}

  /** Reads one. */
  public static KeyedAnswer decode(byte[] encoded) {
    return KeyedAnswer.decode(encoded);
  }

  /** Writes one. */
  public static byte[] encode(KeyedAnswer answer) {
    return answer.encode();
  }
}
