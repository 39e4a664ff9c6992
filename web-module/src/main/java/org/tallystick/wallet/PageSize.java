package org.tallystick.wallet;

import java.util.Optional;
import java.util.regex.Pattern;

/** How many rows a page has: at least one, at most 200. */
final class PageSize {
  private static final int MOST = 200;
  private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,2}");

  private PageSize() {}

  /** What a query asks for, no more than there may be; empty where that is no number. */
  static Optional<Integer> of(String text) {
    return NUMBER.matcher(text).matches()
        ? Optional.of(Math.min(MOST, Integer.parseInt(text)))
        : Optional.empty();
  }
}
