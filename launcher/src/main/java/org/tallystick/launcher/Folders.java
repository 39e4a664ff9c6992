package org.tallystick.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.IntStream;

/** Small dealings with folders and ports. */
public final class Folders {
  private static final int FIRST_PORT = 20_000;
  private static final int LAST_PORT = 32_000;
  private static final int BLOCKS = 1_000;

  private Folders() {}

  /** Deletes a folder and what is in it; a missing one is fine. */
  public static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (var files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }

  /** A TCP port that nobody listens on at this moment. */
  public static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The first TCP port from this one on, of so many, that nobody listens on. */
  static int freePort(int first, int count) {
    return IntStream.range(first, first + count)
        .filter(port -> !portIsTaken(port))
        .findFirst()
        .orElseThrow(() -> new LaunchException("no free port from " + first + " on"));
  }

  /**
   * The first of so many free TCP ports in a row. They lie below those that outgoing connections
   * are given, or one of these could take a port while its node starts again.
   */
  static int freePorts(int count) {
    if (count == 1) {
      return freePort();
    }
    int begin = FIRST_PORT + (int) (ProcessHandle.current().pid() % BLOCKS) * BankPlan.MAX_NODES;
    return IntStream.range(begin, LAST_PORT - count)
        .filter(port -> IntStream.range(port, port + count).noneMatch(Folders::portIsTaken))
        .findFirst()
        .orElseThrow(() -> new LaunchException("no " + count + " free ports in a row"));
  }

  /** Whether somebody listens on this TCP port. */
  public static boolean portIsTaken(int port) {
    try (ServerSocket socket = new ServerSocket(port)) {
      return !socket.isBound();
    } catch (IOException e) {
      return true;
    }
  }
}
