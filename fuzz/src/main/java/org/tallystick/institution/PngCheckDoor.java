package org.tallystick.institution;

import org.jspecify.annotations.NullMarked;
import org.tallystick.codec.MalformedInputException;

/** Lets the fuzzer reach what looks at a logo. */
@NullMarked
public final class PngCheckDoor {
  private PngCheckDoor() {}

  /** The same bytes, where they are a logo. */
  public static byte[] of(byte[] png) {
    if (!PngCheck.isLogo(png)) {
      throw new MalformedInputException("it is no logo");
    }
    return png;
  }
}
