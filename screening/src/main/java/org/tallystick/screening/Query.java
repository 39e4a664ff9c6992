package org.tallystick.screening;

/**
 * A name to screen.
 *
 * @param name as it was given, in any script, parts in any order, at most {@link #MAX_LENGTH} chars
 *     (a longer one is answered {@link Obstacle#TOO_LONG})
 * @param kind what bears it; {@link EntityKind#UNKNOWN} is screened against entries of all kinds
 */
public record Query(String name, EntityKind kind) {
  /** Seven times the longest name of the lists of 2026; UTF-16 units. */
  public static final int MAX_LENGTH = 1_024;
}
