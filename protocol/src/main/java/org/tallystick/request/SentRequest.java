package org.tallystick.request;

import org.tallystick.code.DeviceBinding;
import org.tallystick.crypto.Secret;

/**
 * A request that is ready to be stored and then sent: those bytes, again and again, until a reply
 * is there.
 *
 * @param text the request, exact bytes
 * @param kind of it
 * @param epoch whose root it is sealed under
 * @param replyRoot root of the reply's keys, 32 bytes
 */
public record SentRequest(String text, RequestKind kind, long epoch, Secret replyRoot) {
  /** T: hash of the text, 32 bytes. */
  public byte[] hash() {
    return SealedRequest.hash(text);
  }

  /** What the reply is bound to. */
  public ReplyContext replyTo(DeviceBinding binding) {
    return new ReplyContext(
        binding.consortium(),
        binding.suite(),
        binding.deviceId(),
        epoch,
        hash(),
        SealedRequest.parse(text).blocks(),
        replyRoot);
  }

  @Override
  public String toString() {
    return "SentRequest[" + kind + ", epoch=" + epoch + "]";
  }
}
