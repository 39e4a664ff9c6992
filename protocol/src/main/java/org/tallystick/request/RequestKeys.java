package org.tallystick.request;

import org.tallystick.codec.Cbor;
import org.tallystick.crypto.Hkdf;
import org.tallystick.crypto.Secret;
import org.tallystick.format.Sealed;
import org.tallystick.format.Suite;
import org.tallystick.sequencer.EpochRoot;

/**
 * What one request's keys come from: Q = extract(challenge, root(e)), with the nonce in every
 * label. A challenge or a nonce that is new gives new keys.
 *
 * <p>Source: docs/PROTOCOL.md section R; RFC 5869.
 */
public final class RequestKeys implements AutoCloseable {
  /** Bytes of a nonce. */
  public static final int NONCE_LENGTH = 16;

  private final Secret prk;
  private final Suite suite;
  private final byte[] deviceId;
  private final long epoch;
  private final byte[] nonce;

  private RequestKeys(Secret prk, Suite suite, byte[] deviceId, long epoch, byte[] nonce) {
    this.prk = prk;
    this.suite = suite;
    this.deviceId = deviceId;
    this.epoch = epoch;
    this.nonce = nonce;
  }

  /**
   * Derives Q.
   *
   * @param root of the epoch the request is made in
   * @param challenge the bank's, 32 bytes
   * @param nonce 16 random bytes
   */
  public static RequestKeys derive(
      EpochRoot root, byte[] challenge, byte[] nonce, Suite suite, byte[] deviceId) {
    Secret prk = Secret.adopt(Hkdf.extract(challenge, root.root().reveal()));
    return new RequestKeys(prk, suite, deviceId.clone(), root.epoch(), nonce.clone());
  }

  /** Suite of the device. */
  public Suite suite() {
    return suite;
  }

  /** Device, 16 bytes. */
  public byte[] deviceId() {
    return deviceId.clone();
  }

  /** Epoch whose root it comes from. */
  public long epoch() {
    return epoch;
  }

  /** Nonce of the request, 16 bytes. */
  public byte[] nonce() {
    return nonce.clone();
  }

  /** Key of the proof under the old PIN, 32 bytes. */
  public Secret pinKey() {
    return secret("request pin");
  }

  /** Root of the reply's keys, 32 bytes; the one thing a device keeps until the reply is there. */
  public Secret replyRoot() {
    return secret("reply");
  }

  Sealed seal() {
    return new Sealed(secret("request key"), secret("request iv"));
  }

  private Secret secret(String label) {
    byte[] info =
        Cbor.array(
                Cbor.of(label), suite.toCbor(), Cbor.of(deviceId), Cbor.of(epoch), Cbor.of(nonce))
            .encode();
    return Secret.adopt(Hkdf.expand(prk.reveal(), info, 32));
  }

  @Override
  public void close() {
    prk.close();
  }

  @Override
  public String toString() {
    return "RequestKeys[epoch=" + epoch + "]";
  }
}
