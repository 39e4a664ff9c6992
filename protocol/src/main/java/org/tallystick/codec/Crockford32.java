package org.tallystick.codec;

import java.math.BigInteger;

/**
 * Base 32 for what people read aloud and type: no I, L, O, U, case ignored, hyphens ignored.
 *
 * <p>The bytes are one unsigned big-endian number, written with a fixed count of symbols ⌈8·n/5⌉
 * and leading zeros; so spare bits stand at the front, and 16 bytes are 26 symbols of which the
 * first is at most 7. The check symbol is that number modulo 37; its five extra symbols are {@code
 * *+$%U}, all in the alphanumeric set of a QR code (Crockford's own are not).
 *
 * <p>Source: Douglas Crockford, "Base 32", crockford.com/base32.html.
 */
public final class Crockford32 {
  private static final String SYMBOLS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  private static final String CHECK_SYMBOLS = SYMBOLS + "*+$%U";
  private static final BigInteger CHECK_MODULUS = BigInteger.valueOf(CHECK_SYMBOLS.length());
  private static final int BITS = 5;

  private Crockford32() {}

  /** Returns the symbols, upper case, without hyphens. */
  public static String encode(byte[] bytes) {
    char[] symbols = new char[symbolCount(bytes.length)];
    BigInteger rest = new BigInteger(1, bytes);
    for (int i = symbols.length - 1; i >= 0; i--) {
      symbols[i] = SYMBOLS.charAt(rest.intValue() & 0x1F);
      rest = rest.shiftRight(BITS);
    }
    return new String(symbols);
  }

  /** Returns the symbols followed by the check symbol. */
  public static String encodeWithCheck(byte[] bytes) {
    return encode(bytes) + checkSymbol(new BigInteger(1, bytes));
  }

  /**
   * Returns the bytes; I and L are read as 1, O as 0.
   *
   * @throws MalformedInputException if the symbols are not exactly {@code byteLength} bytes, or a
   *     spare bit is set
   */
  public static byte[] decode(String text, int byteLength) {
    return bytes(number(withoutHyphens(text), byteLength), byteLength);
  }

  /**
   * Returns the bytes after the check symbol was found right.
   *
   * @throws MalformedInputException as for {@link #decode}, or if the check symbol is wrong
   */
  public static byte[] decodeWithCheck(String text, int byteLength) {
    String symbols = withoutHyphens(text);
    if (symbols.isEmpty()) {
      throw new MalformedInputException("no check symbol");
    }
    int last = symbols.length() - 1;
    BigInteger number = number(symbols.substring(0, last), byteLength);
    if (normalised(symbols.charAt(last)) != checkSymbol(number)) {
      throw new MalformedInputException("check symbol is wrong");
    }
    return bytes(number, byteLength);
  }

  private static int symbolCount(int byteLength) {
    return (8 * byteLength + BITS - 1) / BITS;
  }

  private static char checkSymbol(BigInteger number) {
    return CHECK_SYMBOLS.charAt(number.mod(CHECK_MODULUS).intValue());
  }

  private static String withoutHyphens(String text) {
    return text.replace("-", "");
  }

  private static BigInteger number(String symbols, int byteLength) {
    if (symbols.length() != symbolCount(byteLength)) {
      throw new MalformedInputException(
          symbols.length() + " symbols instead of " + symbolCount(byteLength));
    }
    BigInteger number = BigInteger.ZERO;
    for (int i = 0; i < symbols.length(); i++) {
      int value = SYMBOLS.indexOf(normalised(symbols.charAt(i)));
      if (value < 0) {
        throw new MalformedInputException("not a Crockford symbol at position " + i);
      }
      number = number.shiftLeft(BITS).or(BigInteger.valueOf(value));
    }
    if (number.bitLength() > 8 * byteLength) {
      throw new MalformedInputException("a spare bit is set");
    }
    return number;
  }

  private static char normalised(char symbol) {
    char upper = symbol >= 'a' && symbol <= 'z' ? (char) (symbol - 'a' + 'A') : symbol;
    return switch (upper) {
      case 'I', 'L' -> '1';
      case 'O' -> '0';
      default -> upper;
    };
  }

  private static byte[] bytes(BigInteger number, int byteLength) {
    byte[] bytes = new byte[byteLength];
    BigInteger rest = number;
    for (int i = byteLength - 1; i >= 0; i--) {
      bytes[i] = rest.byteValue();
      rest = rest.shiftRight(8);
    }
    return bytes;
  }
}
