package org.tallystick.device.state;

import java.util.List;
import java.util.Optional;
import org.tallystick.cose.CoseSign1;
import org.tallystick.crypto.VerificationKey;
import org.tallystick.format.Format;
import org.tallystick.format.SignatureRefusedException;
import org.tallystick.format.Suite;
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

  /**
   * K4: the key of a use whose signature this is; around a change of keys there are two to try.
   *
   * @param type of the signature, without {@code ts/}
   * @param suite that the signature names
   * @param number of the transaction, or empty
   * @param atMillis when the key must be valid
   */
  public Optional<VerificationKey> signer(
      byte[] sign1, String use, String type, Suite suite, String number, long atMillis) {
    CoseSign1 message = CoseSign1.decode(sign1);
    byte[] aad = Format.aad(type, suite, set.consortium(), number, "");
    return all(use).stream()
        .filter(key -> key.notBeforeMillis() <= atMillis && atMillis <= key.notAfterMillis())
        .map(BankKey::key)
        .filter(key -> message.verify(key, Format.typ(type), aad))
        .findFirst();
  }

  /** Every key of a use, whenever it is valid. */
  public List<BankKey> all(String use) {
    return set.keys().stream().filter(key -> key.use().equals(use)).toList();
  }
}
