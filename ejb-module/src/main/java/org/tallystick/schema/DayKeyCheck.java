package org.tallystick.schema;

import static java.nio.charset.StandardCharsets.US_ASCII;

import javax.sql.DataSource;
import org.tallystick.keys.KeyVault;
import org.tallystick.keys.SealBrokenException;

/**
 * Makes sure that the nodes of one database have the same day keys, which means one key folder. A
 * copy of the folder passes {@link KeyCheck} and still draws day keys of its own, and what the one
 * node wraps under those the other cannot open.
 */
final class DayKeyCheck {
  private static final String CONTEXT = "day-key-proof";

  private final DayKeyProofs proofs;
  private final KeyVault vault;
  private final String node;

  DayKeyCheck(DataSource database, KeyVault vault, String node) {
    this.proofs = new DayKeyProofs(database);
    this.vault = vault;
    this.node = node;
  }

  /**
   * Compares today's key with the one that the first node used.
   *
   * @throws IllegalStateException if it is another
   */
  void require() {
    byte[] own = vault.wrap(CONTEXT.getBytes(US_ASCII), CONTEXT);
    byte[] kept = proofs.keptOr(vault.dayKeyIdOf(own), own, node);
    try {
      vault.unwrap(kept, CONTEXT);
    } catch (SealBrokenException e) {
      throw new IllegalStateException(
          "today's day key on "
              + node
              + " is not the one that this database is used with: all nodes of one database share"
              + " one key folder (TALLYSTICK_KEYS), a copy of it will not do",
          e);
    }
  }
}
