package org.tallystick.wallet;

import org.jspecify.annotations.Nullable;

/**
 * How much may be spent with an instrument now.
 *
 * @param instrument its number
 * @param currency of the limits; null where there are none
 * @param limits in force
 */
public record Spending(long instrument, @Nullable String currency, SpendingLimits limits) {
  /** As much as there is. */
  public static Spending unlimited(long instrument) {
    return new Spending(instrument, null, SpendingLimits.NONE);
  }
}
