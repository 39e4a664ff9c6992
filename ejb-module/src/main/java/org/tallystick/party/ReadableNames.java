package org.tallystick.party;

import com.ibm.icu.text.SpoofChecker;
import com.ibm.icu.text.UnicodeSet;
import java.util.Arrays;

/**
 * Whether a name is what it looks like: each word in one script, as names are written, and nothing
 * in it that is not seen. A listed name with one foreign letter in it would pass every screening.
 *
 * <p>Source: UTS #39 section 5.2, highly restrictive; word by word, since a name in two scripts is
 * written in two scripts by people too.
 */
final class ReadableNames {
  private static final SpoofChecker SCRIPTS =
      new SpoofChecker.Builder()
          .setChecks(SpoofChecker.RESTRICTION_LEVEL | SpoofChecker.INVISIBLE)
          .setRestrictionLevel(SpoofChecker.RestrictionLevel.HIGHLY_RESTRICTIVE)
          .build();
  private static final UnicodeSet UNSEEN =
      new UnicodeSet("[[:Default_Ignorable_Code_Point:]\\u2800]").freeze();

  private ReadableNames() {}

  static boolean isReadable(String name) {
    return UNSEEN.containsNone(name)
        && name.codePoints().anyMatch(Character::isLetterOrDigit)
        && Arrays.stream(name.strip().split("[\\p{Z}\\s\\p{Pd}]+", -1))
            .noneMatch(SCRIPTS::failsChecks);
  }
}
