package org.tallystick.sequencer;

import java.util.List;
import org.tallystick.codec.Cbor;
import org.tallystick.crypto.Secret;

/**
 * Key of a number that was passed over: a code of it may still come late.
 *
 * <p>Source: docs/PROTOCOL.md section 4, S2.
 *
 * @param prk P(m), 32 bytes
 * @param recoveryEpoch of the bank when the number's epoch was made
 * @param expiresAtMillis after which no code of it can still be in time
 */
public record SkippedKey(Secret prk, long recoveryEpoch, long expiresAtMillis) {
  Cbor toCbor(NumberAt at) {
    return Cbor.array(
        Cbor.of(at.epoch()),
        Cbor.of(at.n()),
        Cbor.of(prk.reveal()),
        Cbor.of(recoveryEpoch),
        Cbor.of(expiresAtMillis));
  }

  static NumberAt place(List<Cbor> parts) {
    return new NumberAt(parts.get(0).asLong(), parts.get(1).asLong());
  }

  static SkippedKey of(List<Cbor> parts) {
    return new SkippedKey(
        Secret.adopt(parts.get(2).asBytes(32)), parts.get(3).asLong(), parts.get(4).asLong());
  }
}
