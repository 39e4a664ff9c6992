package org.tallystick.answer;

import java.util.Arrays;
import java.util.Optional;
import org.tallystick.code.Code;
import org.tallystick.codec.Cbor;
import org.tallystick.codec.MalformedInputException;
import org.tallystick.codec.MapReader;
import org.tallystick.cose.CoseEncrypt0;
import org.tallystick.crypto.Secret;
import org.tallystick.crypto.Signer;
import org.tallystick.crypto.VerificationKey;
import org.tallystick.format.Format;
import org.tallystick.format.Signed;
import org.tallystick.format.Suite;

/**
 * Seals an answer for the one device that asked, padded to one length, and opens it there (A1, A2).
 *
 * <p>Source: docs/PROTOCOL.md section 8.
 */
public final class SealedAnswer {
  /** Bytes of every answer's plaintext. */
  public static final int PLAINTEXT_LENGTH = 2048;

  private SealedAnswer() {}

  /** Signs by the bank's answer key, pads and seals under the reply root. */
  public static byte[] seal(
      Answer answer, Suite suite, String consortium, Signer bank, Secret replyRoot) {
    byte[] signed =
        Signed.sign(bank, "answer", suite, consortium, answer.number(), "", answer.encode());
    byte[] plaintext = padded(signed);
    byte[] aad = aad(suite, consortium, answer.deviceId(), answer.epoch(), answer.n());
    try (Secret key = ReplyKeys.answerKey(replyRoot);
        Secret ivKey = ReplyKeys.ivKey(replyRoot)) {
      byte[] iv = Code.syntheticIv(ivKey, aad, plaintext);
      return CoseEncrypt0.seal(key.reveal(), iv, Cbor.map().build(), aad, plaintext);
    }
  }

  /**
   * Opens on the device.
   *
   * @param suite of the device
   * @param number of the transaction that the device asked about
   * @return the answer; empty where seal, IV, padding or signature do not hold
   */
  public static Optional<Answer> open(
      byte[] sealed,
      Suite suite,
      String consortium,
      byte[] deviceId,
      long epoch,
      long n,
      String number,
      VerificationKey bank,
      Secret replyRoot) {
    byte[] aad = aad(suite, consortium, deviceId, epoch, n);
    try (Secret key = ReplyKeys.answerKey(replyRoot);
        Secret ivKey = ReplyKeys.ivKey(replyRoot)) {
      CoseEncrypt0 parsed = CoseEncrypt0.decode(sealed);
      MapReader headers = MapReader.of(parsed.headers());
      headers.integer(1, 3, 3);
      headers.bytes(5, 12);
      headers.end();
      return parsed
          .open(key.reveal(), aad)
          .filter(plain -> Arrays.equals(Code.syntheticIv(ivKey, aad, plain), parsed.iv()))
          .map(plain -> signedPart(plain))
          .map(
              signed ->
                  Answer.decode(
                      Signed.payload(signed, bank, "answer", suite, consortium, number, "")));
    } catch (IllegalArgumentException malformedOrUnsigned) {
      return Optional.empty();
    }
  }

  private static byte[] padded(byte[] signed) {
    // 1 for the array head, 3 for each byte string's head at these lengths
    int zeros = PLAINTEXT_LENGTH - signed.length - 7;
    if (signed.length < 256 || zeros < 256) {
      throw new IllegalStateException("answer does not fit its padded length");
    }
    return Cbor.array(Cbor.of(signed), Cbor.of(new byte[zeros])).encode();
  }

  private static byte[] signedPart(byte[] plaintext) {
    var parts = Cbor.decode(plaintext).asArray(2);
    for (byte b : parts.get(1).asBytes()) {
      if (b != 0) {
        throw new MalformedInputException("padding is not zero");
      }
    }
    if (plaintext.length != PLAINTEXT_LENGTH) {
      throw new MalformedInputException("answer has another length");
    }
    return parts.get(0).asBytes();
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
