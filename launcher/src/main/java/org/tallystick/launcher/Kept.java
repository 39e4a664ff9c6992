package org.tallystick.launcher;

import java.nio.file.Path;

/** A child process that a {@link Keeper} keeps running. */
public interface Kept extends AutoCloseable {
  /** For people. */
  String name();

  /** Process id. */
  long pid();

  /** What it wrote. */
  Path log();

  /**
   * Waits until it works.
   *
   * @throws LaunchException where it died or took too long
   */
  void awaitReady() throws InterruptedException;

  /** Waits for its end; the exit code. */
  int waitFor() throws InterruptedException;

  /** Pulls the plug: SIGKILL. */
  void kill() throws InterruptedException;

  /** Lets it finish what it does and stops it. */
  @Override
  void close();
}
