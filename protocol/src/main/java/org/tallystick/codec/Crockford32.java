package org.tallystick.codec;

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
  private static final int BITS = 5;

  private Crockford32() {}

  /** Returns the symbols, upper case, without hyphens. */
  public static String encode(byte[] bytes) {
    char[] symbols = new char[symbolCount(bytes.length)];
    int next = symbols.length - 1;
    int pending = 0;
    int pendingBits = 0;
    for (int i = bytes.length - 1; i >= 0; i--) {
      pending |= (bytes[i] & 0xFF) << pendingBits;
      pendingBits += 8;
      while (pendingBits >= BITS) {
        symbols[next--] = SYMBOLS.charAt(pending & 0x1F);
        pending >>>= BITS;
        pendingBits -= BITS;
      }
    }
    if (pendingBits > 0) {
      symbols[0] = SYMBOLS.charAt(pending);
    }
    return new String(symbols);
  }

  /** Returns the symbols followed by the check symbol. */
  public static String encodeWithCheck(byte[] bytes) {
    return encode(bytes) + checkSymbol(bytes);
  }

  /**
   * Returns the bytes; I and L are read as 1, O as 0.
   *
   * @throws MalformedInputException if the symbols are not exactly {@code byteLength} bytes, or a
   *     spare bit is set
   */
  public static byte[] decode(String text, int byteLength) {
    return bytes(withoutHyphens(text), byteLength);
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
    byte[] bytes = bytes(symbols.substring(0, last), byteLength);
    if (normalised(symbols.charAt(last)) != checkSymbol(bytes)) {
      throw new MalformedInputException("check symbol is wrong");
    }
    return bytes;
  }

  private static int symbolCount(int byteLength) {
    return (8 * byteLength + BITS - 1) / BITS;
  }

  private static char checkSymbol(byte[] bytes) {
    int remainder = 0;
    for (byte b : bytes) {
      remainder = (remainder << 8 | (b & 0xFF)) % CHECK_SYMBOLS.length();
    }
    return CHECK_SYMBOLS.charAt(remainder);
  }

  private static String withoutHyphens(String text) {
    return text.replace("-", "");
  }

  private static byte[] bytes(String symbols, int byteLength) {
    if (symbols.length() != symbolCount(byteLength)) {
      throw new MalformedInputException(
          symbols.length() + " symbols instead of " + symbolCount(byteLength));
    }
    byte[] bytes = new byte[byteLength];
    int next = byteLength - 1;
    int pending = 0;
    int pendingBits = 0;
    for (int i = symbols.length() - 1; i >= 0; i--) {
      int value = SYMBOLS.indexOf(normalised(symbols.charAt(i)));
      if (value < 0) {
        throw new MalformedInputException("not a Crockford symbol at position " + i);
      }
      pending |= value << pendingBits;
      pendingBits += BITS;
      if (pendingBits >= 8 && next >= 0) {
        bytes[next--] = (byte) pending;
        pending >>>= 8;
        pendingBits -= 8;
      }
    }
    if (pending != 0) {
      throw new MalformedInputException("a spare bit is set");
    }
    return bytes;
  }

  private static char normalised(char symbol) {
    char upper = symbol >= 'a' && symbol <= 'z' ? (char) (symbol - 'a' + 'A') : symbol;
    return switch (upper) {
      case 'I', 'L' -> '1';
      case 'O' -> '0';
      default -> upper;
    };
  }
}
