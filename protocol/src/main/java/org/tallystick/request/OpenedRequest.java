package org.tallystick.request;

import org.tallystick.crypto.Secret;

/**
 * A request that its device made, and nobody else: R4 and R5 hold. Whether its challenge is good
 * (R6) and what it may have (R7) is still to be seen.
 *
 * @param body what the device signed
 * @param sign1 the COSE_Sign1, to keep where the request changes something
 * @param replyTo what the reply is bound to
 * @param nonce 16 bytes
 * @param pinKey key of the proof under the old PIN; to be closed after the check
 */
public record OpenedRequest(
    RequestBody body, byte[] sign1, ReplyContext replyTo, byte[] nonce, Secret pinKey) {
  @Override
  public String toString() {
    return "OpenedRequest[" + body + "]";
  }
}
