package org.tallystick.launcher;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;

/** {@code tallystick roll}: restarts the nodes of a running bank, one after the other. */
@Command(
    name = "roll",
    description = {
      "Restarts the nodes that 'up --nodes N' runs on a data folder, one after the other:",
      "each is stopped in order and works again before the next is stopped."
    })
final class RollCommand implements Callable<Integer> {
  @Mixin private DataOption data = new DataOption();

  @Override
  public Integer call() throws IOException, InterruptedException {
    Progress progress = Progress.onStandardError();
    new RollingRestart(data.folder())
        .run(
            (name, stopMillis, awayMillis) ->
                progress.say(
                    "%s stopped in %.1f s and is back after %.1f s"
                        .formatted(name, stopMillis / 1000.0, awayMillis / 1000.0)));
    return ExitCode.OK;
  }
}
