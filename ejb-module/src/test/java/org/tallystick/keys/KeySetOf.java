package org.tallystick.keys;

import java.util.List;
import org.tallystick.crypto.SignatureKey;
import org.tallystick.format.Suite;

/** Key sets for tests. */
public final class KeySetOf {
  private KeySetOf() {}

  /** A set of one key that is valid for ever. */
  public static BankKeySet one(String consortium, String use, SignatureKey key) {
    List<BankKey> keys = List.of(new BankKey(use, key, 0, Long.MAX_VALUE));
    return new BankKeySet(consortium, "Bank", 1, keys, 0, 0, Suite.CLASSIC);
  }
}
