package org.tallystick.device.transport;

import java.util.random.RandomGenerator;

/**
 * How long to pause before a repetition: doubled each time, and drawn between half and all of that
 * so that many devices do not come back together.
 *
 * @param attempts how often a request is made in all
 * @param firstMillis longest pause after the first failure
 * @param capMillis longest pause ever
 * @param jitter source of the draw
 * @param pause what pauses; a test replaces it
 */
public record Backoff(
    int attempts, long firstMillis, long capMillis, RandomGenerator jitter, Pause pause) {

  /** What pauses. */
  @FunctionalInterface
  public interface Pause {
    /** Pauses for so long. */
    void millis(long millis) throws InterruptedException;
  }

  /** Checks the limits. */
  public Backoff {
    if (attempts < 1 || firstMillis < 1 || capMillis < firstMillis) {
      throw new IllegalArgumentException("back-off without sense");
    }
  }

  /** Five attempts within about four seconds. */
  public static Backoff standard(RandomGenerator jitter) {
    return new Backoff(5, 250, 2_000, jitter, Thread::sleep);
  }

  /** Pause after failure number {@code failure}, from 1. */
  long millisAfter(int failure) {
    long full = Math.min(capMillis, firstMillis << Math.min(failure - 1, 20));
    return full - full / 2 + jitter.nextLong(full / 2 + 1);
  }
}
