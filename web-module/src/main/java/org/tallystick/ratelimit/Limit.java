package org.tallystick.ratelimit;

/** How often one source may ask. */
public enum Limit {
  /** What costs little: {@code TALLYSTICK_RATE_GENERAL} a second. */
  GENERAL("TALLYSTICK_RATE_GENERAL", 200),
  /** What hashes passwords: {@code TALLYSTICK_RATE_SIGN_IN} a second. */
  SIGN_IN("TALLYSTICK_RATE_SIGN_IN", 5),
  /** What verifies signatures of strangers: {@code TALLYSTICK_RATE_TOKEN} a second. */
  TOKEN("TALLYSTICK_RATE_TOKEN", 20),
  /** What one partner bank's program asks: {@code TALLYSTICK_RATE_PARTNER} a second. */
  PARTNER("TALLYSTICK_RATE_PARTNER", 50);

  private final String variable;
  private final int fallbackPerSecond;

  Limit(String variable, int fallbackPerSecond) {
    this.variable = variable;
    this.fallbackPerSecond = fallbackPerSecond;
  }

  String variable() {
    return variable;
  }

  int fallbackPerSecond() {
    return fallbackPerSecond;
  }
}
