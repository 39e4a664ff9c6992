package org.tallystick.launcher.drill;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tallystick.launcher.Progress;

/** One named way to break a bank. */
public interface Drill {
  /**
   * What a drill is run with.
   *
   * @param folder that it may empty and use
   * @param seed of its chance
   * @param rounds how often, where it repeats; 0 for its own default
   * @param plant a bug to plant first, or null
   * @param out raw figures as JSON lines, last a line that begins with "result"
   * @param progress for people
   */
  record Run(
      Path folder,
      long seed,
      int rounds,
      @Nullable String plant,
      PrintStream out,
      Progress progress) {
    /** Whether this bug is to be planted. */
    public boolean plants(String bug) {
      return bug.equals(plant);
    }
  }

  /** Name on the command line. */
  String name();

  /** One sentence for people. */
  String description();

  /** Bugs that can be planted; with each the drill must fail. */
  List<String> plants();

  /** Runs it; true where the bound held. */
  boolean run(Run run) throws Exception;
}
