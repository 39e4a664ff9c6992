package org.tallystick.request;

import org.tallystick.codec.Cbor;
import org.tallystick.crypto.Hkdf;
import org.tallystick.crypto.Secret;
import org.tallystick.format.Format;
import org.tallystick.format.Sealed;
import org.tallystick.format.Suite;

/**
 * What a reply is bound to, as both sides know it.
 *
 * <p>Source: docs/PROTOCOL.md section R.
 *
 * @param consortium two letters
 * @param suite of the device
 * @param deviceId 16 bytes
 * @param epoch whose root the request was sealed under
 * @param requestHash T, 32 bytes
 * @param blocks length of the reply, in blocks
 * @param replyRoot out("reply"), 32 bytes
 */
public record ReplyContext(
    String consortium,
    Suite suite,
    byte[] deviceId,
    long epoch,
    byte[] requestHash,
    int blocks,
    Secret replyRoot) {
  Sealed seal() {
    return new Sealed(secret("reply key"), secret("reply iv"));
  }

  byte[] aad() {
    return Cbor.array(
            Cbor.of("tallystick"),
            Cbor.of("reply"),
            Cbor.of(Format.VERSION),
            suite.toCbor(),
            Cbor.of(consortium),
            Cbor.of(deviceId),
            Cbor.of(epoch),
            Cbor.of(requestHash))
        .encode();
  }

  private Secret secret(String label) {
    byte[] info = Cbor.array(Cbor.of(label), Cbor.of(requestHash)).encode();
    return Secret.adopt(Hkdf.expand(replyRoot.reveal(), info, 32));
  }

  @Override
  public String toString() {
    return "ReplyContext[epoch=" + epoch + ", blocks=" + blocks + "]";
  }
}
