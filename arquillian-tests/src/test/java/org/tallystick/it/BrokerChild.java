package org.tallystick.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * A broker that stands alone: the class path is what the resource archive carries, the settings
 * come from the environment, which is the server's too.
 */
final class BrokerChild implements AutoCloseable {
  private static final int START_SECONDS = 60;
  private static final int STOP_SECONDS = 30;
  private static final int LOOK_EVERY_MILLIS = 100;

  private final Process process;

  private BrokerChild(Process process) {
    this.process = process;
  }

  /** Starts it and returns once it takes connections. */
  static BrokerChild start(Path archive, Path folder, int port) throws IOException {
    Path libraries = Files.createDirectories(folder.resolve("lib"));
    unpack(archive, libraries);
    Path log = folder.resolve("broker.log");
    BrokerChild broker =
        new BrokerChild(
            new ProcessBuilder(
                    List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        libraries.resolve("*") + ":" + System.getProperty("java.class.path"),
                        "org.tallystick.broker.BrokerProcess"))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start());
    try {
      broker.awaitConnections(port, log);
      return broker;
    } catch (RuntimeException e) {
      broker.close();
      throw e;
    }
  }

  private static void unpack(Path archive, Path libraries) throws IOException {
    try (ZipFile zip = new ZipFile(archive.toFile())) {
      for (ZipEntry entry : zip.stream().filter(e -> e.getName().endsWith(".jar")).toList()) {
        Path name = Path.of(entry.getName()).getFileName();
        Files.copy(zip.getInputStream(entry), libraries.resolve(name));
      }
    }
  }

  private void awaitConnections(int port, Path log) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
    while (!connects(port)) {
      if (!process.isAlive() || System.nanoTime() > end) {
        throw new IllegalStateException("the broker does not start: " + text(log));
      }
      try {
        TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted", e);
      }
    }
  }

  private static boolean connects(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), port), LOOK_EVERY_MILLIS);
      return true;
    } catch (IOException notYet) {
      return false;
    }
  }

  private static String text(Path log) {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
