package org.tallystick.launcher;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.tallystick.launcher.drill.JavaChild;
import org.tallystick.launcher.drill.StageFormDrill;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tallystick bench}: measures a named figure on this machine. */
@Command(
    name = "bench",
    description = {
      "Measures a named figure on this machine. Without a name, lists what there is.",
      "crypto: sealing and opening a code against the primitives in it; three to four minutes.",
      "stages: CPU milliseconds for each half in the three forms that a stage could have."
    })
final class BenchCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "NAME",
      arity = "0..1",
      description = "Which measurement: crypto, stages.")
  private @Nullable String name;

  @Option(
      names = "--seconds",
      defaultValue = "300",
      description = "stages: length of each load, after the warm-up (default: 300).")
  private int seconds;

  @Option(
      names = "--rate",
      defaultValue = "0",
      description = "stages: halves a second, or 0 for as many as go (default: 0).")
  private int rate;

  @Override
  public Integer call() throws Exception {
    if (name == null) {
      System.out.println("crypto       sealing and opening a code, times the primitives in it");
      System.out.println("stages       CPU, throughput and losses of the three forms of a stage");
      return ExitCode.OK;
    }
    return switch (name) {
      case "crypto" ->
          JavaChild.run(
              StageFormDrill.classPath(),
              "org.tallystick.bench.crypto.CryptoBench",
              List.of(),
              System.out);
      case "stages" -> stages();
      default -> throw new LaunchException("no such measurement: " + name);
    };
  }

  private int stages() throws Exception {
    List<String> arguments =
        new ArrayList<>(List.of("--form", "all", "--seconds", String.valueOf(seconds)));
    if (rate > 0) {
      arguments.addAll(List.of("--rate", String.valueOf(rate)));
    }
    return JavaChild.run(
        StageFormDrill.classPath(), "org.tallystick.bench.stage.StageBench", arguments, System.out);
  }
}
