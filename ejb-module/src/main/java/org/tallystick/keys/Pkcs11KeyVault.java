package org.tallystick.keys;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;

/**
 * A vault in a PKCS#11 token and a folder: signing keys and the key-encryption key never leave the
 * token; day keys and the keys of each payment's look-ups lie in the folder, sealed under the
 * latter.
 *
 * <p>Whoever copies the folder, and the database with it, can open nothing without the token. The
 * keys of the day and of look-ups are in this process's memory while it runs.
 */
public final class Pkcs11KeyVault extends NodeKeyVault {
  private Pkcs11KeyVault(LongLivedKeys keys, Path folder, Clock clock, SecureRandom random) {
    super(keys, folder, clock, random);
  }

  /**
   * Opens the token and the folder.
   *
   * @throws IllegalStateException if they are not what the settings say
   */
  static Pkcs11KeyVault open(
      Path folder, Pkcs11Settings settings, Clock clock, SecureRandom random) {
    Pkcs11Token token = Pkcs11Token.open(settings, folder, clock, random);
    LongLivedKeys keys = new Pkcs11Keys(token, folder, settings.generate(), random);
    return new Pkcs11KeyVault(keys, folder, clock, random);
  }
}
