package org.tallystick.launcher;

import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Starts a child process, and starts it again whenever it ends by itself: after half a second where
 * it had worked before, else after a pause that doubles up to half a minute.
 *
 * @param <C> what is kept
 */
public final class Keeper<C extends Kept> implements AutoCloseable {
  private static final long FIRST_PAUSE_MILLIS = 500;
  private static final long MAX_PAUSE_MILLIS = 30_000;

  private final Launch<C> launch;
  private final Progress progress;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private volatile @Nullable C child;
  private @Nullable Thread watcher;
  private long pauseMillis = FIRST_PAUSE_MILLIS;

  /** Starts a child and returns at once. */
  @FunctionalInterface
  public interface Launch<C> {
    /** The child, which need not work yet. */
    C launch() throws IOException;
  }

  Keeper(Launch<C> launch, Progress progress) {
    this.launch = launch;
    this.progress = progress;
  }

  /** Starts the child, or starts it again after its end. */
  C launch() throws IOException {
    C launched = launch.launch();
    child = launched;
    return launched;
  }

  /** From now on starts the child again when it ends. */
  void watch() {
    Thread thread = new Thread(this::keep, "keeper of " + child().name());
    thread.setDaemon(true);
    watcher = thread;
    thread.start();
  }

  /** The child as it is now; after an end by itself it is soon another one. */
  public C child() {
    return Objects.requireNonNull(child, "launched");
  }

  private void keep() {
    try {
      while (true) {
        int exit = child().waitFor();
        if (stopped.getCount() == 0) {
          return;
        }
        progress.say(
            "%s ended by itself with %d; it starts again in %.1f s, log %s"
                .formatted(child().name(), exit, pauseMillis / 1000.0, child().log()));
        if (stopped.await(pauseMillis, TimeUnit.MILLISECONDS)) {
          return;
        }
        again();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void again() throws InterruptedException {
    pauseMillis = Math.min(2 * pauseMillis, MAX_PAUSE_MILLIS);
    long begun = System.nanoTime();
    try {
      launch().awaitReady();
      pauseMillis = FIRST_PAUSE_MILLIS;
      progress.say(
          "%s is back after %d s, pid %d"
              .formatted(
                  child().name(),
                  TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun),
                  child().pid()));
    } catch (LaunchException | IOException e) {
      progress.say(child().name() + " does not start: " + e.getMessage());
      child().kill();
    }
  }

  /** Lets the child end without starting it again. */
  void stopWatching() {
    stopped.countDown();
    Thread thread = watcher;
    if (thread == null) {
      return;
    }
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Stops the child, where there is one. */
  @Override
  public void close() {
    stopWatching();
    C last = child;
    if (last != null) {
      last.close();
    }
  }
}
