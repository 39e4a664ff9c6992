package org.tallystick.wallet;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;
import org.tallystick.crypto.HmacSha256;

/**
 * A primary account number, ISO/IEC 7812-1:2017: 12 to 19 digits, of which the first eight name the
 * issuer and the last one checks the others.
 *
 * <p>It shows itself only as its last four digits.
 */
public final class Pan {
  private static final Pattern DIGITS = Pattern.compile("[1-9][0-9]{11,18}");
  private static final int BIN_LENGTH = 8;
  private static final int SHOWN = 4;
  private static final byte[] HASH_TAG = "tallystick/pan/v1\0".getBytes(StandardCharsets.US_ASCII);

  private final String digits;

  private Pan(String digits) {
    this.digits = digits;
  }

  /** Reads a number without blanks or dashes; empty where it is not one. */
  public static Optional<Pan> of(String text) {
    return DIGITS.matcher(text).matches() && luhn(text)
        ? Optional.of(new Pan(text))
        : Optional.empty();
  }

  /** The first eight digits: who issued the card. */
  public String bin() {
    return digits.substring(0, BIN_LENGTH);
  }

  /** The last four digits. */
  public String lastFour() {
    return digits.substring(digits.length() - SHOWN);
  }

  /** 32 bytes by which equal numbers are found without opening any. */
  public byte[] searchHash(byte[] searchKey) {
    return HmacSha256.of(searchKey, HASH_TAG, bytes());
  }

  byte[] bytes() {
    return digits.getBytes(StandardCharsets.US_ASCII);
  }

  private static boolean luhn(String text) {
    int sum = 0;
    boolean doubled = false;
    for (int i = text.length() - 1; i >= 0; i--) {
      int digit = text.charAt(i) - '0';
      int weighted = doubled ? 2 * digit : digit;
      sum += weighted > 9 ? weighted - 9 : weighted;
      doubled = !doubled;
    }
    return sum % 10 == 0;
  }

  @Override
  public String toString() {
    return "Pan(..." + lastFour() + ")";
  }
}
