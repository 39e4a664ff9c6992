package org.tallystick.launcher.portability;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
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
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.tallystick.launcher.Folders;
import org.tallystick.launcher.LaunchException;

/**
 * A full server on this machine, driven by its four scripts as an administrator would.
 *
 * <p>Every step is bounded in time. Closing it stops the server in order where that works, and ends
 * its processes where it does not.
 */
public final class FullServer implements AutoCloseable {
  private static final Duration CONFIGURE = Duration.ofMinutes(5);
  private static final Duration START = Duration.ofMinutes(4);
  private static final Duration DEPLOY = Duration.ofMinutes(6);
  private static final Duration STOP = Duration.ofMinutes(2);
  private static final long END_SECONDS = 30;
  private static final int LOOK_EVERY_MILLIS = 200;

  private final ServerSettings settings;
  private final ServerScript starter;
  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
  private volatile @Nullable Process process;

  /**
   * @param settings of a server that is not configured yet
   */
  public FullServer(ServerSettings settings) {
    this.settings = settings;
    this.starter = new ServerScript(settings, "start");
  }

  /** Makes the installation. */
  public void configure() throws IOException, InterruptedException {
    Files.createDirectories(settings.data());
    new ServerScript(settings, "configure").run(CONFIGURE);
  }

  /** Starts it and returns once it listens to customers and, on another port, to administrators. */
  public void start() throws IOException, InterruptedException {
    if (Folders.portIsTaken(settings.httpPort())) {
      throw new LaunchException("port " + settings.httpPort() + " is in use");
    }
    Process started = starter.start(List.of());
    process = started;
    await(started, START, this::listens, "listen on port " + settings.httpPort());
    await(started, START, () -> !settings.ports().taken().isEmpty(), "listen to administrators");
  }

  /** Deploys the application and returns once it reaches its database and its broker. */
  public void deploy(Path archive) throws IOException, InterruptedException {
    new ServerScript(settings, "deploy").run(DEPLOY, archive.toString());
    awaitHealthy();
  }

  /** Waits until the application reaches its database and its broker. */
  public void awaitHealthy() throws InterruptedException {
    Process running = process;
    if (running == null) {
      throw new IllegalStateException("not started");
    }
    await(running, START, this::healthy, "become healthy");
  }

  private void await(Process running, Duration patience, BooleanSupplier ready, String what)
      throws InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    while (!ready.getAsBoolean()) {
      if (!running.isAlive()) {
        throw new LaunchException(
            "the server ended with %d before it could %s%n%s"
                .formatted(running.exitValue(), what, starter.logsEnd()));
      }
      if (System.nanoTime() > end) {
        throw new LaunchException(
            "the server does not %s within %d s%n%s"
                .formatted(what, patience.toSeconds(), starter.logsEnd()));
      }
      TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MILLIS);
    }
  }

  private boolean listens() {
    try (Socket socket = new Socket()) {
      socket.connect(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), settings.httpPort()),
          LOOK_EVERY_MILLIS);
      return true;
    } catch (IOException notYet) {
      return false;
    }
  }

  private boolean healthy() {
    HttpRequest request =
        HttpRequest.newBuilder(baseUri().resolve("api/v1/health"))
            .timeout(Duration.ofSeconds(5))
            .build();
    try {
      return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException notYet) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LaunchException("interrupted", e);
    }
  }

  /** Where the application answers; ends with a slash. */
  public URI baseUri() {
    return URI.create("http://127.0.0.1:" + settings.httpPort() + "/");
  }

  /** What the server wrote. */
  public Path log() {
    return starter.log();
  }

  /** Whether it runs. */
  public boolean alive() {
    Process running = process;
    return running != null && running.isAlive();
  }

  /** Ends when the server does. */
  public void waitFor() throws InterruptedException {
    Process running = process;
    if (running != null) {
      running.waitFor();
    }
  }

  /**
   * Stops it in order.
   *
   * @throws LaunchException where it did not run, stop.sh failed, or something of it had to be
   *     ended by force
   */
  public void stop() throws IOException, InterruptedException {
    Process running = process;
    if (running == null || !running.isAlive()) {
      throw new LaunchException("the server does not run any more" + endOfLog());
    }
    try {
      new ServerScript(settings, "stop").run(STOP);
      List<ProcessHandle> left = stillThere(running);
      if (!left.isEmpty()) {
        throw new LaunchException(
            "stop.sh returned, but %d s later there still were processes %s%s"
                .formatted(END_SECONDS, left, endOfLog()));
      }
    } finally {
      running.destroyForcibly();
      LeftOver.end(settings.folder());
      process = null;
    }
  }

  /** Processes that do not end soon. */
  private List<ProcessHandle> stillThere(Process running) throws InterruptedException {
    Path folder = settings.folder();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(END_SECONDS);
    while ((running.isAlive() || !LeftOver.in(folder).isEmpty()) && System.nanoTime() < end) {
      TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MILLIS);
    }
    List<ProcessHandle> left = new ArrayList<>(LeftOver.in(folder));
    if (running.isAlive()) {
      left.add(running.toHandle());
    }
    return left;
  }

  private String endOfLog() {
    return System.lineSeparator() + starter.logsEnd();
  }

  /** Ports of it on which somebody still listens. */
  List<Integer> takenPorts() {
    List<Integer> taken = new ArrayList<>(settings.ports().taken());
    if (Folders.portIsTaken(settings.httpPort())) {
      taken.add(settings.httpPort());
    }
    return taken;
  }

  @Override
  public synchronized void close() {
    try {
      if (alive()) {
        stop();
      }
    } catch (IOException e) {
      throw new LaunchException("could not stop the server, see " + log(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      LeftOver.end(settings.folder());
    }
  }
}
