package org.tallystick.page;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.time.Clock;
import org.tallystick.keys.KeyVault;
import org.tallystick.keys.Pkcs12KeyVault;

/** Opens the package to tests of lists. */
@SuppressWarnings("UnnecessaryAssignment") // the test stands in for the container
public final class CursorsFixture {
  private CursorsFixture() {}

  public static Cursors cursors(KeyVault vault) {
    Cursors cursors = new Cursors();
    cursors.vault = vault;
    return cursors;
  }

  /** For who has no vault. */
  public static Cursors cursors() {
    return cursors(Own.VAULT);
  }

  /** The cursor behind a position of a list, as the list itself would make it. */
  public static String cursor(KeyVault vault, String list, String position) {
    return cursors(vault).cursor(list, position);
  }

  private static final class Own {
    static final KeyVault VAULT = open();

    private static KeyVault open() {
      try {
        return Pkcs12KeyVault.open(
            Files.createTempDirectory("cursors"),
            "a password".toCharArray(),
            Clock.systemUTC(),
            new SecureRandom());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
