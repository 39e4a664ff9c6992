package org.tallystick.launcher;

import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Tells a person on standard error what is going on, once it takes longer than two seconds.
 *
 * <p>On a terminal one line is rewritten in place; elsewhere plain lines follow each other, at
 * growing distances.
 */
public final class Progress {
  private static final long QUIET_MILLIS = 2_000;
  private static final long TICK_MILLIS = 500;
  private static final long PLAIN_EVERY_MILLIS = 10_000;
  private static final String ERASE_LINE = "\r\u001b[K";

  private final PrintStream out;
  private final boolean terminal;

  private Progress(PrintStream out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  /** On standard error. */
  public static Progress onStandardError() {
    return new Progress(System.err, Boolean.getBoolean("tallystick.terminal"));
  }

  /** Somewhere else, such as a log: plain lines. */
  public static Progress on(PrintStream out) {
    return new Progress(out, false);
  }

  /** One thing to do that a person may have to wait for. */
  public interface Work<T> {
    /** Does it. */
    T run() throws Exception;
  }

  /** Says one finished sentence. */
  public void say(String sentence) {
    out.println(sentence);
    out.flush();
  }

  /**
   * Does the work and meanwhile says what it is.
   *
   * @throws LaunchException where the work failed
   */
  public <T> T during(String what, Work<T> work) {
    long begun = System.nanoTime();
    ScheduledExecutorService clock =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "progress");
              thread.setDaemon(true);
              return thread;
            });
    var ticks =
        clock.scheduleAtFixedRate(
            () -> tick(what, begun), QUIET_MILLIS, interval(), TimeUnit.MILLISECONDS);
    try {
      return work.run();
    } catch (LaunchException e) {
      throw e;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LaunchException("interrupted: " + what, e);
    } catch (Exception e) {
      throw new LaunchException(what + " failed: " + e.getMessage(), e);
    } finally {
      ticks.cancel(false);
      clock.shutdownNow();
      finish(what, begun);
    }
  }

  private long interval() {
    return terminal ? TICK_MILLIS : PLAIN_EVERY_MILLIS;
  }

  private void tick(String what, long begun) {
    String line = "%s … %d s".formatted(what, secondsSince(begun));
    out.print(terminal ? ERASE_LINE + line : line + System.lineSeparator());
    out.flush();
  }

  private void finish(String what, long begun) {
    if (System.nanoTime() - begun < TimeUnit.MILLISECONDS.toNanos(QUIET_MILLIS)) {
      return;
    }
    out.println((terminal ? ERASE_LINE : "") + what + ": " + secondsSince(begun) + " s");
    out.flush();
  }

  private static long secondsSince(long begun) {
    return Duration.ofNanos(System.nanoTime() - begun).toSeconds();
  }
}
