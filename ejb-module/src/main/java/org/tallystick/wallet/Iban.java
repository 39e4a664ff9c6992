package org.tallystick.wallet;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An international bank account number: country (2 letters), check digits (2), account within the
 * country; its length is fixed for each country.
 *
 * <p>Source: ISO 13616-1:2020, check digits by ISO/IEC 7064 MOD 97-10; lengths from the IBAN
 * registry.
 */
public final class Iban implements AccountNumber {
  private static final Pattern FORM = Pattern.compile("[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}");
  private static final Pattern PRINTED =
      Pattern.compile("[A-Z0-9]{4}( [A-Z0-9]{4})* [A-Z0-9]{1,4}");
  private static final Pattern LENGTH = Pattern.compile("([A-Z]{2})([0-9]{2})");
  private static final int SHOWN = 4;
  private static final int MODULUS = 97;
  private static final int LEAST_CHECK = 2;
  private static final int MOST_CHECK = 98;

  /** The single euro payments area, then others. */
  private static final Map<String, Integer> LENGTHS =
      lengths(
          "AD24 AL28 AT20 BE16 BG22 CH21 CY28 CZ24 DE22 DK18 EE20 ES24 FI18 FR27 GB22 GI23 GR27"
              + " HR21 HU28 IE22 IS26 IT27 LI21 LT20 LU20 LV21 MC27 MD24 ME22 MK19 MT31 NL18 NO15"
              + " PL28 PT25 RO24 RS22 SE24 SI19 SK24 SM27 VA22"
              + " AE23 AZ28 BA20 BH22 BR29 CR22 DO28 EG29 FO18 GE22 GL18 GT28 IL23 JO30 KW30 KZ20"
              + " LB28 MR27 MU30 PK24 PS29 QA29 SA24 TN24 TR26 UA29 VG24 XK20");

  private final String text;

  private Iban(String text) {
    this.text = text;
  }

  private static Map<String, Integer> lengths(String table) {
    Map<String, Integer> lengths = new TreeMap<>();
    Matcher entries = LENGTH.matcher(table);
    while (entries.find()) {
      lengths.put(entries.group(1), Integer.valueOf(entries.group(2)));
    }
    return Map.copyOf(lengths);
  }

  /**
   * Reads a number as it is sent, without blanks, or as it is printed, in groups of four; empty
   * where it is not one.
   */
  public static Optional<Iban> of(String text) {
    String plain = PRINTED.matcher(text).matches() ? text.replace(" ", "") : text;
    return FORM.matcher(plain).matches()
            && Integer.valueOf(plain.length()).equals(LENGTHS.get(plain.substring(0, 2)))
            && checks(plain)
        ? Optional.of(new Iban(plain))
        : Optional.empty();
  }

  /** Country and check digits go to the end, letters become 10 to 35: the rest of 97 must be 1. */
  private static boolean checks(String plain) {
    int check = Integer.parseInt(plain.substring(2, 4));
    String turned = plain.substring(4) + plain.substring(0, 4);
    int rest = 0;
    for (int i = 0; i < turned.length(); i++) {
      int value = Character.digit(turned.charAt(i), Character.MAX_RADIX);
      rest = (value > 9 ? 100 * rest + value : 10 * rest + value) % MODULUS;
    }
    return rest == 1 && check >= LEAST_CHECK && check <= MOST_CHECK;
  }

  @Override
  public AccountForm form() {
    return AccountForm.IBAN;
  }

  @Override
  public String country() {
    return text.substring(0, 2);
  }

  @Override
  public String lastFour() {
    return text.substring(text.length() - SHOWN);
  }

  @Override
  public byte[] bytes() {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public String toString() {
    return "Iban(" + country() + "..." + lastFour() + ")";
  }
}
