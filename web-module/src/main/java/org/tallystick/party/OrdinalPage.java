package org.tallystick.party;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A page of a list that only grows at its end: it begins after so many items as were shown before.
 *
 * @param from how many were shown
 * @param limit how many are wanted
 */
record OrdinalPage(int from, int limit) {
  private static final int MAX_PAGE = 200;

  /** From a request's parameters; empty where they are none. */
  static Optional<OrdinalPage> of(String after, String limit) {
    return after.matches("0|[1-9][0-9]{0,6}") && limit.matches("[1-9][0-9]{0,2}")
        ? Optional.of(
            new OrdinalPage(Integer.parseInt(after), Math.min(MAX_PAGE, Integer.parseInt(limit))))
        : Optional.empty();
  }

  /** Of one item more than is wanted, those that are shown. */
  <T> List<T> shown(List<T> found) {
    return found.subList(0, Math.min(limit, found.size()));
  }

  /** What leads to the next page; null on the last. */
  @Nullable String next(List<?> found) {
    return found.size() > limit ? Integer.toString(from + limit) : null;
  }
}
