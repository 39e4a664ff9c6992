package org.tallystick.fuzz;

import org.jspecify.annotations.Nullable;

/**
 * What the fuzzer calls, by the names that it looks for; {@code --target_args} is the name of the
 * target.
 */
public final class FuzzEntry {
  private static @Nullable Parser parser;

  private FuzzEntry() {}

  /**
   * Called once; what is loaded at the first use of a parser is loaded here, where no clock runs.
   */
  public static void fuzzerInitialize(String[] arguments) {
    Parser made = Targets.named(arguments[0]).parser();
    made.ownSeeds().forEach(made::accepts);
    parser = made;
  }

  /** Called for each input. */
  public static void fuzzerTestOneInput(byte[] input) {
    Parser current = parser;
    if (current == null) {
      throw new IllegalStateException("not initialised");
    }
    current.bounds().check(current, input);
  }
}
