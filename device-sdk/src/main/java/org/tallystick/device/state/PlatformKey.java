package org.tallystick.device.state;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.Set;
import org.tallystick.crypto.AesGcm;
import org.tallystick.crypto.Secret;
import org.tallystick.device.state.StateRefusedException.Reason;

/**
 * The key under which a device's state is kept, 32 bytes. A file that only its owner can read
 * stands for the platform's key store; it never lies inside the state file.
 */
public final class PlatformKey implements AutoCloseable {
  private static final int LENGTH = 32;

  private final Secret key;

  private PlatformKey(Secret key) {
    this.key = key;
  }

  /**
   * Reads the key, or makes one where there is neither key nor state yet.
   *
   * @throws StateRefusedException if there is a state but no key, or the key can be read by others
   */
  public static PlatformKey open(Path file, Path stateFile, SecureRandom random)
      throws IOException {
    if (Files.exists(file)) {
      return read(file);
    }
    if (Files.exists(stateFile)) {
      throw new StateRefusedException(
          Reason.KEY_MISSING, "there is a device state but no platform key");
    }
    PlatformKey fresh = new PlatformKey(Secret.random(random, LENGTH));
    Path folder = folderOf(file);
    Files.createDirectories(folder);
    Path temp = file.resolveSibling(file.getFileName() + ".new");
    FileSteps.REAL.write(temp, fresh.key.reveal());
    FileSteps.REAL.force(temp);
    FileSteps.REAL.replace(temp, file);
    FileSteps.REAL.forceFolder(folder);
    return fresh;
  }

  static Path folderOf(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null) {
      throw new IllegalArgumentException("a file has a folder");
    }
    return folder;
  }

  private static PlatformKey read(Path file) throws IOException {
    if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Set<PosixFilePermission> more = EnumSet.copyOf(Files.getPosixFilePermissions(file));
      more.remove(PosixFilePermission.OWNER_READ);
      more.remove(PosixFilePermission.OWNER_WRITE);
      if (!more.isEmpty()) {
        throw new StateRefusedException(
            Reason.KEY_UNSAFE, "the platform key may be read by others; set it to 0600");
      }
    }
    byte[] bytes = Files.readAllBytes(file);
    if (bytes.length != LENGTH) {
      throw new StateRefusedException(Reason.KEY_UNSAFE, "a platform key has 32 bytes");
    }
    return new PlatformKey(Secret.adopt(bytes));
  }

  byte[] seal(byte[] iv, byte[] aad, byte[] plaintext) {
    return AesGcm.seal(key.reveal(), iv, aad, plaintext);
  }

  byte[] open(byte[] iv, byte[] aad, byte[] sealed) {
    return AesGcm.open(key.reveal(), iv, aad, sealed)
        .orElseThrow(
            () ->
                new StateRefusedException(
                    Reason.TAMPERED, "the device state was changed or is not this key's"));
  }

  @Override
  public void close() {
    key.close();
  }

  @Override
  public String toString() {
    return "PlatformKey";
  }
}
