package org.tallystick.launcher;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One node of the server as a child process. */
public final class ServerProcess implements AutoCloseable {
  private static final Duration START_PATIENCE = Duration.ofMinutes(4);
  private static final long STOP_SECONDS = 90;
  private static final long ASK_EVERY_MILLIS = 200;
  private static final String COMMAND_SIGN = "tallystick-server.jar";
  private static final List<String> JAVA_FLAGS =
      List.of(
          "-Xms256m",
          "-Xmx1g",
          "-XX:+UseParallelGC",
          "-XX:+ExitOnOutOfMemoryError",
          "-Djava.awt.headless=true");

  private final ServerHome home;
  private final NodeSettings settings;
  private final Path log;
  private final Process process;

  private ServerProcess(ServerHome home, NodeSettings settings, Path log, Process process) {
    this.home = home;
    this.settings = settings;
    this.log = log;
    this.process = process;
  }

  /** Starts a node and returns at once; {@link #awaitReady} waits until it works. */
  public static ServerProcess launch(ServerHome home, NodeSettings settings) throws IOException {
    Path log = Files.createDirectories(settings.dataFolder().resolve("log"));
    log = log.resolve(settings.name() + ".log");
    Path pidFile = settings.dataFolder().resolve(settings.name() + ".pid");
    ChildProcess.leftOver(pidFile, COMMAND_SIGN).ifPresent(ServerProcess::end);
    if (Folders.portIsTaken(settings.httpPort())) {
      throw new LaunchException(
          "port %d is in use by another program; choose one with --port"
              .formatted(settings.httpPort()));
    }
    Process process = ChildProcess.start(command(home, settings), settings.wholeEnvironment(), log);
    Files.writeString(pidFile, process.pid() + "\n");
    return new ServerProcess(home, settings, log, process);
  }

  /** Starts a node and returns once it works. */
  public static ServerProcess start(ServerHome home, NodeSettings settings, Progress progress) {
    return progress.during(
        "starting " + settings.name(),
        () -> {
          ServerProcess server = launch(home, settings);
          try {
            server.awaitReady();
          } catch (LaunchException e) {
            server.kill();
            throw e;
          }
          return server;
        });
  }

  private static void end(ProcessHandle handle) {
    handle.destroyForcibly();
    handle.onExit().orTimeout(STOP_SECONDS, TimeUnit.SECONDS).join();
  }

  private static List<String> command(ServerHome home, NodeSettings settings) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home", ""), "bin", "java").toString());
    command.addAll(JAVA_FLAGS);
    command.addAll(home.archiveFlags());
    if (settings.train()) {
      command.addAll(home.trainingFlags());
    }
    command.addAll(extraFlags());
    command.addAll(settings.javaFlags());
    command.addAll(List.of("-jar", home.jar().toString()));
    return command;
  }

  /** Flags from the environment, divided by blanks. */
  private static List<String> extraFlags() {
    String set = System.getenv("TALLYSTICK_JAVA_OPTIONS");
    return set == null || set.isBlank() ? List.of() : List.of(set.strip().split("\\s+", -1));
  }

  /**
   * Waits until the node reaches its database and its broker.
   *
   * @throws LaunchException where it died or took too long
   */
  public void awaitReady() throws InterruptedException {
    HttpClient client = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    long deadline = System.nanoTime() + START_PATIENCE.toNanos();
    while (!healthy(client)) {
      if (!process.isAlive()) {
        throw new LaunchException(settings.name() + " ended while it started, see " + log);
      }
      if (System.nanoTime() > deadline) {
        throw new LaunchException(settings.name() + " does not get ready, see " + log);
      }
      TimeUnit.MILLISECONDS.sleep(ASK_EVERY_MILLIS);
    }
  }

  private boolean healthy(HttpClient client) throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(baseUri().resolve("api/v1/health"))
            .timeout(Duration.ofSeconds(5))
            .build();
    try {
      return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  /** Where the node answers; ends with a slash. */
  public URI baseUri() {
    return URI.create("http://127.0.0.1:" + settings.httpPort() + "/");
  }

  /** Process id. */
  public long pid() {
    return process.pid();
  }

  /** Whether the process lives. */
  public boolean alive() {
    return process.isAlive();
  }

  /** What the node wrote. */
  public Path log() {
    return log;
  }

  /** Ends when the process ends. */
  public int waitFor() throws InterruptedException {
    return process.waitFor();
  }

  /** Pulls the plug: SIGKILL. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor(STOP_SECONDS, TimeUnit.SECONDS);
  }

  /** Lets the node finish what it does and stops it. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        kill();
      }
      Files.deleteIfExists(settings.dataFolder().resolve(settings.name() + ".pid"));
      if (settings.train()) {
        home.adoptArchive();
      }
    } catch (IOException e) {
      throw new LaunchException("could not tidy up after " + settings.name(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
    }
  }
}
