package org.tallystick.device.state;

import java.util.List;
import org.tallystick.format.SignatureRefusedException;
import org.tallystick.keys.BankKey;
import org.tallystick.keys.BankKeySet;

/**
 * The bank's key set as received, so that its signature can be checked again whenever it is read.
 *
 * @param root public key, 33 bytes
 * @param sign1 COSE_Sign1 of the key set
 * @param set what it says
 */
public record HeldKeys(byte[] root, byte[] sign1, BankKeySet set) {
  /**
   * K1 and K2.
   *
   * @throws SignatureRefusedException if the root is not the pinned one or has not signed
   */
  public static HeldKeys verify(byte[] root, byte[] sign1, byte[] fingerprint, String consortium) {
    return new HeldKeys(root, sign1, BankKeySet.verify(sign1, root, fingerprint, consortium));
  }

  /** Every key of a use, whenever it is valid. */
  public List<BankKey> all(String use) {
    return set.keys().stream().filter(key -> key.use().equals(use)).toList();
  }
}
