package org.tallystick.bill;

import java.nio.charset.StandardCharsets;
import org.tallystick.code.TransactionNumber;
import org.tallystick.codec.Cbor;
import org.tallystick.crypto.Sha256;
import org.tallystick.money.Money;

/**
 * What both halves name as bill hash where the payer could not get the bill: terms mode (D1).
 *
 * <p>Source: docs/PROTOCOL.md section 6.2.
 */
public final class TermsHash {
  private static final byte[] TAG = "tallystick terms".getBytes(StandardCharsets.US_ASCII);

  private TermsHash() {}

  /**
   * The hash, 32 bytes.
   *
   * @param number transaction number, text
   */
  public static byte[] of(String consortium, String number, Money amount) {
    byte[] terms =
        Cbor.array(
                Cbor.of(consortium),
                Cbor.of(TransactionNumber.bytes(number)),
                Cbor.of(amount.minor()),
                Cbor.of(amount.currency()))
            .encode();
    return Sha256.of(TAG, terms);
  }
}
