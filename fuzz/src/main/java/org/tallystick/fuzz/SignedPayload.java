package org.tallystick.fuzz;

import java.util.Arrays;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.tallystick.codec.Cbor;
import org.tallystick.crypto.Signer;
import org.tallystick.crypto.SigningKey;
import org.tallystick.crypto.VerificationKey;
import org.tallystick.format.Format;
import org.tallystick.format.Signed;

/**
 * Payloads under a signature, which no mutation would ever pass: the input is the payload, and the
 * target signs it with a key of its own before the parser sees it.
 */
final class SignedPayload {
  /** Of whoever signs. */
  static final SigningKey SIGNER = SigningKey.ofScalar(filled(32, 7));

  /** Its public half. */
  static final VerificationKey KEY = SIGNER.verificationKey();

  static final String CONSORTIUM = Format.DEFAULT_CONSORTIUM;

  private SignedPayload() {}

  /**
   * A parser that first checks a signature.
   *
   * @param type of the signature, without {@code ts/}
   * @param verify of a COSE_Sign1 by that key
   * @param sign what it has read, with {@link #SIGNER}; nonces are deterministic, so the same
   *     message comes out
   */
  static <T> Parser signed(
      String type,
      BiFunction<byte[], VerificationKey, T> verify,
      BiFunction<T, Signer, byte[]> sign) {
    Function<byte[], byte[]> message =
        payload -> {
          Cbor.decode(payload); // what is no CBOR is refused anyway, and signing is slow
          return Signed.sign(SIGNER, type, CONSORTIUM, payload);
        };
    return Parser.reading(
        payload -> {
          byte[] sign1 = message.apply(payload);
          if (!Arrays.equals(sign.apply(verify.apply(sign1, KEY), SIGNER), sign1)) {
            throw new BrokenRuleError("what was read is signed in another form");
          }
        });
  }

  /** Bytes that mean nothing. */
  static byte[] filled(int length, int value) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }
}
