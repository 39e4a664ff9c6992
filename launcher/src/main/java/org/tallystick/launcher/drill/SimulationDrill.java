package org.tallystick.launcher.drill;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.tallystick.simulation.Plant;

/** The seeded simulator: devices, bank and network without a server, time or threads. */
public final class SimulationDrill implements Drill {
  private static final int SCHEDULES = 10_000;

  @Override
  public String name() {
    return "simulation";
  }

  @Override
  public String description() {
    return "10,000 seeded schedules of loss, crash, restore and theft converge";
  }

  @Override
  public List<String> plants() {
    return Arrays.stream(Plant.values()).map(Plant::label).toList();
  }

  @Override
  public boolean run(Run run) throws Exception {
    int schedules = run.rounds() > 0 ? run.rounds() : SCHEDULES;
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--schedules", String.valueOf(schedules), "--seed", String.valueOf(run.seed())));
    if (run.plant() != null) {
      arguments.addAll(List.of("--plant", run.plant(), "--stop-at-first"));
    }
    return JavaChild.run(
            System.getProperty("java.class.path"),
            "org.tallystick.simulation.Simulation",
            arguments,
            run.out())
        == 0;
  }
}
