package org.tallystick.request;

import org.tallystick.code.TransactionNumber;
import org.tallystick.codec.Cbor;
import org.tallystick.codec.MalformedInputException;
import org.tallystick.crypto.Sha256;

/**
 * Kind 11: the payer ends an authority for charges.
 *
 * <p>Source: docs/PROTOCOL.md sections 8 and 10.
 *
 * @param number of the purchase, 10 bytes
 * @param billHash 32 bytes
 */
public record EndAuthority(byte[] number, byte[] billHash) implements RequestArguments {
  /** Checks the lengths. */
  public EndAuthority {
    if (number.length != TransactionNumber.LENGTH || billHash.length != Sha256.LENGTH) {
      throw new MalformedInputException("arguments: number has 10 bytes, bill hash 32");
    }
  }

  @Override
  public RequestKind kind() {
    return RequestKind.END_AUTHORITY;
  }

  @Override
  public Cbor.Map toCbor() {
    return Cbor.map().put(1, Cbor.of(number)).put(2, Cbor.of(billHash)).build();
  }
}
