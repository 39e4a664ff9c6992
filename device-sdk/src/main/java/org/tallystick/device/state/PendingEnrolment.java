package org.tallystick.device.state;

import org.jspecify.annotations.Nullable;
import org.tallystick.crypto.Secret;

/**
 * An enrolment whose message1 is made and whose reply is not there yet. It is stored before
 * message1 is sent, so that a resend after a crash is the same bytes and gets the same reply.
 *
 * @param offer as received, CBOR
 * @param activationHash hash of the activation code, to know the same activation again
 * @param message1 exact bytes
 * @param exported HPKE export S, 32 bytes
 * @param bindHash hash of the signed request, which the binding record must name
 * @param signingKey device key, scalar of 32 bytes
 * @param pin or null where none was chosen
 */
public record PendingEnrolment(
    byte[] offer,
    byte[] activationHash,
    byte[] message1,
    Secret exported,
    byte[] bindHash,
    Secret signingKey,
    @Nullable PinMaterial pin) {
  @Override
  public String toString() {
    return "PendingEnrolment[...]";
  }
}
