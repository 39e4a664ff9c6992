package org.tallystick.keys;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;

/**
 * A vault in a folder: the long-lived keys in {@code node.p12} under a password, the day keys
 * beside it, sealed under the first of them.
 *
 * <p>It protects data only from those who have the data without the folder and the password. A
 * password that lies beside the keys, as the zero-install default has it, protects nothing.
 */
public final class Pkcs12KeyVault extends NodeKeyVault {
  private Pkcs12KeyVault(KeyStoreFile store, Path folder, Clock clock, SecureRandom random) {
    super(store, folder, clock, random);
  }

  /**
   * Opens the vault in a folder; at the first start makes it there.
   *
   * @throws IllegalStateException if the password does not open it
   */
  public static Pkcs12KeyVault open(
      Path folder, char[] password, Clock clock, SecureRandom random) {
    KeyStoreFile store = KeyStoreFile.openOrMake(folder.resolve("node.p12"), password, random);
    return new Pkcs12KeyVault(store, folder, clock, random);
  }
}
