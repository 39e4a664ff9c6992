package org.tallystick.device.state;

import org.jspecify.annotations.Nullable;
import org.tallystick.rekey.PendingRekey;
import org.tallystick.request.SentRequest;

/**
 * A request that may have changed something at the bank and has no reply yet: stored before it is
 * sent, so that what is sent again after a crash is the same bytes and gets the same reply (R3).
 *
 * @param sent exact text and what opens its reply
 * @param rekey what a rekey needs more, or null
 * @param pin of a PIN change, which is never stored, or null
 */
public record PendingRequest(
    SentRequest sent, @Nullable PendingRekey rekey, @Nullable PinMaterial pin) {
  /** A request that needs nothing but its reply. */
  public static PendingRequest of(SentRequest sent) {
    return new PendingRequest(sent, null, null);
  }

  /** Wipes its secrets; a PIN that was taken over is not wiped. */
  public void wipe() {
    sent.replyRoot().close();
    if (rekey != null) {
      rekey.keys().close();
    }
  }

  @Override
  public String toString() {
    return "PendingRequest[" + sent.kind() + "]";
  }
}
