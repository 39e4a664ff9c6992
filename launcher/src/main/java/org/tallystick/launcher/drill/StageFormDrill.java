package org.tallystick.launcher.drill;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The experiment of ADR 1: kill -9 in mid-batch for each form that a stage could have. */
public final class StageFormDrill implements Drill {
  private static final int KILLS = 30;

  @Override
  public String name() {
    return "stages";
  }

  @Override
  public String description() {
    return "the three forms that a stage could have, killed in mid-batch: lost, doubled, stuck";
  }

  @Override
  public List<String> plants() {
    return List.of("ack-first", "no-unique");
  }

  @Override
  public boolean run(Run run) throws Exception {
    int kills = run.rounds() > 0 ? run.rounds() : KILLS;
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--form",
                run.plant() == null ? "all" : "thread",
                "--kills",
                String.valueOf(kills),
                "--seed",
                String.valueOf(run.seed())));
    if (run.plant() != null) {
      arguments.addAll(List.of("--plant", run.plant()));
    }
    return JavaChild.run(classPath(), "org.tallystick.bench.stage.StageDrill", arguments, run.out())
        == 0;
  }

  /** Where the build put the experiment. */
  public static String classPath() {
    Path target = Path.of(System.getProperty("tallystick.root", ""), "benchmarks", "target");
    return target.resolve("classes") + File.pathSeparator + target.resolve("lib") + "/*";
  }
}
