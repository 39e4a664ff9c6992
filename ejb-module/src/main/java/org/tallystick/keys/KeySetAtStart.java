package org.tallystick.keys;

import jakarta.annotation.PostConstruct;
import jakarta.ejb.DependsOn;
import jakarta.ejb.EJB;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;
import org.tallystick.codec.Base64Url;
import org.tallystick.crypto.Sha256;
import org.tallystick.node.Environment;

/**
 * Publishes the key set, and leaves the root fingerprint that devices pin in {@code
 * root-fingerprint} in the node's folder: base64url, a public value.
 */
@Singleton
@Startup
@DependsOn("SchemaAtStart")
@TransactionManagement(TransactionManagementType.BEAN)
public class KeySetAtStart {
  @EJB KeySets keySets;
  @Inject Environment environment;

  /** A failure keeps the application from starting. */
  @PostConstruct
  void publish() {
    keySets.publish();
    write(
        environment.dataFolder().resolve("root-fingerprint"),
        Base64Url.encode(Sha256.of(keySets.root().compressed())) + "\n");
  }

  /**
   * Other nodes may share the folder, and somebody may be reading: the file is whole at any time.
   */
  static void write(Path file, String line) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      if (Files.exists(file) && Files.readString(file).equals(line)) {
        return;
      }
      Path draft = file.resolveSibling(file.getFileName() + "." + UUID.randomUUID());
      try {
        Files.writeString(draft, line);
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(draft);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file.getFileName(), e);
    }
  }
}
