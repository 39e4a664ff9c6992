package org.tallystick.launcher.portability;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.tallystick.launcher.LaunchException;
import org.tallystick.launcher.Progress;

/** Takes one step after the other on one server, and notes how each ended. */
final class Steps {
  private final StepResult.Column on;
  private final PrintStream out;
  private final Progress progress;
  private final List<StepResult> results = new ArrayList<>();

  /** One step's work; says in a few words what was seen. */
  interface Work {
    /**
     * Does it.
     *
     * @throws Exception where it does not hold
     */
    String run() throws Exception;
  }

  Steps(StepResult.Column on, PrintStream out, Progress progress) {
    this.on = on;
    this.out = out;
    this.progress = progress;
  }

  /** Takes it, unless what it needs did not hold. */
  void take(Step step, Work work) {
    Step needed = step.needed();
    if (needed != null && !held(needed)) {
      skip(step, "needs " + needed.title());
      return;
    }
    long begun = System.nanoTime();
    StepResult.Ending ending = StepResult.Ending.HELD;
    String detail;
    try {
      detail = progress.during(on.server() + ": " + step.title(), work::run);
    } catch (LaunchException e) {
      ending = StepResult.Ending.FAILED;
      detail = String.valueOf(e.getMessage());
      progress.say(on.server() + ": " + step.title() + " FAILED: " + detail);
    }
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
    note(new StepResult(on, step, ending, millis, detail));
  }

  /** Leaves it out. */
  void skip(Step step, String why) {
    note(new StepResult(on, step, StepResult.Ending.NOT_REACHED, 0, why));
  }

  private void note(StepResult result) {
    results.add(result);
    out.println(result.line());
    out.flush();
  }

  boolean held(Step step) {
    return results.stream().anyMatch(result -> result.step() == step && result.held());
  }

  List<StepResult> results() {
    return List.copyOf(results);
  }
}
