package org.tallystick.pin;

import java.time.Duration;
import java.util.List;

/**
 * How long a device is blocked after wrong PINs in a row: 0 s, 30 s, 2 min, 10 min; one more
 * suspends it. While it is blocked no PIN is looked at and none is counted.
 *
 * <p>Source: docs/PROTOCOL.md section R.4.
 */
public final class PinBackOff {
  /** So many wrong PINs in a row suspend. */
  public static final int SUSPENDING = 5;

  private static final List<Duration> BLOCKS =
      List.of(Duration.ZERO, Duration.ofSeconds(30), Duration.ofMinutes(2), Duration.ofMinutes(10));

  private PinBackOff() {}

  /**
   * How long a device is blocked after so many.
   *
   * @param wrongInARow 1 to 4
   */
  public static Duration after(int wrongInARow) {
    return BLOCKS.get(wrongInARow - 1);
  }
}
