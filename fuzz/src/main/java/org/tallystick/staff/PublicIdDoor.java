package org.tallystick.staff;

import java.util.Optional;
import org.jspecify.annotations.NullMarked;

/** Lets the fuzzer reach what reads the name of a session or a key. */
@NullMarked
public final class PublicIdDoor {
  private PublicIdDoor() {}

  /** Its bytes. */
  public static Optional<byte[]> of(String text) {
    return PublicId.of(text);
  }
}
