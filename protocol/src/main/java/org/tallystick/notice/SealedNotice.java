package org.tallystick.notice;

import java.util.Arrays;
import java.util.Optional;
import org.tallystick.codec.Cbor;
import org.tallystick.crypto.SignatureKey;
import org.tallystick.crypto.Signer;
import org.tallystick.format.Format;
import org.tallystick.format.Sealed;
import org.tallystick.format.Signed;
import org.tallystick.format.Suite;
import org.tallystick.sequencer.DownChain;

/**
 * Seals a notice under the next step of its device's down chain, padded to one length, and opens it
 * there (N1 to N3). It is made once and those bytes are kept: no step seals two.
 *
 * <p>Source: docs/PROTOCOL.md section N.
 */
public final class SealedNotice {
  /** Bytes of every notice's plaintext. */
  public static final int PLAINTEXT_LENGTH = 2048;

  private static final String TYPE = "notice";

  private SealedNotice() {}

  /**
   * Signs by the bank's answer key, pads and seals.
   *
   * @param at the chain before this notice
   * @throws IllegalStateException if the notice is not the next one of that chain
   */
  public static byte[] seal(
      Notice notice, Suite suite, String consortium, Signer bank, DownChain at) {
    if (notice.epoch() != at.epoch() || notice.k() != at.k()) {
      throw new IllegalStateException("a notice takes the next step of its chain");
    }
    byte[] signed = Signed.sign(bank, TYPE, suite, consortium, notice.encode());
    try (Sealed seal = at.keys(suite, notice.deviceId()).seal()) {
      return seal.sealPadded(
          aad(suite, consortium, notice.deviceId(), at), signed, PLAINTEXT_LENGTH);
    }
  }

  /**
   * Opens on the device. Whether its log line fits (N4) is for who holds the log.
   *
   * @param at the device's chain, whose next step the notice must be: k+1 waits for k
   * @param bank an answer key of the bank
   * @return the notice; empty where seal, IV, padding (N1), signature (N2), device, epoch or k (N3)
   *     do not hold
   */
  public static Optional<Notice> open(
      byte[] sealed,
      Suite suite,
      String consortium,
      byte[] deviceId,
      DownChain at,
      SignatureKey bank) {
    try (Sealed seal = at.keys(suite, deviceId).seal()) {
      return seal.openPadded(sealed, aad(suite, consortium, deviceId, at), PLAINTEXT_LENGTH)
          .map(signed -> Signed.payload(signed, bank, TYPE, suite, consortium))
          .map(Notice::decode)
          .filter(notice -> Arrays.equals(notice.deviceId(), deviceId))
          .filter(notice -> notice.epoch() == at.epoch() && notice.k() == at.k());
    } catch (IllegalArgumentException malformedOrUnsigned) {
      return Optional.empty();
    }
  }

  private static byte[] aad(Suite suite, String consortium, byte[] deviceId, DownChain at) {
    return Cbor.array(
            Cbor.of("tallystick"),
            Cbor.of("notice"),
            Cbor.of(Format.VERSION),
            suite.toCbor(),
            Cbor.of(consortium),
            Cbor.of(deviceId),
            Cbor.of(at.epoch()),
            Cbor.of(at.k()))
        .encode();
  }
}
