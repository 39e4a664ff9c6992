package org.tallystick.simulation;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Command line of the simulation. Prints JSON lines, then one line with the result.
 *
 * <p>Arguments: {@code --schedules N --seed S --plant NAME --stop-at-first --list-plants --replay
 * SEED}. Exit status 0 if nothing was violated and every fault and transition occurred, 1 if not, 2
 * if the arguments are wrong.
 */
public final class Simulation {
  private static final int PROGRESS_EVERY = 500;

  private final PrintStream out;
  private final PrintStream progress;
  private int schedules = 10_000;
  private long seed = 1;
  private @Nullable Plant plant;
  private @Nullable Long replay;
  private boolean listPlants;
  private boolean stopAtFirst;

  Simulation(PrintStream out, PrintStream progress) {
    this.out = out;
    this.progress = progress;
  }

  /** Runs and exits. */
  public static void main(String[] args) {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    System.exit(new Simulation(out, System.err).run(args));
  }

  int run(String... args) {
    try {
      read(args);
    } catch (IllegalArgumentException wrong) {
      progress.println(wrong.getMessage());
      return 2;
    }
    if (listPlants) {
      for (Plant each : Plant.values()) {
        out.println(each.label());
      }
      return 0;
    }
    Long replayed = replay;
    return replayed == null ? campaign() : replay(replayed);
  }

  private void read(String[] args) {
    for (int i = 0; i < args.length; i++) {
      switch (args[i]) {
        case "--schedules" -> schedules = Integer.parseInt(value(args, ++i));
        case "--seed" -> seed = Long.parseLong(value(args, ++i));
        case "--plant" -> plant = Plant.of(value(args, ++i));
        case "--replay" -> replay = Long.parseLong(value(args, ++i));
        case "--list-plants" -> listPlants = true;
        case "--stop-at-first" -> stopAtFirst = true;
        default -> throw new IllegalArgumentException("unknown argument " + args[i]);
      }
    }
  }

  private static String value(String[] args, int at) {
    if (at >= args.length) {
      throw new IllegalArgumentException("value missing after " + args[at - 1]);
    }
    return args[at];
  }

  private int replay(long scheduleSeed) {
    Schedule.Result result = Schedule.run(scheduleSeed, plant, new Counts(), true);
    result.trace().forEach(out::println);
    findings(scheduleSeed, result.violations());
    out.printf("trace %016x violations=%d%n", result.traceHash(), result.violations().size());
    return result.violations().isEmpty() ? 0 : 1;
  }

  private int campaign() {
    Campaign campaign = new Campaign(seed, plant);
    int[] played = {0};
    int[] violations = {0};
    campaign.play(
        schedules,
        (number, scheduleSeed, found) -> {
          played[0] = number;
          violations[0] += found.size();
          findings(scheduleSeed, found);
          if (number % PROGRESS_EVERY == 0) {
            progress.printf(
                "%d of %d schedules, %d violations%n", number, schedules, violations[0]);
          }
          return found.isEmpty() || !stopAtFirst;
        });
    Counts counts = campaign.counts();
    for (Fault fault : Fault.values()) {
      out.printf("{\"fault\":\"%s\",\"count\":%d}%n", fault, counts.of(fault));
    }
    for (Transition transition : Transition.values()) {
      out.printf("{\"transition\":\"%s\",\"count\":%d}%n", transition, counts.of(transition));
    }
    out.printf(
        "{\"bills_open\":\"at_most\",\"count\":%d}%n{\"bills_open\":\"three_or_more\",\"count\":%d}%n",
        counts.mostOpenBills(), counts.threeOpenBills());
    out.printf(
        "result simulation schedules=%d seed=%d plant=%s violations=%d faults_zero=%d"
            + " transitions_zero=%d%n",
        played[0],
        seed,
        plant == null ? "none" : plant.label(),
        violations[0],
        counts.faultsZero(),
        counts.transitionsZero());
    boolean whole =
        counts.faultsZero() == 0 && counts.transitionsZero() == 0 && counts.threeOpenBills() > 0;
    return violations[0] == 0 && whole ? 0 : 1;
  }

  private void findings(long scheduleSeed, List<Violation> violations) {
    for (Violation violation : violations) {
      out.printf(
          "{\"seed\":%d,\"property\":\"%s\",\"detail\":\"%s\"}%n",
          scheduleSeed,
          violation.property(),
          violation.detail().replace("\\", "\\\\").replace("\"", "\\\""));
    }
  }
}
