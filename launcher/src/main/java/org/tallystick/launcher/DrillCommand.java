package org.tallystick.launcher;

import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.tallystick.launcher.drill.CanaryDrill;
import org.tallystick.launcher.drill.Drill;
import org.tallystick.launcher.drill.KillDrill;
import org.tallystick.launcher.drill.NodesDrill;
import org.tallystick.launcher.drill.PrivacyDrill;
import org.tallystick.launcher.drill.SimulationDrill;
import org.tallystick.launcher.drill.StageFormDrill;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tallystick drill}: breaks something in a named way and looks whether the bound holds. */
@Command(
    name = "drill",
    description = {
      "Breaks a bank in a named way and checks from outside that nothing is lost.",
      "Without a name, lists the drills and the bugs that each can plant."
    })
final class DrillCommand implements Callable<Integer> {
  private static final List<Drill> DRILLS =
      List.of(
          new KillDrill(),
          new NodesDrill(),
          new PrivacyDrill(),
          new CanaryDrill(),
          new SimulationDrill(),
          new StageFormDrill());

  @Parameters(paramLabel = "NAME", arity = "0..1", description = "Which drill.")
  private @Nullable String name;

  @Option(names = "--seed", defaultValue = "1", description = "Seed of its chance (default: 1).")
  private long seed;

  @Option(
      names = "--rounds",
      defaultValue = "0",
      description = "How often, where it repeats (default: the drill's own number).")
  private int rounds;

  @Option(
      names = "--plant",
      paramLabel = "BUG",
      description = "Plant this bug first; the drill must then fail.")
  private @Nullable String plant;

  @Mixin private DataOption data = new DataOption();

  @Override
  public Integer call() throws Exception {
    if (name == null) {
      DRILLS.forEach(
          drill ->
              System.out.printf(
                  "%-12s %s%n%-12s bugs to plant: %s%n",
                  drill.name(), drill.description(), "", String.join(", ", drill.plants())));
      return ExitCode.OK;
    }
    Drill drill =
        DRILLS.stream()
            .filter(known -> known.name().equals(name))
            .findFirst()
            .orElseThrow(() -> new LaunchException("no such drill: " + name));
    if (plant != null && !drill.plants().contains(plant)) {
      throw new LaunchException("no such bug: " + plant + "; there are " + drill.plants());
    }
    boolean held =
        drill.run(
            new Drill.Run(
                data.folder().resolve("drill-" + drill.name()),
                seed,
                rounds,
                plant,
                System.out,
                Progress.onStandardError()));
    System.out.flush();
    return held ? ExitCode.OK : ExitCode.SOFTWARE;
  }
}
