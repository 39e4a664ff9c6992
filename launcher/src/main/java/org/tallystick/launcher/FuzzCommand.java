package org.tallystick.launcher;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.tallystick.launcher.drill.JavaChild;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tallystick fuzz}: every parser under a coverage-guided fuzzer. */
@Command(
    name = "fuzz",
    description = {
      "Gives every parser of the project inputs that nobody meant for it.",
      "Each must read them or refuse them as it declares, write what it has read in the same form,",
      "and stay within its time and memory. Without TARGET all of them, one after the other,",
      "two at a time; a wrong name lists them. What is found is kept in"
          + " fuzz/target/fuzz/TARGET/found."
    })
final class FuzzCommand implements Callable<Integer> {
  @Parameters(paramLabel = "TARGET", arity = "0..*", description = "Which parsers (default: all).")
  private List<String> targets = List.of();

  @Option(
      names = "--seconds",
      defaultValue = "0",
      description = "Of fuzzing in all, shared out among the targets (default: 120, a plant 20).")
  private int seconds;

  @Option(
      names = "--plant",
      paramLabel = "BUG",
      description = "Fuzz a parser with this bug; it must be found: index, length, loop, form.")
  private @Nullable String plant;

  @Override
  public Integer call() throws Exception {
    Path root = Path.of(System.getProperty("tallystick.root", "")).toAbsolutePath();
    Path target = root.resolve(Path.of("fuzz", "target"));
    List<String> arguments = new ArrayList<>(targets);
    arguments.addAll(List.of("--root", root.toString()));
    if (seconds > 0) {
      arguments.addAll(List.of("--seconds", String.valueOf(seconds)));
    }
    if (plant != null) {
      arguments.addAll(List.of("--plant", plant));
    }
    String classPath =
        target.resolve("classes") + File.pathSeparator + target.resolve("lib") + "/*";
    return JavaChild.run(classPath, "org.tallystick.fuzz.FuzzRun", arguments, System.out);
  }
}
