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
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** One node of the server as a child process. */
public final class ServerProcess implements Kept {
  private static final Duration START_PATIENCE = Duration.ofMinutes(4);

  /** On a busy machine a late answer is an answer still. */
  private static final Duration HEALTH_PATIENCE = Duration.ofSeconds(20);

  private static final long STOP_SECONDS = 90;
  private static final long ASK_EVERY_MILLIS = 200;
  private static final String PID = ".pid";
  private static final String JAVA_OPTIONS = "TALLYSTICK_JAVA_OPTIONS";
  private static final String COMMAND_SIGN = "tallystick-server.jar";
  private static final List<String> JAVA_FLAGS =
      List.of(
          "-Xms256m",
          "-Xmx1g",
          "-XX:+UseParallelGC",
          "-XX:+ExitOnOutOfMemoryError",
          "-Djava.awt.headless=true");

  /** One for all questions: each client has a thread of its own. */
  private static final HttpClient ASKING =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

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
    Path pidFile = settings.dataFolder().resolve(settings.name() + PID);
    ChildProcess.leftOver(pidFile, COMMAND_SIGN).ifPresent(ChildProcess::end);
    if (Folders.portIsTaken(settings.httpPort())) {
      throw new LaunchException(
          "port %d is in use by another program; choose one with --port"
              .formatted(settings.httpPort()));
    }
    Process process = ChildProcess.start(command(home, settings), settings.wholeEnvironment(), log);
    ServerProcess server = new ServerProcess(home, settings, log, process);
    Files.writeString(pidFile, process.pid() + "\n" + server.baseUri() + "\n");
    return server;
  }

  /** The files in a data folder that name its nodes' processes, in order. */
  static List<Path> pidFiles(Path dataFolder) throws IOException {
    try (var files = Files.list(dataFolder)) {
      return files.filter(file -> file.getFileName().toString().endsWith(PID)).sorted().toList();
    }
  }

  /** The living node that such a file names. */
  static Optional<ProcessHandle> living(Path pidFile) throws IOException {
    return ChildProcess.leftOver(pidFile, COMMAND_SIGN);
  }

  /** Ends nodes whose launcher was killed. */
  static void endLeftOvers(Path dataFolder) throws IOException {
    for (Path pidFile : pidFiles(dataFolder)) {
      living(pidFile).ifPresent(ChildProcess::end);
    }
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

  private static List<String> command(ServerHome home, NodeSettings settings) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home", ""), "bin", "java").toString());
    command.addAll(JAVA_FLAGS);
    command.addAll(home.archiveFlags());
    if (settings.train()) {
      command.addAll(home.trainingFlags());
    }
    command.addAll(settings.javaFlags());
    command.addAll(extraFlags(settings));
    command.addAll(List.of("-jar", home.jar().toString()));
    return command;
  }

  /** Flags from the node's environment or else this process's, divided by blanks. */
  private static List<String> extraFlags(NodeSettings settings) {
    String inherited = Objects.requireNonNullElse(System.getenv(JAVA_OPTIONS), "");
    String set = settings.environment().getOrDefault(JAVA_OPTIONS, inherited);
    return set.isBlank() ? List.of() : List.of(set.strip().split("\\s+", -1));
  }

  @Override
  public String name() {
    return settings.name();
  }

  /** Waits until the node reaches its database and its broker. */
  @Override
  public void awaitReady() throws InterruptedException {
    long deadline = System.nanoTime() + START_PATIENCE.toNanos();
    while (!healthy()) {
      if (!process.isAlive()) {
        throw new LaunchException(settings.name() + " ended while it started, see " + log);
      }
      if (System.nanoTime() > deadline) {
        throw new LaunchException(settings.name() + " does not get ready, see " + log);
      }
      TimeUnit.MILLISECONDS.sleep(ASK_EVERY_MILLIS);
    }
  }

  /** Whether it reaches its database and its broker at this moment. */
  public boolean healthy() throws InterruptedException {
    return healthy(ASKING, baseUri());
  }

  /** Whether the node at this address reaches its database and its broker. */
  static boolean healthy(HttpClient client, URI base) throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(base.resolve("api/v1/health")).timeout(HEALTH_PATIENCE).build();
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

  @Override
  public long pid() {
    return process.pid();
  }

  /** Whether the process lives. */
  public boolean alive() {
    return process.isAlive();
  }

  @Override
  public Path log() {
    return log;
  }

  @Override
  public int waitFor() throws InterruptedException {
    return process.waitFor();
  }

  @Override
  public void kill() throws InterruptedException {
    ChildProcess.kill(process, STOP_SECONDS);
  }

  /** Lets the node finish what it does and stops it. */
  @Override
  public void close() {
    try {
      ChildProcess.stop(process, STOP_SECONDS);
      Files.deleteIfExists(settings.dataFolder().resolve(settings.name() + PID));
      if (settings.train()) {
        home.adoptArchive();
      }
    } catch (IOException e) {
      throw new LaunchException("could not tidy up after " + settings.name(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
