package org.tallystick.keys;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;
import org.tallystick.codec.Base64Url;
import org.tallystick.node.Environment;
import org.tallystick.node.PrivateFile;

/**
 * Opens the node's vault: a PKCS#11 token where {@code TALLYSTICK_PKCS11_LIBRARY} names a library,
 * else a PKCS#12 file.
 *
 * <p>The file's password comes from {@code TALLYSTICK_KEYS_PASSWORD}. Where that is not set, one is
 * drawn at the first start and written beside the keys: then whoever copies the folder has the
 * keys, and encryption at rest protects nothing. That is for trying things out.
 */
@ApplicationScoped
public class NodeKeys {
  private static final int PASSWORD_BYTES = 32;

  /** The vault of this node. */
  @Produces
  @ApplicationScoped
  public KeyVault vault(Environment environment, Clock clock, SecureRandom random) {
    Path folder = environment.keyFolder();
    Optional<Pkcs11Settings> token = Pkcs11Settings.of(environment);
    if (token.isPresent()) {
      return Pkcs11KeyVault.open(folder, token.get(), clock, random);
    }
    String password =
        environment
            .text("TALLYSTICK_KEYS_PASSWORD")
            .orElseGet(() -> passwordBeside(folder, random));
    return Pkcs12KeyVault.open(folder, password.toCharArray(), clock, random);
  }

  private static String passwordBeside(Path folder, SecureRandom random) {
    Path file = folder.resolve("password");
    if (!Files.exists(file)) {
      byte[] drawn = new byte[PASSWORD_BYTES];
      random.nextBytes(drawn);
      PrivateFile.create(file, Base64Url.encode(drawn).getBytes(StandardCharsets.US_ASCII));
    }
    return new String(PrivateFile.read(file), StandardCharsets.US_ASCII).strip();
  }
}
