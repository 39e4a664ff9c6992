package org.tallystick.partner;

import org.jspecify.annotations.NullMarked;
import org.tallystick.codec.MalformedInputException;

/** Lets the fuzzer reach what reads a program's assertion. */
@NullMarked
public final class AssertionReaderDoor {
  private AssertionReaderDoor() {}

  /** What the text says. */
  public static ClientAssertion read(String text) {
    return AssertionReader.read(text)
        .orElseThrow(() -> new MalformedInputException("it is no assertion"));
  }
}
