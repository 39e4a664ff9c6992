package org.tallystick.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/** Files that only the operator's account may read, where the file system knows of permissions. */
public final class PrivateFile {
  private PrivateFile() {}

  /**
   * Writes a file that did not exist, whole or not at all.
   *
   * @return false if it existed already, and then it is left as it is
   */
  public static boolean create(Path file, byte[] content) {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null) {
      throw new IllegalArgumentException("a file needs a folder");
    }
    try {
      Files.createDirectories(folder, owner("rwx------"));
      Path draft = Files.createTempFile(folder, ".draft", "", owner("rw-------"));
      try {
        Files.write(draft, content);
        try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
          channel.force(true);
        }
        // a link fails where the name is taken, so of two nodes that share a folder one wins
        Files.createLink(file, draft);
        forceFolder(folder);
        return true;
      } catch (FileAlreadyExistsException e) {
        return false;
      } finally {
        Files.deleteIfExists(draft);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file.getFileName(), e);
    }
  }

  /** Without it a power failure may take the name away, and a key with it, that data has used. */
  private static void forceFolder(Path folder) throws IOException {
    if (posix()) {
      try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }

  /** Reads a whole file. */
  public static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file.getFileName(), e);
    }
  }

  private static FileAttribute<?>[] owner(String permissions) {
    if (!posix()) {
      return new FileAttribute<?>[0];
    }
    return new FileAttribute<?>[] {
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
    };
  }

  private static boolean posix() {
    return FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
  }
}
