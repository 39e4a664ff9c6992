package org.tallystick.simulation;

import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Many schedules in a row, each with its own seed drawn from the campaign's. */
public final class Campaign {
  /** Hears of each schedule. */
  @FunctionalInterface
  public interface Listener {
    /**
     * One schedule is over.
     *
     * @param played schedules so far
     * @param seed of this one
     * @param violations that it showed
     * @return whether to go on
     */
    boolean played(int played, long seed, java.util.List<Violation> violations);
  }

  private final long seed;
  private final @Nullable Plant plant;
  private final Counts counts = new Counts();

  /**
   * @param seed of the campaign
   * @param plant a bug to switch on, or null
   */
  public Campaign(long seed, @Nullable Plant plant) {
    this.seed = seed;
    this.plant = plant;
  }

  /** Plays so many schedules, or fewer if the listener has heard enough. */
  public void play(int schedules, Listener listener) {
    SplittableRandom seeds = new SplittableRandom(seed);
    for (int i = 1; i <= schedules; i++) {
      long next = seeds.nextLong() >>> 1;
      Schedule.Result result = Schedule.run(next, plant, counts, false);
      if (!listener.played(i, next, result.violations())) {
        return;
      }
    }
  }

  /** What was injected and what was done so far. */
  public Counts counts() {
    return counts;
  }
}
