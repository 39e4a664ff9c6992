package org.tallystick.launcher.portability;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.tallystick.launcher.CacheFolder;
import org.tallystick.launcher.Folders;
import org.tallystick.launcher.LaunchException;

/**
 * Unpacked servers, one folder for each name and version under {@code servers} in the cache, used
 * by everybody and written to by nobody.
 *
 * <p>Maven brings what is missing: without the network where it has the file already, and with it
 * otherwise.
 */
public final class ServerCache {
  private static final long FETCH_MINUTES = 30;

  private final Path folder;

  private ServerCache(Path folder) {
    this.folder = folder;
  }

  /** In {@code TALLYSTICK_CACHE}, or else in {@code ~/.cache/tallystick}. */
  public static ServerCache standard() throws IOException {
    return in(CacheFolder.folder().resolve("servers"));
  }

  static ServerCache in(Path folder) throws IOException {
    return new ServerCache(Files.createDirectories(folder));
  }

  /**
   * The home of a server, fetched and unpacked where it is not there yet.
   *
   * @param log where Maven's output goes
   * @throws LaunchException where it cannot be had
   */
  public Path home(Distribution distribution, Path log) throws IOException, InterruptedException {
    Path home = folder.resolve(distribution.name() + "-" + distribution.version());
    if (Files.isDirectory(home)) {
      return home;
    }
    Path beside = Files.createTempDirectory(folder, "unpacking-");
    try {
      fetch(distribution, beside, log);
      adopt(beside.resolve(distribution.fileName()), home);
      return home;
    } finally {
      Folders.delete(beside);
    }
  }

  private static void fetch(Distribution distribution, Path target, Path log)
      throws IOException, InterruptedException {
    if (!copies(distribution, target, log, List.of("--offline"))
        && !copies(distribution, target, log, List.of())) {
      throw new LaunchException(
          "Maven could not fetch " + distribution.coordinates() + ", see " + log);
    }
  }

  /** In a folder without a project, so that only the plugin and its own settings count. */
  private static boolean copies(
      Distribution distribution, Path target, Path log, List<String> options)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder("mvn", "--batch-mode", "--no-transfer-progress")
            .directory(target.toFile())
            .redirectErrorStream(true)
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.command().addAll(options);
    builder
        .command()
        .addAll(
            List.of(
                Distribution.plugin() + ":copy",
                "-Dartifact=" + distribution.coordinates(),
                "-DoutputDirectory=" + target));
    Process maven = builder.start();
    try {
      if (!maven.waitFor(FETCH_MINUTES, TimeUnit.MINUTES)) {
        throw new LaunchException(
            "Maven took longer than " + FETCH_MINUTES + " minutes, see " + log);
      }
    } finally {
      maven.descendants().forEach(ProcessHandle::destroy);
      maven.destroy();
    }
    return maven.exitValue() == 0 && Files.exists(target.resolve(distribution.fileName()));
  }

  /** Unpacks beside the target and moves it there whole, so that no half of it is ever used. */
  static void adopt(Path zip, Path home) throws IOException {
    Path unpacked = Files.createTempDirectory(zip.toAbsolutePath().getParent(), "whole-");
    ZipFolder.unpack(zip, unpacked);
    List<Path> top;
    try (var entries = Files.list(unpacked)) {
      top = entries.toList();
    }
    if (top.size() != 1 || !Files.isDirectory(top.get(0))) {
      throw new LaunchException(zip.getFileName() + " does not hold one folder, but " + top);
    }
    try {
      Files.move(top.get(0), home, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileAlreadyExistsException | DirectoryNotEmptyException e) {
      // Another launcher was faster: its copy is the same, ours is deleted with its folder.
      Folders.delete(unpacked);
    }
  }
}
