package org.tallystick.answer;

import java.util.Arrays;
import java.util.Optional;
import org.tallystick.codec.Cbor;
import org.tallystick.crypto.Secret;
import org.tallystick.crypto.SignatureKey;
import org.tallystick.crypto.Signer;
import org.tallystick.format.Format;
import org.tallystick.format.Sealed;
import org.tallystick.format.Signed;
import org.tallystick.format.Suite;

/**
 * Seals a progress message for the one device that asked (G1), under keys of its own below the
 * reply root, and opens it there (G3). It is made once and those bytes are kept.
 *
 * <p>Source: docs/PROTOCOL.md section 8.1.
 */
public final class SealedProgress {
  /** Bytes of every message's plaintext. */
  public static final int PLAINTEXT_LENGTH = 512;

  private static final String TYPE = "progress";

  private SealedProgress() {}

  /**
   * Signs by the bank's answer key, pads and seals.
   *
   * @param number of the transaction, text
   */
  public static byte[] seal(
      Progress progress,
      Suite suite,
      String consortium,
      String number,
      Signer bank,
      Secret replyRoot) {
    byte[] signed = Signed.sign(bank, TYPE, suite, consortium, number, "", progress.encode());
    try (Sealed seal = ReplyKeys.progress(replyRoot, progress.i())) {
      byte[] aad =
          aad(suite, consortium, progress.deviceId(), progress.epoch(), progress.n(), progress.i());
      return seal.sealPadded(aad, signed, PLAINTEXT_LENGTH);
    }
  }

  /**
   * Opens on the device. Whether it is about the code that the device sent is for who holds that.
   *
   * @param i number of the message, from 1
   * @param bank an answer key of the bank
   * @return the message; empty where seal, IV, padding, signature, device, epoch, n or i do not
   *     hold
   */
  public static Optional<Progress> open(
      byte[] sealed,
      Suite suite,
      String consortium,
      byte[] deviceId,
      long epoch,
      long n,
      int i,
      String number,
      SignatureKey bank,
      Secret replyRoot) {
    try (Sealed seal = ReplyKeys.progress(replyRoot, i)) {
      return seal.openPadded(
              sealed, aad(suite, consortium, deviceId, epoch, n, i), PLAINTEXT_LENGTH)
          .map(signed -> Signed.payload(signed, bank, TYPE, suite, consortium, number, ""))
          .map(Progress::decode)
          .filter(progress -> Arrays.equals(progress.deviceId(), deviceId))
          .filter(progress -> progress.epoch() == epoch && progress.n() == n && progress.i() == i);
    } catch (IllegalArgumentException malformedOrUnsigned) {
      return Optional.empty();
    }
  }

  private static byte[] aad(
      Suite suite, String consortium, byte[] deviceId, long epoch, long n, int i) {
    return Cbor.array(
            Cbor.of("tallystick"),
            Cbor.of(TYPE),
            Cbor.of(Format.VERSION),
            suite.toCbor(),
            Cbor.of(consortium),
            Cbor.of(deviceId),
            Cbor.of(epoch),
            Cbor.of(n),
            Cbor.of(i))
        .encode();
  }
}
