package org.tallystick.answer;

import org.tallystick.codec.Cbor;
import org.tallystick.crypto.Hkdf;
import org.tallystick.crypto.Secret;
import org.tallystick.format.Format;
import org.tallystick.format.Sealed;

/**
 * What the reply root of one code yields.
 *
 * <p>Source: docs/PROTOCOL.md section 8.
 */
public final class ReplyKeys {
  private ReplyKeys() {}

  /** Token with which the device asks for its answer, 16 bytes. */
  public static byte[] pickup(Secret replyRoot) {
    return expand(replyRoot, "pickup", 16);
  }

  /** Token with which the device asks for its receipt later, 16 bytes. */
  public static byte[] receipt(Secret replyRoot) {
    return expand(replyRoot, "receipt", 16);
  }

  static Sealed seal(Secret replyRoot) {
    return new Sealed(
        Secret.adopt(expand(replyRoot, "answer key", 32)),
        Secret.adopt(expand(replyRoot, "answer iv", 32)));
  }

  /**
   * Keys of one progress message.
   *
   * @param i number of the message, from 1
   */
  static Sealed progress(Secret replyRoot, int i) {
    return new Sealed(
        progress(replyRoot, "progress key", i), progress(replyRoot, "progress iv", i));
  }

  private static Secret progress(Secret replyRoot, String label, int i) {
    byte[] info = Cbor.array(Cbor.of(label), Cbor.of(i)).encode();
    return Secret.adopt(Hkdf.expand(replyRoot.reveal(), info, 32));
  }

  private static byte[] expand(Secret replyRoot, String label, int length) {
    return Hkdf.expand(replyRoot.reveal(), Format.label(label), length);
  }
}
