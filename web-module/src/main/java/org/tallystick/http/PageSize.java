package org.tallystick.http;

import java.util.OptionalInt;

/** How many items of a page a client asks for. */
public final class PageSize {
  private static final int MOST = 200;

  private PageSize() {}

  /** From 1; more than 200 are 200; empty for anything else. */
  public static OptionalInt of(String text) {
    return text.matches("[1-9][0-9]{0,2}")
        ? OptionalInt.of(Math.min(MOST, Integer.parseInt(text)))
        : OptionalInt.empty();
  }
}
