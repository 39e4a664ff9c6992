package org.tallystick.code;

import org.tallystick.codec.Crockford32;
import org.tallystick.codec.MalformedInputException;

/**
 * Text form of a transaction or receipt number: 10 bytes, 16 Crockford base32 symbols.
 *
 * <p>Source: docs/PROTOCOL.md section 1.2; TSE-07.
 */
public final class TransactionNumber {
  /** Bytes of a number. */
  public static final int LENGTH = 10;

  private TransactionNumber() {}

  /** Canonical text of 10 bytes. */
  public static String text(byte[] number) {
    if (number.length != LENGTH) {
      throw new IllegalArgumentException("a number has 10 bytes");
    }
    return Crockford32.encode(number);
  }

  /** Bytes of a canonical text; typing variants are refused because the text is signed. */
  public static byte[] bytes(String text) {
    byte[] number = Crockford32.decode(text, LENGTH);
    if (!text(number).equals(text)) {
      throw new MalformedInputException("number is not in canonical form");
    }
    return number;
  }

  /** Canonical text of what a person typed. */
  public static String canonical(String typed) {
    return text(Crockford32.decode(typed, LENGTH));
  }
}
