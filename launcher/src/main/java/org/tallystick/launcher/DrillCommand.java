package org.tallystick.launcher;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code tallystick drill}: not part of this version yet, and says so. */
@Command(
    name = "drill",
    description = "Breaks a running bank in a named way and checks that nothing is lost.")
@SuppressWarnings({"unused", "UnusedVariable"})
final class DrillCommand implements Callable<Integer> {
  @Parameters(paramLabel = "NAME", description = "Which drill.")
  private String name = "";

  @Override
  public Integer call() {
    return NotYet.say("drill");
  }
}
