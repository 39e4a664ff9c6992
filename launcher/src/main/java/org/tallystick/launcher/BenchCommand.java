package org.tallystick.launcher;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code tallystick bench}: not part of this version yet, and says so. */
@Command(name = "bench", description = "Measures a named figure of a bank on this machine.")
@SuppressWarnings({"unused", "UnusedVariable"})
final class BenchCommand implements Callable<Integer> {
  @Parameters(paramLabel = "NAME", description = "Which measurement.")
  private String name = "";

  @Override
  public Integer call() {
    return NotYet.say("bench");
  }
}
