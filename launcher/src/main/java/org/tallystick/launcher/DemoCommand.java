package org.tallystick.launcher;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tallystick demo}: not part of this version yet, and says so. */
@Command(
    name = "demo",
    description = "Shows a whole payment, and what happens where one half is false.")
@SuppressWarnings({"unused", "UnusedVariable"})
final class DemoCommand implements Callable<Integer> {
  @Option(names = "--keep", description = "Leave the bank running afterwards.")
  private boolean keep;

  @Option(
      names = "--plant",
      paramLabel = "BUG",
      description = "Plant this bug first; the demo must then find it.")
  private @Nullable String bug;

  @Mixin private DataOption data = new DataOption();

  @Override
  public Integer call() {
    return NotYet.say("demo");
  }
}
