package org.tallystick.launcher.model;

import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.tallystick.launcher.drill.Json;

/**
 * Searches models whole: with all guards everything must hold, without any one of them something
 * must not. Each search is a JSON line.
 */
public final class ModelRun {
  private final Spin spin;
  private final PrintStream out;
  private int models;
  private int guards;
  private int held;
  private int counterexamples;
  private int missed;

  /** With its tools, and where the lines go. */
  public ModelRun(Spin spin, PrintStream out) {
    this.spin = spin;
    this.out = out;
  }

  /** One model: whole, and without each of these guards in turn. */
  public void search(Model model, List<Guard> leftOut) throws IOException, InterruptedException {
    models++;
    boolean holds = holds(model, Spin.Kind.STATES) && holds(model, Spin.Kind.CYCLES);
    held += holds ? 1 : 0;
    for (Guard guard : leftOut) {
      guards++;
      long begun = System.nanoTime();
      Search search = spin.search(model, guard, Spin.Kind.STATES);
      boolean found = search.violation().isPresent();
      counterexamples += found ? 1 : 0;
      missed += found ? 0 : 1;
      Optional<String> what =
          found || search.whole() ? search.violation() : Optional.of("the search was cut short");
      print(
          model, guard, Spin.Kind.STATES, search, begun, found ? "counterexample" : "missed", what);
    }
  }

  private boolean holds(Model model, Spin.Kind kind) throws IOException, InterruptedException {
    long begun = System.nanoTime();
    Search search = spin.search(model, null, kind);
    Optional<String> failure = search.failure(model);
    print(model, null, kind, search, begun, failure.isEmpty() ? "held" : "failed", failure);
    return failure.isEmpty();
  }

  private void print(
      Model model,
      @Nullable Guard without,
      Spin.Kind kind,
      Search search,
      long begun,
      String result,
      Optional<String> what) {
    out.println(
        Json.line(
            "model", model.name(),
            "without", without == null ? "nothing" : without.name(),
            "step", without == null ? "all" : without.step(),
            "search", kind.name().toLowerCase(Locale.ROOT),
            "states", search.states(),
            "transitions", search.transitions(),
            "depth", search.depth(),
            "megabytes", search.megabytes(),
            "seconds", TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun) / 1000.0,
            "result", result,
            "what", what.orElse("")));
    out.flush();
  }

  /** Prints the last line; true where all held and every guard was missed when it was left out. */
  public boolean sums() {
    out.printf(
        "result model models=%d guards=%d held=%d counterexamples=%d missed=%d%n",
        models, guards, held, counterexamples, missed);
    out.flush();
    return models > 0 && held == models && missed == 0;
  }

  /**
   * Prints the shortest run that goes wrong without a guard, step by step.
   *
   * @return whether there is one
   */
  public boolean tell(Model model, Guard without) throws IOException, InterruptedException {
    out.printf(
        "%s without %s (%s: %s)%n",
        model.name(), without.name(), without.step(), without.meaning());
    Search search = spin.search(model, without, Spin.Kind.SHORTEST);
    spin.trail(model, without).forEach(step -> out.println("  " + step.strip()));
    out.println(search.violation().map(what -> "fails: " + what).orElse("nothing fails"));
    out.flush();
    return search.violation().isPresent();
  }
}
