package org.tallystick.launcher.portability;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collections;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;

/**
 * A zip file becomes a folder. Files stay inside of it whatever their names say, and what was a
 * program stays one.
 */
final class ZipFolder {
  private static final int ANYBODY_EXECUTES = 0111;

  /** Programs in archives whose maker kept no permissions. */
  private static final Pattern PROGRAM = Pattern.compile(".*(\\.sh|/bin/[A-Za-z0-9_-]+)");

  private ZipFolder() {}

  /**
   * Unpacks it.
   *
   * @throws IOException also where an entry would lie outside of the folder
   */
  static void unpack(Path zip, Path folder) throws IOException {
    try (ZipFile file = ZipFile.builder().setPath(zip).get()) {
      for (ZipArchiveEntry entry : Collections.list(file.getEntries())) {
        unpack(file, entry, folder.normalize());
      }
    }
  }

  private static void unpack(ZipFile zip, ZipArchiveEntry entry, Path folder) throws IOException {
    Path target = folder.resolve(entry.getName()).normalize();
    if (!target.startsWith(folder)) {
      throw new IOException("an entry outside of the folder: " + entry.getName());
    }
    if (entry.isDirectory()) {
      Files.createDirectories(target);
      return;
    }
    if (entry.isUnixSymlink()) {
      throw new IOException("a link where only files are expected: " + entry.getName());
    }
    Files.createDirectories(Objects.requireNonNull(target.getParent()));
    try (InputStream content = zip.getInputStream(entry)) {
      Files.copy(content, target);
    }
    Files.setPosixFilePermissions(target, permissions(entry));
  }

  private static Set<PosixFilePermission> permissions(ZipArchiveEntry entry) {
    boolean program =
        (entry.getUnixMode() & ANYBODY_EXECUTES) != 0 || PROGRAM.matcher(entry.getName()).matches();
    return PosixFilePermissions.fromString(program ? "rwxr-xr-x" : "rw-r--r--");
  }
}
