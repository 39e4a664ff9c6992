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

  private static final int GROUP = 4;

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

  /** Text for the eye and the keyboard: with check symbol, {@code ABCD-EFGH-JKMN-PQRS-T}. */
  public static String typable(String number) {
    String symbols = Crockford32.encodeWithCheck(bytes(number));
    StringBuilder grouped = new StringBuilder();
    for (int i = 0; i < symbols.length(); i++) {
      if (i > 0 && i % GROUP == 0) {
        grouped.append('-');
      }
      grouped.append(symbols.charAt(i));
    }
    return grouped.toString();
  }

  /**
   * Canonical text of what a person typed; case, hyphens and spaces do not matter.
   *
   * @throws MalformedInputException if it is no number, or its check symbol is wrong
   */
  public static String typed(String text) {
    return text(Crockford32.decodeWithCheck(text.replace(" ", ""), LENGTH));
  }
}
