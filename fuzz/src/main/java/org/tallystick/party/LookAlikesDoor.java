package org.tallystick.party;

import org.jspecify.annotations.NullMarked;
import org.tallystick.codec.MalformedInputException;

/** Lets the fuzzer reach what a public name looks like. */
@NullMarked
public final class LookAlikesDoor {
  private LookAlikesDoor() {}

  /** The name with its hashes. */
  public static PublicName of(String name) {
    return LookAlikes.of(name)
        .orElseThrow(() -> new MalformedInputException("nothing of the name is seen"));
  }
}
