package org.tallystick.launcher;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.tallystick.launcher.drill.JavaChild;
import org.tallystick.launcher.drill.StageFormDrill;
import org.tallystick.launcher.rescreening.Rescreening;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tallystick bench}: measures a named figure on this machine. */
@Command(
    name = "bench",
    description = {
      "Measures a named figure on this machine. Without a name, lists what there is.",
      "crypto: sealing and opening a code against the primitives in it; three to four minutes.",
      "stages: CPU milliseconds for each half in the three forms that a stage could have.",
      "screening: recall and false positives of name screening on a labelled set, for a bank that",
      "  has counted its customers' words and for a new one; a minute.",
      "rescreening: a bank with the published lists screens everybody again; two minutes."
    })
final class BenchCommand implements Callable<Integer> {
  private static final int MOST_PARTIES = 20_000;

  @Parameters(
      paramLabel = "NAME",
      arity = "0..1",
      description = "Which measurement: crypto, stages, screening, rescreening.")
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

  @Option(
      names = "--lists",
      paramLabel = "DIR",
      description =
          "screening, rescreening: folder of the target lists (default: ../shared/data/screening).")
  private @Nullable Path lists;

  @Option(names = "--seed", description = "screening: of the labelled set (default: 20261122).")
  private @Nullable Long seed;

  @Option(
      names = "--set",
      paramLabel = "SET",
      description = "screening: dev or held-out (default: held-out).")
  private @Nullable String set;

  @Option(
      names = "--samples",
      defaultValue = "0",
      description = "screening: how many names, misses and false alarms are printed (default: 0).")
  private int samples;

  @Option(
      names = "--plant",
      paramLabel = "BUG",
      description =
          "screening: with this fault a bound must be missed: shuffled-labels, no-aliases,"
              + " words-as-names; rescreening: same-list.")
  private @Nullable String plant;

  @Option(
      names = "--parties",
      defaultValue = "1100",
      description = "rescreening: how many people register (default: 1100).")
  private int parties;

  @Mixin private DataOption data = new DataOption();

  @Override
  public Integer call() throws Exception {
    if (name == null) {
      System.out.println("crypto       sealing and opening a code, times the primitives in it");
      System.out.println("stages       CPU, throughput and losses of the three forms of a stage");
      System.out.println("screening    recall, false positives and time of name screening");
      System.out.println("rescreening  time in which a bank screens everybody again");
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
      case "screening" -> screening();
      case "rescreening" -> rescreening();
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

  private int screening() throws Exception {
    Path root = Path.of(System.getProperty("tallystick.root", "")).toAbsolutePath();
    List<String> arguments = new ArrayList<>(List.of("--root", root.toString()));
    add(arguments, "--lists", lists == null ? null : lists.toAbsolutePath());
    add(arguments, "--seed", seed);
    add(arguments, "--set", set);
    add(arguments, "--plant", plant);
    add(arguments, "--samples", samples);
    return JavaChild.run(
        StageFormDrill.classPath(),
        "org.tallystick.bench.screening.ScreeningBench",
        arguments,
        System.out);
  }

  private int rescreening() throws Exception {
    if (plant != null && !plant.equals(Rescreening.SAME_LIST)) {
      throw new LaunchException("no such bug: " + plant + "; there is " + Rescreening.SAME_LIST);
    }
    if (parties < 2 || parties > MOST_PARTIES) {
      throw new LaunchException("--parties is 2 to " + MOST_PARTIES);
    }
    Path folder =
        lists == null
            ? Path.of(System.getProperty("tallystick.root", ""), "..", "shared/data/screening")
            : lists;
    boolean holds =
        new Rescreening(folder, parties, plant != null, System.out)
            .run(data.folder().resolve("bench-rescreening"), Progress.onStandardError());
    return holds ? ExitCode.OK : ExitCode.SOFTWARE;
  }

  private static void add(List<String> arguments, String name, @Nullable Object value) {
    if (value != null) {
      arguments.addAll(List.of(name, value.toString()));
    }
  }
}
