package org.tallystick.screening;

/**
 * A screener with what it was built from.
 *
 * @param generation of the lists
 * @param editions the lists, each with the beginning of its edition's hash
 * @param screener ready for use
 */
public record Engine(long generation, String editions, Screener screener) {
  /**
   * Counts changes of the engine that find other entries. Raise it with each: everybody is screened
   * again then.
   */
  public static final int VERSION = 3;
}
