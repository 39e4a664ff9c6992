package org.tallystick.staff;

import java.util.Locale;
import org.tallystick.node.Environment;

/**
 * How new passwords are hashed, as the operator has set it. The bounds below are those of OWASP's
 * Password Storage Cheat Sheet; operators can only raise them.
 *
 * @param cost of one hash
 */
record PasswordPolicy(PasswordCost cost) {
  static final int LEAST_ITERATIONS = 600_000;
  private static final int MOST_ITERATIONS = 50_000_000;
  private static final int LEAST_MEMORY_KIB = 19_456;
  private static final int MOST_MEMORY_KIB = 262_144;

  /**
   * Reads the policy.
   *
   * @throws IllegalStateException if a setting is unknown or outside its bounds
   */
  static PasswordPolicy of(Environment environment) {
    String scheme = environment.text("TALLYSTICK_PASSWORD_SCHEME").orElse("argon2id").strip();
    return new PasswordPolicy(
        switch (scheme.toLowerCase(Locale.ROOT)) {
          case "argon2id" ->
              PasswordCost.argon2id(
                  environment.number(
                      "TALLYSTICK_ARGON2_MEMORY_KIB",
                      LEAST_MEMORY_KIB,
                      LEAST_MEMORY_KIB,
                      MOST_MEMORY_KIB),
                  environment.number("TALLYSTICK_ARGON2_ITERATIONS", 2, 2, 16),
                  environment.number("TALLYSTICK_ARGON2_LANES", 1, 1, 4));
          case "pbkdf2" ->
              PasswordCost.pbkdf2(
                  environment.number(
                      "TALLYSTICK_PASSWORD_ITERATIONS",
                      LEAST_ITERATIONS,
                      LEAST_ITERATIONS,
                      MOST_ITERATIONS));
          default ->
              throw new IllegalStateException(
                  "TALLYSTICK_PASSWORD_SCHEME must be argon2id or pbkdf2");
        });
  }

  /**
   * How many hashes may be computed at once: by at most half of the processors, so that sign-ins
   * never starve payments, and in at most a quarter of the heap.
   *
   * @throws IllegalStateException if not even one fits
   */
  int turns(int processors, long heapBytes) {
    int byProcessors = Math.max(1, processors / 2);
    if (cost.memoryKib() == 0) {
      return byProcessors;
    }
    long byMemory = heapBytes / 4 / (cost.memoryKib() * 1024L);
    if (byMemory == 0) {
      throw new IllegalStateException(
          "TALLYSTICK_ARGON2_MEMORY_KIB is more than a quarter of the heap");
    }
    return (int) Math.min(byProcessors, byMemory);
  }
}
