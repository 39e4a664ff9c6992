package org.tallystick.bill;

import org.tallystick.codec.Cbor;

/**
 * One line of a bill.
 *
 * @param text for people, at most 64 characters
 * @param minor minor units of the bill's currency
 */
public record BillItem(String text, long minor) {
  /** Longest text, characters. */
  public static final int MAX_TEXT = 64;

  Cbor toCbor() {
    return Cbor.array(Cbor.of(text), Cbor.of(minor));
  }

  static BillItem of(Cbor item) {
    var parts = item.asArray(2);
    return new BillItem(parts.get(0).asText(MAX_TEXT), parts.get(1).asLong());
  }
}
