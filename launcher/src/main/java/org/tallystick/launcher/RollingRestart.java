package org.tallystick.launcher;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Stops each node of a running bank in turn, as SIGTERM does, and waits until its launcher has
 * started it again and it works, before the next one's turn comes. One node is away at a time.
 */
public final class RollingRestart {
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final long ASK_EVERY_MILLIS = 200;

  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
  private final List<Node> nodes;

  private record Node(String name, Path pidFile, URI base) {
    static Node of(Path pidFile) throws IOException {
      String name = pidFile.getFileName().toString();
      List<String> lines = Files.readAllLines(pidFile);
      return new Node(name.substring(0, name.lastIndexOf('.')), pidFile, URI.create(lines.get(1)));
    }

    Optional<ProcessHandle> process() throws IOException {
      return ServerProcess.living(pidFile);
    }
  }

  /** What happened to one node. */
  @FunctionalInterface
  public interface Heard {
    /** It was stopped, was away for so long in all, and works. */
    void back(String name, long stopMillis, long awayMillis);
  }

  /**
   * @param dataFolder of the running bank
   * @throws LaunchException where fewer than two nodes run there
   */
  public RollingRestart(Path dataFolder) throws IOException {
    if (!Files.isDirectory(dataFolder)) {
      throw new LaunchException("there is no bank in " + dataFolder);
    }
    List<Node> living = new ArrayList<>();
    for (Path pidFile : ServerProcess.pidFiles(dataFolder)) {
      if (ServerProcess.living(pidFile).isPresent()) {
        living.add(Node.of(pidFile));
      }
    }
    if (living.size() < 2) {
      throw new LaunchException(
          "a rolling restart needs two nodes, and of %s there runs %d; see up --nodes"
              .formatted(dataFolder, living.size()));
    }
    nodes = List.copyOf(living);
  }

  /**
   * Restarts one after the other.
   *
   * @throws LaunchException where one is not well before its turn, or does not come back
   */
  public void run(Heard heard) throws IOException, InterruptedException {
    for (Node node : nodes) {
      for (Node other : nodes) {
        await(other, "is not well, so no node is stopped");
      }
      one(node, heard);
    }
  }

  private void one(Node node, Heard heard) throws IOException, InterruptedException {
    ProcessHandle old =
        node.process().orElseThrow(() -> new LaunchException(node.name + " is gone"));
    long begun = System.nanoTime();
    old.destroy();
    long deadline = begun + PATIENCE.toNanos();
    while (old.isAlive()) {
      pauseUntil(deadline, node.name + " does not stop");
    }
    long stopped = System.nanoTime();
    while (node.process().map(now -> now.pid() == old.pid()).orElse(true)) {
      pauseUntil(deadline, node.name + " is not started again; does its launcher still run?");
    }
    await(node, "does not come back");
    heard.back(node.name, millis(stopped - begun), millis(System.nanoTime() - begun));
  }

  private void await(Node node, String otherwise) throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!ServerProcess.healthy(client, node.base)) {
      pauseUntil(deadline, node.name + " " + otherwise);
    }
  }

  private static void pauseUntil(long deadline, String otherwise) throws InterruptedException {
    if (System.nanoTime() > deadline) {
      throw new LaunchException(otherwise);
    }
    TimeUnit.MILLISECONDS.sleep(ASK_EVERY_MILLIS);
  }

  private static long millis(long nanos) {
    return TimeUnit.NANOSECONDS.toMillis(nanos);
  }
}
