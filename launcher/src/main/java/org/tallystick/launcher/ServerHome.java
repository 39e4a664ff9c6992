package org.tallystick.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * The folder with the built server.
 *
 * <p>Beside the jar lies, from the second start on, an archive of parsed classes. It is only as
 * good as its Java and its jar, so its name carries the one and its date is compared with the
 * other.
 */
public final class ServerHome {
  private static final String JAR = "tallystick-server.jar";

  private final Path folder;

  private ServerHome(Path folder) {
    this.folder = folder;
  }

  /**
   * The server of this build: {@code TALLYSTICK_SERVER}, or what lies beside the launcher.
   *
   * @throws LaunchException where it has not been built
   */
  public static ServerHome find() {
    String set = System.getenv("TALLYSTICK_SERVER");
    String root = System.getProperty("tallystick.root", "");
    Path folder =
        set == null || set.isBlank() ? Path.of(root, "micro", "target", "server") : Path.of(set);
    return at(folder.toAbsolutePath());
  }

  /** The server in this folder. */
  public static ServerHome at(Path folder) {
    if (!Files.exists(folder.resolve(JAR))) {
      throw new LaunchException("no server in " + folder + "; ./tallystick builds it");
    }
    return new ServerHome(folder);
  }

  Path jar() {
    return folder.resolve(JAR);
  }

  /** What the broker as a process of its own consists of. */
  String brokerClassPath() {
    return folder.resolve("broker").resolve("*").toString();
  }

  private Path archive() {
    return folder.resolve("server-" + Runtime.version() + ".jsa");
  }

  private boolean archiveFits() throws IOException {
    return Files.exists(archive())
        && Files.getLastModifiedTime(archive()).compareTo(Files.getLastModifiedTime(jar())) > 0;
  }

  /** Whether nodes start with an archive of parsed classes; one node's stop makes it. */
  public boolean trained() throws IOException {
    return archiveFits();
  }

  /** Flags that use the archive, or nothing where there is none that fits. */
  List<String> archiveFlags() throws IOException {
    return archiveFits()
        ? List.of("-XX:SharedArchiveFile=" + archive(), "-Xlog:cds=off", "-Xlog:cds+dynamic=off")
        : List.of();
  }

  /** Flags that make the virtual machine write an archive when it stops. */
  List<String> trainingFlags() throws IOException {
    return archiveFits() ? List.of() : List.of("-XX:ArchiveClassesAtExit=" + unfinishedArchive());
  }

  /** Takes the archive into use that a stopped virtual machine wrote, if it wrote one. */
  void adoptArchive() throws IOException {
    if (Files.exists(unfinishedArchive())) {
      Files.move(
          unfinishedArchive(),
          archive(),
          StandardCopyOption.REPLACE_EXISTING,
          StandardCopyOption.ATOMIC_MOVE);
    }
  }

  private Path unfinishedArchive() {
    return folder.resolve("unfinished-" + ProcessHandle.current().pid() + ".jsa");
  }
}
