package org.tallystick.pin;

import java.util.Collection;
import org.tallystick.codec.MalformedInputException;

/**
 * Levels that a person may prove by a PIN of their own: 1 to 7.
 *
 * <p>Source: docs/PROTOCOL.md section 7; TSE-06.
 */
public final class Level {
  /** Highest level. */
  public static final int HIGHEST = 7;

  /** All levels as bits. */
  public static final int ALL_BITS = (1 << HIGHEST) - 1;

  private Level() {}

  /**
   * Returns the level.
   *
   * @throws MalformedInputException if there is no such level
   */
  public static int require(long level) {
    if (level < 1 || level > HIGHEST) {
      throw new MalformedInputException("levels are 1 to 7");
    }
    return (int) level;
  }

  /** Levels as bits: 2^(level − 1) for each. */
  public static int bits(Collection<Integer> levels) {
    return levels.stream().mapToInt(level -> 1 << (require(level) - 1)).sum();
  }
}
