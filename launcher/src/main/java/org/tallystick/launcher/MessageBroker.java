package org.tallystick.launcher;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The broker that several nodes share, as a child process on the loopback address.
 *
 * <p>Its journal is the one of a lone node's embedded broker, so a bank that goes from one node to
 * two, or back, takes with it what waits there.
 */
public final class MessageBroker implements Kept {
  private static final Duration START_PATIENCE = Duration.ofMinutes(1);
  private static final long STOP_SECONDS = 30;
  private static final long ASK_EVERY_MILLIS = 100;
  private static final int CONNECT_MILLIS = 1_000;
  private static final int FIRST_PORT = 61_616;
  private static final int PORTS = 200;
  private static final String USER = "tallystick";
  private static final String MAIN_CLASS = "org.tallystick.broker.BrokerProcess";
  private static final List<String> JAVA_FLAGS =
      List.of(
          "-Xmx256m",
          "-XX:MaxDirectMemorySize=64m",
          "-XX:+UseSerialGC",
          "-XX:+ExitOnOutOfMemoryError",
          "-Djava.awt.headless=true");

  private final Place place;
  private final Process process;

  private MessageBroker(Place place, Process process) {
    this.place = place;
    this.process = process;
  }

  /**
   * Where a broker is, however often it is started.
   *
   * @param data the bank's data folder
   * @param port on 127.0.0.1
   * @param password of its one user; also in a file that only its owner may read
   */
  record Place(Path data, int port, String password) {
    /** On the first free port from Artemis' own on, which no outgoing connection is given. */
    static Place in(Path data) throws IOException {
      Files.createDirectories(data.resolve("mq"));
      String password =
          SecretFile.readOrCreate(data.resolve("mq").resolve("password"), new SecureRandom());
      return new Place(data, Folders.freePort(FIRST_PORT, PORTS), password);
    }

    /** What nodes need to find it. */
    Map<String, String> environment() {
      return Map.of(
          "TALLYSTICK_MQ_HOST",
          "127.0.0.1",
          "TALLYSTICK_MQ_PORT",
          Integer.toString(port),
          "TALLYSTICK_MQ_USER",
          USER,
          "TALLYSTICK_MQ_PASSWORD",
          password);
    }

    Path journal() {
      return data.resolve("mq").resolve("node-1");
    }

    Path pidFile() {
      return data.resolve("broker.pid");
    }

    /** Without the password. */
    @Override
    public String toString() {
      return "broker on port " + port;
    }
  }

  /** Starts it and returns at once. */
  static MessageBroker launch(ServerHome home, Place place) throws IOException {
    Path log = Files.createDirectories(place.data.resolve("log")).resolve("broker.log");
    endLeftOver(place.data);
    List<String> command =
        List.of(
                List.of(Path.of(System.getProperty("java.home", ""), "bin", "java").toString()),
                JAVA_FLAGS,
                List.of("-cp", home.brokerClassPath(), MAIN_CLASS))
            .stream()
            .flatMap(List::stream)
            .toList();
    Map<String, String> environment =
        Map.of(
            "TALLYSTICK_MQ_DATA",
            place.journal().toString(),
            "TALLYSTICK_MQ_PORT",
            Integer.toString(place.port),
            "TALLYSTICK_MQ_USER",
            USER,
            "TALLYSTICK_MQ_PASSWORD",
            place.password);
    Process process = ChildProcess.start(command, environment, log);
    Files.writeString(place.pidFile(), process.pid() + "\n");
    return new MessageBroker(place, process);
  }

  /** Ends a broker whose launcher was killed. */
  static void endLeftOver(Path data) throws IOException {
    ChildProcess.leftOver(data.resolve("broker.pid"), MAIN_CLASS).ifPresent(ChildProcess::end);
  }

  @Override
  public String name() {
    return "broker";
  }

  @Override
  public long pid() {
    return process.pid();
  }

  @Override
  public Path log() {
    return place.data.resolve("log").resolve("broker.log");
  }

  /** TCP port on 127.0.0.1. */
  public int port() {
    return place.port;
  }

  @Override
  public void awaitReady() throws InterruptedException {
    long deadline = System.nanoTime() + START_PATIENCE.toNanos();
    while (!connects()) {
      if (!process.isAlive()) {
        throw new LaunchException("the broker ended while it started, see " + log());
      }
      if (System.nanoTime() > deadline) {
        throw new LaunchException("the broker does not get ready, see " + log());
      }
      TimeUnit.MILLISECONDS.sleep(ASK_EVERY_MILLIS);
    }
  }

  private boolean connects() {
    try (Socket socket = new Socket()) {
      socket.connect(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), place.port), CONNECT_MILLIS);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public int waitFor() throws InterruptedException {
    return process.waitFor();
  }

  @Override
  public void kill() throws InterruptedException {
    ChildProcess.kill(process, STOP_SECONDS);
  }

  @Override
  public void close() {
    try {
      ChildProcess.stop(process, STOP_SECONDS);
      Files.deleteIfExists(place.pidFile());
    } catch (IOException e) {
      throw new LaunchException("could not tidy up after the broker", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
