package org.tallystick.keys;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.tallystick.crypto.Secret;
import org.tallystick.node.PrivateFile;

/**
 * The keys of the days, one small file each, sealed under the key-encryption key; the id is the
 * count of days since 1970.
 *
 * <p>A key is made by whichever node first needs it, serves until midnight UTC, stays to open what
 * it sealed, and is destroyed when that has been sealed anew or is no longer wanted. Nodes that
 * share the folder see it vanish, because the file is looked for at each use.
 */
final class DayKeys {
  private static final int KEY_LENGTH = 32;

  private final Path folder;
  private final SealingKey keyEncryptionKey;
  private final Clock clock;
  private final SecureRandom random;
  private final ConcurrentMap<Integer, Secret> opened = new ConcurrentHashMap<>();

  DayKeys(Path folder, SealingKey keyEncryptionKey, Clock clock, SecureRandom random) {
    this.folder = folder;
    this.keyEncryptionKey = keyEncryptionKey;
    this.clock = clock;
    this.random = random;
  }

  int today() {
    return Math.toIntExact(LocalDate.now(clock).toEpochDay());
  }

  /** The key of a day; today's is made where there is none. */
  Optional<Secret> key(int id) {
    Path file = file(id);
    if (!Files.exists(file)) {
      if (id != today()) {
        forget(id);
        return Optional.empty();
      }
      PrivateFile.create(file, sealedFresh(id));
    }
    return Optional.of(opened.computeIfAbsent(id, this::open));
  }

  void destroy(int id) {
    if (id >= today()) {
      throw new IllegalArgumentException("day key " + id + " is still in use");
    }
    Path file = file(id);
    try {
      if (Files.exists(file)) {
        // best effort: a journalling or copying file system may keep the old block for a while
        byte[] noise = new byte[Math.toIntExact(Files.size(file))];
        random.nextBytes(noise);
        Files.write(file, noise);
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot destroy day key " + id, e);
    }
    forget(id);
  }

  private void forget(int id) {
    // not wiped: another thread may be in the midst of using it
    opened.remove(id);
  }

  private Secret open(int id) {
    return keyEncryptionKey
        .open(PrivateFile.read(file(id)), aad(id))
        .map(Secret::adopt)
        .orElseThrow(() -> new SealBrokenException("day key " + id));
  }

  private byte[] sealedFresh(int id) {
    try (Secret fresh = Secret.random(random, KEY_LENGTH)) {
      return keyEncryptionKey.seal(fresh.reveal(), aad(id));
    }
  }

  private Path file(int id) {
    return folder.resolve(id + ".key");
  }

  private static byte[] aad(int id) {
    return ("tallystick/day-key/v1\0" + id).getBytes(StandardCharsets.UTF_8);
  }
}
