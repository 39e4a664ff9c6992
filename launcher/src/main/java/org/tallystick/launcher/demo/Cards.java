package org.tallystick.launcher.demo;

/** Card numbers for demonstrations. */
public final class Cards {
  private Cards() {}

  /** A card of the bank's own BIN, valid by its check digit, issued to nobody. */
  public static String ownCard() {
    return withCheckDigit("999900001827364");
  }

  /** The number completed by its Luhn check digit (ISO/IEC 7812-1 annex B). */
  public static String withCheckDigit(String digits) {
    int sum = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = digits.charAt(digits.length() - 1 - i) - '0';
      int weighted = i % 2 == 0 ? digit * 2 : digit;
      sum += weighted > 9 ? weighted - 9 : weighted;
    }
    return digits + (10 - sum % 10) % 10;
  }
}
