package org.tallystick.request;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import org.tallystick.codec.Cbor;
import org.tallystick.crypto.AesGcm;
import org.tallystick.crypto.SignatureKey;
import org.tallystick.crypto.Signer;
import org.tallystick.format.Sealed;
import org.tallystick.format.Signed;

/**
 * Seals a reply for the one request it answers, padded to the length that was asked for, and opens
 * it on the device (R8 to R10). Who sends anything else gets bytes of the same form and length.
 *
 * <p>Source: docs/PROTOCOL.md section R.
 */
public final class SealedReply {
  /** Bytes of a block. */
  public static final int BLOCK = 1024;

  /** Block bytes that signature, fixed members and padding take at most. */
  private static final int OVERHEAD = 512;

  private static final String TYPE = "reply";

  private SealedReply() {}

  /** Longest result that fits in so many blocks, bytes. */
  public static int room(int blocks) {
    return blocks * BLOCK - OVERHEAD;
  }

  /** Signs by the bank's answer key, pads and seals. */
  public static byte[] seal(ReplyContext to, ReplyBody body, Signer bank) {
    byte[] signed = Signed.sign(bank, TYPE, to.suite(), to.consortium(), body.encode());
    try (Sealed seal = to.seal()) {
      return seal.sealPadded(to.aad(), signed, to.blocks() * BLOCK);
    }
  }

  /** Bytes that nobody can tell from a reply of so many blocks without its key. */
  public static byte[] lookAlike(int blocks, SecureRandom random) {
    byte[] iv = new byte[AesGcm.IV_LENGTH];
    random.nextBytes(iv);
    byte[] header = Cbor.map().put(1, Cbor.of(3)).put(5, Cbor.of(iv)).build().encode();
    byte[] ciphertext = new byte[blocks * BLOCK + AesGcm.TAG_LENGTH];
    random.nextBytes(ciphertext);
    return Cbor.array(Cbor.of(header), Cbor.map().build(), Cbor.of(ciphertext)).encode();
  }

  /**
   * Opens on the device.
   *
   * @param kind that was asked
   * @param bank an answer key of the bank
   * @return the body; empty where seal, IV, padding (R8), signature (R9), device, kind or T (R10)
   *     do not hold
   */
  public static Optional<ReplyBody> open(
      byte[] reply, ReplyContext to, RequestKind kind, SignatureKey bank) {
    try (Sealed seal = to.seal()) {
      return seal.openPadded(reply, to.aad(), to.blocks() * BLOCK)
          .map(signed -> Signed.payload(signed, bank, TYPE, to.suite(), to.consortium()))
          .map(ReplyBody::decode)
          .filter(body -> Arrays.equals(body.deviceId(), to.deviceId()))
          .filter(body -> body.kind() == kind.value())
          .filter(body -> Arrays.equals(body.requestHash(), to.requestHash()));
    } catch (IllegalArgumentException malformedOrUnsigned) {
      return Optional.empty();
    }
  }
}
