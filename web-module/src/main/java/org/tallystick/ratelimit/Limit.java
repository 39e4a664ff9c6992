package org.tallystick.ratelimit;

/** How often one source or one caller may ask. */
public enum Limit {
  /** What one source may do: {@code TALLYSTICK_RATE_GENERAL} a second. */
  GENERAL("general", "TALLYSTICK_RATE_GENERAL", 200),
  /** What hashes passwords, for one source: {@code TALLYSTICK_RATE_SIGN_IN} a second. */
  SIGN_IN("sign-in", "TALLYSTICK_RATE_SIGN_IN", 5),
  /** What one party or member of the staff may do: {@code TALLYSTICK_RATE_ACCOUNT} a second. */
  ACCOUNT("account", "TALLYSTICK_RATE_ACCOUNT", 100),
  /** What verifies signatures of strangers: {@code TALLYSTICK_RATE_TOKEN} a second. */
  TOKEN("token", "TALLYSTICK_RATE_TOKEN", 20),
  /** What fills the disk: {@code TALLYSTICK_RATE_UPLOAD} a second. */
  UPLOAD("upload", "TALLYSTICK_RATE_UPLOAD", 5);

  private final String policy;
  private final String variable;
  private final int fallbackPerSecond;

  Limit(String policy, String variable, int fallbackPerSecond) {
    this.policy = policy;
    this.variable = variable;
    this.fallbackPerSecond = fallbackPerSecond;
  }

  /** Its name in headers. */
  String policy() {
    return policy;
  }

  String variable() {
    return variable;
  }

  int fallbackPerSecond() {
    return fallbackPerSecond;
  }
}
