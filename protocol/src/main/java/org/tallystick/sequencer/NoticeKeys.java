package org.tallystick.sequencer;

import org.tallystick.codec.Cbor;
import org.tallystick.crypto.Hkdf;
import org.tallystick.crypto.Secret;
import org.tallystick.format.Sealed;
import org.tallystick.format.Suite;

/**
 * What one step of a down chain yields.
 *
 * <p>Source: docs/PROTOCOL.md section N; RFC 5869.
 */
public final class NoticeKeys {
  private final DownChain chain;
  private final Suite suite;
  private final byte[] deviceId;

  NoticeKeys(DownChain chain, Suite suite, byte[] deviceId) {
    this.chain = chain;
    this.suite = suite;
    this.deviceId = deviceId.clone();
  }

  /** Seals and opens the one notice of this step. */
  public Sealed seal() {
    return new Sealed(secret("notice key"), secret("notice iv"));
  }

  /** Token with which the device asks for the notice, 16 bytes. */
  public byte[] pickup() {
    return out("notice pickup", 16);
  }

  Secret nextDown() {
    return secret("next");
  }

  private Secret secret(String label) {
    return Secret.adopt(out(label, 32));
  }

  private byte[] out(String label, int length) {
    byte[] info =
        Cbor.array(
                Cbor.of(label),
                suite.toCbor(),
                Cbor.of(deviceId),
                Cbor.of(chain.epoch()),
                Cbor.of(chain.k()))
            .encode();
    return Hkdf.expand(chain.down().reveal(), info, length);
  }
}
