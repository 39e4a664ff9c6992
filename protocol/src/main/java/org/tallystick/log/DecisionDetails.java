package org.tallystick.log;

import org.tallystick.codec.Cbor;
import org.tallystick.codec.MapReader;
import org.tallystick.money.Money;

/**
 * What a decision line commits to; the exact reason is the bank's and the auditor's.
 *
 * <p>Source: docs/PROTOCOL.md section 9, details.
 *
 * @param number transaction number, text
 * @param billHash 32 bytes
 * @param codeHash 32 bytes
 * @param outcome number on the wire
 * @param reason exact reason, a stable code
 * @param amount with currency
 */
public record DecisionDetails(
    String number, byte[] billHash, byte[] codeHash, int outcome, String reason, Money amount) {
  /** Kind of a line that records a decision. */
  public static final String KIND = "decision";

  /** Deterministic CBOR map. */
  public byte[] encode() {
    return Cbor.map()
        .put(1, Cbor.of(number))
        .put(2, Cbor.of(billHash))
        .put(3, Cbor.of(codeHash))
        .put(4, Cbor.of(outcome))
        .put(5, Cbor.of(reason))
        .put(6, Cbor.of(amount.minor()))
        .put(7, Cbor.of(amount.currency()))
        .build()
        .encode();
  }

  /** Strict inverse of {@link #encode}. */
  public static DecisionDetails decode(byte[] bytes) {
    MapReader map = MapReader.of(Cbor.decode(bytes));
    DecisionDetails details =
        new DecisionDetails(
            map.text(1, 16),
            map.bytes(2, 32),
            map.bytes(3, 32),
            (int) map.integer(4, 1, 5),
            map.text(5, 64),
            Money.of(map.integer(6, 0, Money.MAX_MINOR), map.text(7, 3)));
    map.end();
    return details;
  }
}
