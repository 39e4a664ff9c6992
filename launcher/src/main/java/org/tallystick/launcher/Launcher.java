package org.tallystick.launcher;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/**
 * Main class behind {@code ./tallystick}.
 *
 * <p>Exit codes: 0 done and every bound held, 1 failed or a bound was missed, 2 wrong usage or not
 * available.
 */
@Command(
    name = "tallystick",
    description = "Payments that exist only where two halves fit.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      DemoCommand.class,
      UpCommand.class,
      RollCommand.class,
      VerifyCommand.class,
      DrillCommand.class,
      ModelCommand.class,
      BenchCommand.class,
      FuzzCommand.class,
      PortabilityCommand.class,
      HelpCommand.class
    })
public final class Launcher {
  private Launcher() {}

  /** Runs one command and exits with its code. */
  public static void main(String[] arguments) {
    System.exit(run(arguments));
  }

  /** Runs one command and returns its exit code. */
  static int run(String... arguments) {
    return new CommandLine(new Launcher())
        .setExecutionExceptionHandler(Launcher::explain)
        .execute(arguments);
  }

  /** A refusal of ours is one sentence; anything else is a fault and shows where it came from. */
  @SuppressWarnings("unused")
  private static int explain(
      Exception fault, CommandLine command, CommandLine.ParseResult arguments) {
    if (fault instanceof LaunchException) {
      command.getErr().println("tallystick: " + fault.getMessage());
    } else {
      fault.printStackTrace(command.getErr());
    }
    return CommandLine.ExitCode.SOFTWARE;
  }
}
