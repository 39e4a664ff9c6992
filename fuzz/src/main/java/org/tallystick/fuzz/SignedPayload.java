package org.tallystick.fuzz;

import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.tallystick.codec.Cbor;
import org.tallystick.crypto.MlDsaSigningKey;
import org.tallystick.crypto.SignatureKey;
import org.tallystick.crypto.Signer;
import org.tallystick.crypto.SigningKey;
import org.tallystick.crypto.VerificationKey;
import org.tallystick.format.Format;
import org.tallystick.format.Signed;
import org.tallystick.format.Suite;
import org.tallystick.keys.BankKey;
import org.tallystick.keys.BankKeySet;

/**
 * Payloads under a signature, which no mutation would ever pass: the input is the payload, and the
 * target signs it with a key of its own before the parser sees it.
 */
final class SignedPayload {
  /** Of whoever signs. */
  static final SigningKey SIGNER = SigningKey.ofScalar(filled(32, 7));

  /** Its public half. */
  static final VerificationKey KEY = SIGNER.verificationKey();

  /** Of who signs by ML-DSA. */
  static final MlDsaSigningKey SECOND = MlDsaSigningKey.ofSeed(filled(32, 9));

  static final String CONSORTIUM = Format.DEFAULT_CONSORTIUM;

  /** A bank whose keys are these, for ever. */
  static final BankKeySet BANK =
      new BankKeySet(
          CONSORTIUM,
          "Example Bank",
          1,
          List.of(
              bankKey(BankKey.RECEIPT, KEY),
              bankKey(BankKey.RECEIPT, SECOND.verificationKey()),
              bankKey(BankKey.CERTIFICATE, KEY)),
          0,
          0,
          Suite.CLASSIC);

  private SignedPayload() {}

  private static BankKey bankKey(String use, SignatureKey key) {
    return new BankKey(use, key, Long.MIN_VALUE, Long.MAX_VALUE);
  }

  /**
   * A parser that first checks a signature, made in suite 1.
   *
   * @param type of the signature, without {@code ts/}
   * @param verify of a COSE_Sign1 by {@link #KEY}
   * @param sign what it has read, with {@link #SIGNER}; nonces are deterministic, so the same
   *     message comes out
   */
  static <T> Parser signed(
      String type, Function<byte[], T> verify, BiFunction<T, Signer, byte[]> sign) {
    Function<byte[], byte[]> message =
        payload -> {
          Cbor.decode(payload); // what is no CBOR is refused anyway, and signing is slow
          return Signed.sign(SIGNER, type, Suite.CLASSIC, CONSORTIUM, payload);
        };
    return Parser.reading(
        payload -> {
          byte[] sign1 = message.apply(payload);
          if (!Arrays.equals(sign.apply(verify.apply(sign1), SIGNER), sign1)) {
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
