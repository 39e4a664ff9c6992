package org.tallystick.launcher;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code tallystick verify}: not part of this version yet, and says so. */
@Command(name = "verify", description = "Checks an exported log without asking the bank.")
@SuppressWarnings({"unused", "UnusedVariable"})
final class VerifyCommand implements Callable<Integer> {
  @Parameters(paramLabel = "FILE", description = "The exported log.")
  private Path file = Path.of("");

  @Override
  public Integer call() {
    return NotYet.say("verify");
  }
}
