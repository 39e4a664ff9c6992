package org.tallystick.wallet;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;

/**
 * A party's own name for an instrument, as "Card 1": 1 to 32 characters, shown as given, compared
 * without regard to case or width.
 *
 * @param text the name in form NFC
 * @param key what two names are compared by
 */
public record Shorthand(String text, String key) {
  private static final int MAX_CHARACTERS = 32;
  private static final int MAX_KEY_UNITS = 64;

  /** The name, or empty where it is too long, blank or holds what does not print. */
  public static Optional<Shorthand> of(String raw) {
    String text = Normalizer.normalize(raw, Normalizer.Form.NFC).strip();
    int characters = text.codePointCount(0, text.length());
    if (characters < 1
        || characters > MAX_CHARACTERS
        || !text.codePoints().allMatch(Shorthand::prints)) {
      return Optional.empty();
    }
    String key =
        Normalizer.normalize(text, Normalizer.Form.NFKC)
            .toUpperCase(Locale.ROOT)
            .toLowerCase(Locale.ROOT);
    return key.length() > MAX_KEY_UNITS ? Optional.empty() : Optional.of(new Shorthand(text, key));
  }

  private static boolean prints(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
