package org.tallystick.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** How child processes are started and found again. */
public final class ChildProcess {
  private static final long END_SECONDS = 90;
  private static final Path SETSID = Path.of("/usr/bin/setsid");

  private ChildProcess() {}

  /**
   * Starts a child in a session of its own, so that Ctrl-C reaches the launcher alone and the
   * launcher stops its children in order.
   */
  public static Process start(List<String> command, Map<String, String> environment, Path log)
      throws IOException {
    List<String> whole = new ArrayList<>();
    if (Files.isExecutable(SETSID)) {
      whole.add(SETSID.toString());
    }
    whole.addAll(command);
    ProcessBuilder builder =
        new ProcessBuilder(whole)
            .redirectErrorStream(true)
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().putAll(environment);
    return builder.start();
  }

  /** Runs a command to its end and appends what it prints to the log. */
  static int run(List<String> command, Path log, long timeoutSeconds)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    if (!process.waitFor(timeoutSeconds, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new LaunchException(
          command.get(0) + " took longer than " + timeoutSeconds + " s, see " + log);
    }
    return process.exitValue();
  }

  /** The living process whose id is the first line of this file and whose command is of a kind. */
  static Optional<ProcessHandle> leftOver(Path pidFile, String commandContains) throws IOException {
    if (!Files.exists(pidFile)) {
      return Optional.empty();
    }
    String first = Files.readString(pidFile).lines().findFirst().orElse("").strip();
    if (!first.matches("\\d{1,18}")) {
      return Optional.empty();
    }
    return ProcessHandle.of(Long.parseLong(first))
        .filter(ProcessHandle::isAlive)
        .filter(handle -> handle.info().commandLine().orElse("").contains(commandContains));
  }

  /** Lets a child finish what it does; where it takes longer than so many seconds, kills it. */
  static void stop(Process process, long patienceSeconds) throws InterruptedException {
    process.destroy();
    try {
      if (!process.waitFor(patienceSeconds, TimeUnit.SECONDS)) {
        kill(process, patienceSeconds);
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      throw e;
    }
  }

  /** Pulls a child's plug: SIGKILL. */
  static void kill(Process process, long patienceSeconds) throws InterruptedException {
    process.destroyForcibly().waitFor(patienceSeconds, TimeUnit.SECONDS);
  }

  /** Ends a process at once and waits until it is gone. */
  static void end(ProcessHandle handle) {
    handle.destroyForcibly();
    handle.onExit().orTimeout(END_SECONDS, TimeUnit.SECONDS).join();
  }
}
