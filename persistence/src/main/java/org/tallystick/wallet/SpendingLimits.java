package org.tallystick.wallet;

import org.jspecify.annotations.Nullable;

/**
 * How much a party wants to be able to spend with one instrument; null is as much as there is.
 *
 * @param eachMinor highest amount of one transaction, minor units
 * @param dayMinor highest sum of one day, UTC, minor units
 */
public record SpendingLimits(@Nullable Long eachMinor, @Nullable Long dayMinor) {
  /** None at all. */
  public static final SpendingLimits NONE = new SpendingLimits(null, null);

  /** Whether there is none. */
  public boolean isNone() {
    return eachMinor == null && dayMinor == null;
  }

  /** Of each the lower one. */
  public SpendingLimits lower(SpendingLimits other) {
    return new SpendingLimits(lower(eachMinor, other.eachMinor), lower(dayMinor, other.dayMinor));
  }

  private static @Nullable Long lower(@Nullable Long one, @Nullable Long other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return Math.min(one, other);
  }

  /** Whether one transaction of that amount is above. */
  public boolean eachExceededBy(long minor) {
    return eachMinor != null && minor > eachMinor;
  }

  /** Whether the sum of a day is above. */
  public boolean dayExceededBy(long minor) {
    return dayMinor != null && minor > dayMinor;
  }
}
