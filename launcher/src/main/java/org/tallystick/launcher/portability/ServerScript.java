package org.tallystick.launcher.portability;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.tallystick.launcher.ChildProcess;
import org.tallystick.launcher.LaunchException;

/** One of a server's four scripts, with its environment and a log of its own. */
final class ServerScript {
  private static final int LINES_SHOWN = 20;

  /** What would name another database than the one that the script is told. */
  private static final List<String> UNSET =
      List.of("-u", "TALLYSTICK_DB_URL", "-u", "TALLYSTICK_DB_PASSWORD");

  private final ServerSettings settings;
  private final String name;
  private final Path log;

  ServerScript(ServerSettings settings, String name) {
    this.settings = settings;
    this.name = name;
    this.log = settings.folder().resolve("log").resolve(name + ".log");
  }

  /** What it printed. */
  Path log() {
    return log;
  }

  /** Starts it and returns at once. */
  Process start(List<String> arguments) throws IOException {
    Path script = settings.scripts().resolve(name + ".sh");
    if (!Files.isRegularFile(script)) {
      throw new LaunchException("there is no " + script);
    }
    Files.createDirectories(settings.folder().resolve("log"));
    List<String> command = new ArrayList<>();
    command.add("env");
    command.addAll(UNSET);
    command.addAll(List.of("bash", script.toString()));
    command.addAll(arguments);
    return ChildProcess.start(command, settings.environment(), log);
  }

  /**
   * Runs it to its end.
   *
   * @throws LaunchException where it fails or takes too long; with the end of its log
   */
  void run(Duration patience, String... arguments) throws IOException, InterruptedException {
    Process process = start(List.of(arguments));
    try {
      if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new LaunchException(
            "%s.sh took longer than %d s%n%s".formatted(name, patience.toSeconds(), logsEnd()));
      }
    } finally {
      kill(process);
    }
    if (process.exitValue() != 0) {
      throw new LaunchException(
          "%s.sh ended with %d%n%s".formatted(name, process.exitValue(), logsEnd()));
    }
  }

  /** Its process and what that started, where anything of it is left. */
  static void kill(Process process) {
    Stream.concat(process.descendants(), Stream.of(process.toHandle()))
        .toList()
        .forEach(ProcessHandle::destroyForcibly);
  }

  /** For a person: the last lines of the log, and where it is. */
  String logsEnd() {
    try {
      List<String> lines = Files.readString(log, StandardCharsets.ISO_8859_1).lines().toList();
      List<String> last = lines.subList(Math.max(0, lines.size() - LINES_SHOWN), lines.size());
      return "  | "
          + String.join(System.lineSeparator() + "  | ", last)
          + System.lineSeparator()
          + "  see "
          + log;
    } catch (IOException e) {
      return "  no log: " + e.getMessage();
    }
  }
}
