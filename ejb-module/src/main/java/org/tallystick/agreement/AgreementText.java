package org.tallystick.agreement;

import java.text.Normalizer;
import org.tallystick.enrolment.Offer;

/**
 * Which texts may be an agreement: what every screen shows alike, line by line, so that nobody is
 * made to sign what cannot be seen.
 */
final class AgreementText {
  private AgreementText() {}

  /**
   * Whether it is 1 to 12,000 characters of printing text in lines that end with line feeds, in
   * Unicode's composed form (NFC), not blank.
   */
  static boolean isGood(String text) {
    return !text.isBlank()
        && text.codePointCount(0, text.length()) <= Offer.MAX_CONTRACT
        && text.codePoints().allMatch(AgreementText::prints)
        && Normalizer.isNormalized(text, Normalizer.Form.NFC);
  }

  private static boolean prints(int character) {
    return character == '\n'
        || switch (Character.getType(character)) {
          case Character.CONTROL,
              Character.FORMAT,
              Character.SURROGATE,
              Character.UNASSIGNED,
              Character.PRIVATE_USE,
              Character.LINE_SEPARATOR,
              Character.PARAGRAPH_SEPARATOR ->
              false;
          default -> true;
        };
  }
}
