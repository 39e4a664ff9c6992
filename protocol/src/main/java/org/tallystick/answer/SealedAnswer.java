package org.tallystick.answer;

import java.util.Optional;
import org.tallystick.codec.Cbor;
import org.tallystick.cose.CoseSign1;
import org.tallystick.crypto.Secret;
import org.tallystick.crypto.SignatureKey;
import org.tallystick.crypto.Signer;
import org.tallystick.format.Format;
import org.tallystick.format.Sealed;
import org.tallystick.format.Signed;
import org.tallystick.format.Suite;

/**
 * Seals an answer for the one device that asked, padded to one length, and opens it there (A1, A2).
 *
 * <p>Source: docs/PROTOCOL.md section 8.
 */
public final class SealedAnswer {
  private static final int CLASSIC_LENGTH = 2048;
  private static final int HYBRID_LENGTH = 8192;

  private SealedAnswer() {}

  /** Bytes of every answer's plaintext in a suite. */
  public static int plaintextLength(Suite suite) {
    return suite == Suite.HYBRID ? HYBRID_LENGTH : CLASSIC_LENGTH;
  }

  /** Signs by the bank's answer key, pads and seals under the reply root. */
  public static byte[] seal(
      Answer answer, Suite suite, String consortium, Signer bank, Secret replyRoot) {
    byte[] signed =
        Signed.sign(bank, "answer", suite, consortium, answer.number(), "", answer.encode());
    byte[] aad = aad(suite, consortium, answer.deviceId(), answer.epoch(), answer.n());
    try (Sealed seal = ReplyKeys.seal(replyRoot)) {
      return seal.sealPadded(aad, signed, plaintextLength(suite));
    }
  }

  /**
   * Opens on the device. Which transaction it is about is what the answer says, under its own
   * signature: another number than the device asked about shows that another code took its place
   * (A3b).
   *
   * @param suite of the device
   * @return the answer; empty where seal, IV, padding or signature do not hold
   */
  public static Optional<Answer> open(
      byte[] sealed,
      Suite suite,
      String consortium,
      byte[] deviceId,
      long epoch,
      long n,
      SignatureKey bank,
      Secret replyRoot) {
    byte[] aad = aad(suite, consortium, deviceId, epoch, n);
    try (Sealed seal = ReplyKeys.seal(replyRoot)) {
      return seal.openPadded(sealed, aad, plaintextLength(suite))
          .map(
              signed -> {
                String number = Answer.decode(CoseSign1.decode(signed).payload()).number();
                return Answer.decode(
                    Signed.payload(signed, bank, "answer", suite, consortium, number, ""));
              });
    } catch (IllegalArgumentException malformedOrUnsigned) {
      return Optional.empty();
    }
  }

  /**
   * Opens on a device that knows which transaction the answer is about.
   *
   * @param number of the transaction
   */
  public static Optional<Answer> open(
      byte[] sealed,
      Suite suite,
      String consortium,
      byte[] deviceId,
      long epoch,
      long n,
      String number,
      SignatureKey bank,
      Secret replyRoot) {
    return open(sealed, suite, consortium, deviceId, epoch, n, bank, replyRoot)
        .filter(answer -> answer.number().equals(number));
  }

  private static byte[] aad(Suite suite, String consortium, byte[] deviceId, long epoch, long n) {
    return Cbor.array(
            Cbor.of("tallystick"),
            Cbor.of("answer"),
            Cbor.of(Format.VERSION),
            suite.toCbor(),
            Cbor.of(consortium),
            Cbor.of(deviceId),
            Cbor.of(epoch),
            Cbor.of(n))
        .encode();
  }
}
