package org.tallystick.ratelimit;

/** How often one source may ask. */
public enum Limit {
  /** What costs little: {@code TALLYSTICK_RATE_GENERAL} a second. */
  GENERAL("TALLYSTICK_RATE_GENERAL", 200),
  /** What hashes passwords: {@code TALLYSTICK_RATE_SIGN_IN} a second. */
  SIGN_IN("TALLYSTICK_RATE_SIGN_IN", 5),
  /** What fills the disk: {@code TALLYSTICK_RATE_UPLOAD} a second. */
  UPLOAD("TALLYSTICK_RATE_UPLOAD", 5);

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
