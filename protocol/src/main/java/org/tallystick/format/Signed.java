package org.tallystick.format;

import org.tallystick.codec.MalformedInputException;
import org.tallystick.cose.CoseSign1;
import org.tallystick.crypto.MessageSigner;
import org.tallystick.crypto.SignatureKey;

/**
 * Signs and checks COSE_Sign1 messages in their transaction's context, so that no signature passes
 * for another type, consortium, transaction or account field.
 *
 * <p>Source: docs/PROTOCOL.md section 1.1; RFC 9052 section 4.4.
 */
public final class Signed {
  private Signed() {}

  /** Signs a payload that belongs to one transaction; returns the encoded COSE_Sign1. */
  public static byte[] sign(
      MessageSigner signer,
      String type,
      Suite suite,
      String consortium,
      String number,
      String account,
      byte[] payload) {
    return CoseSign1.sign(
            signer, Format.typ(type), Format.aad(type, suite, consortium, number, account), payload)
        .encoded();
  }

  /** Signs a payload outside any transaction. */
  public static byte[] sign(
      MessageSigner signer, String type, Suite suite, String consortium, byte[] payload) {
    return sign(signer, type, suite, consortium, "", "", payload);
  }

  /**
   * Checks a received COSE_Sign1 over its received bytes and returns its payload.
   *
   * @throws MalformedInputException if it is not strict COSE
   * @throws SignatureRefusedException if type or signature do not hold
   */
  public static byte[] payload(
      byte[] sign1,
      SignatureKey key,
      String type,
      Suite suite,
      String consortium,
      String number,
      String account) {
    CoseSign1 parsed = CoseSign1.decode(sign1);
    if (!parsed.verify(
        key, Format.typ(type), Format.aad(type, suite, consortium, number, account))) {
      throw new SignatureRefusedException(type);
    }
    return parsed.payload();
  }

  /** As the other, outside any transaction. */
  public static byte[] payload(
      byte[] sign1, SignatureKey key, String type, Suite suite, String consortium) {
    return payload(sign1, key, type, suite, consortium, "", "");
  }
}
