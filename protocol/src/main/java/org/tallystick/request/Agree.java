package org.tallystick.request;

import org.tallystick.agreement.SignedAgreement;
import org.tallystick.codec.Cbor;
import org.tallystick.codec.MalformedInputException;

/**
 * Kind 12: the party agrees to a new version of the agreement.
 *
 * <p>Source: docs/PROTOCOL.md sections 10 and 10.4.
 *
 * @param sign1 the COSE_Sign1 of {@link SignedAgreement}, by the device that asks
 */
public record Agree(byte[] sign1) implements RequestArguments {
  /** Checks the length. */
  public Agree {
    if (sign1.length == 0 || sign1.length > SignedAgreement.MAX_BYTES) {
      throw new MalformedInputException("arguments: length of the signature");
    }
  }

  @Override
  public RequestKind kind() {
    return RequestKind.AGREE;
  }

  @Override
  public Cbor.Map toCbor() {
    return Cbor.map().put(1, Cbor.of(sign1)).build();
  }
}
