package org.tallystick.forgotten;

import org.tallystick.codec.Cbor;

/** Two parsers that nobody has made a target for: one looks like a parser, one acts like it. */
public final class ForgottenParsers {
  private ForgottenParsers() {}

  public static int decode(byte[] input) {
    return input.length;
  }

  public static Cbor take(byte[] input) {
    return Cbor.decode(input);
  }
}
