package org.tallystick.screening;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UScript;
import com.ibm.icu.text.SpoofChecker;
import com.ibm.icu.text.Transliterator;

/**
 * Words of any script in Latin letters.
 *
 * <p>ICU's own tables are made so that they can be turned round; names are written in Latin letters
 * by other, looser ones. Cyrillic therefore has its own here, and Korean vowels are written as
 * North Korea does; marks are dropped from all.
 */
final class Latin {
  private static final Transliterator FOLDED =
      Transliterator.getInstance("NFD; [[:M:][:Lm:]] Remove; Latin-ASCII; Lower; NFC");
  private static final Transliterator ANY =
      Transliterator.getInstance("Any-Latin; NFD; [[:M:][:Lm:]] Remove; Latin-ASCII; Lower; NFC");
  private static final Transliterator CYRILLIC =
      Transliterator.createFromRules(
          "Cyrillic-Names",
          """
          а > a; б > b; в > v; г > g; ґ > g; ѓ > gj; д > d; ђ > dj; е > e; є > ye; ж > zh; з > z; ѕ > dz;
          и > i; і > i; ї > yi; й > y; ј > j; к > k; ќ > kj; л > l; љ > lj; м > m; н > n; њ > nj; о > o;
          п > p; р > r; с > s; т > t; ћ > c; у > u; ў > u; ф > f; х > kh; ц > ts; ч > ch; џ > dzh; ш > sh;
          щ > shch; ъ > ; ы > y; ь > ; э > e; ю > yu; я > ya; ә > a; ғ > gh; қ > q; ң > ng; ө > o; ұ > u;
          ү > u; һ > h; ҳ > h; ҷ > j; ӣ > i; ӯ > u;
          """,
          Transliterator.FORWARD);

  /** Modern Greek as it is said; the digraphs that write b, d, g and j in foreign names first. */
  private static final Transliterator GREEK =
      Transliterator.createFromRules(
          "Greek-Names",
          """
          :: NFD; :: [[:M:]-[\u0308]] Remove; :: NFC;
          ^ { ντ > d; νντ > nd; ντ > nd; μπ > b; γκ > g; γγ > ng; γξ > nx; γχ > nkh; τζ > j; τσ > ts; τς > ts;
          ου > u; αυ > av; ευ > ev; υι > yi;
          γ } [ειηυ] > y;
          α > a; β > v; γ > g; δ > d; ε > e; ζ > z; η > i; θ > th; ι > i; κ > k; λ > l; μ > m; ν > n;
          ξ > x; ο > o; π > p; ρ > r; σ > s; ς > s; τ > t; υ > y; φ > f; χ > kh; ψ > ps; ω > o;
          ϊ > i; ϋ > y;
          """,
          Transliterator.FORWARD);

  private static final SpoofChecker LOOKS =
      new SpoofChecker.Builder().setChecks(SpoofChecker.CONFUSABLE).build();

  private Latin() {}

  /** Already made of a..z and 0..9. */
  static boolean plain(String word) {
    for (int at = 0; at < word.length(); at++) {
      if (!plain(word.charAt(at))) {
        return false;
      }
    }
    return true;
  }

  private static boolean plain(int character) {
    return (character >= 'a' && character <= 'z') || (character >= '0' && character <= '9');
  }

  /**
   * What it sounds like: words of a..z and 0..9, and whatever no table knows.
   *
   * @param word in small letters, composed
   */
  static String sound(String word) {
    if (plain(word)) {
      return word;
    }
    String latin = FOLDED.transliterate(word);
    if (plain(latin)) {
      return latin;
    }
    int script = word.codePoints().map(Latin::script).filter(Latin::own).findFirst().orElse(-1);
    return switch (script) {
      case UScript.CYRILLIC -> ANY.transliterate(CYRILLIC.transliterate(word));
      case UScript.GREEK -> ANY.transliterate(GREEK.transliterate(word));
      case UScript.HANGUL -> korean(ANY.transliterate(word));
      case UScript.ARABIC -> ANY.transliterate(apart(word));
      default -> ANY.transliterate(word);
    };
  }

  private static boolean own(int script) {
    return script == UScript.CYRILLIC
        || script == UScript.GREEK
        || script == UScript.HANGUL
        || script == UScript.ARABIC;
  }

  /**
   * Ayn is no consonant where names are heard; an h that follows another letter must not become
   * part of its "th", "sh" or "kh"; the heh with two dots at the end is one without.
   */
  private static String apart(String arabic) {
    return arabic
        .replace('\u0629', '\u0647')
        .replace('\u0639', '\u0627')
        .replaceAll("(?<=.)([\u0647\u062d])", "\u0627$1");
  }

  private static String korean(String latin) {
    String vowels = latin.replace("eo", "o").replace("eu", "u");
    return vowels.startsWith("l") ? "r" + vowels.substring(1) : vowels;
  }

  /**
   * What it looks like where it looks like Latin letters, each letter for itself: a Cyrillic а is
   * an a. Letters that look like none stay as they are.
   *
   * <p>Source: UTS #39 section 4.
   *
   * @param word in its own case: the look of a letter is that of its case
   */
  static String look(String word) {
    StringBuilder look = new StringBuilder(word.length());
    word.codePoints()
        .forEach(
            character -> {
              String letter = Character.toString(character);
              String skeleton = LOOKS.getSkeleton(letter);
              boolean latin = script(character) != UScript.LATIN && ascii(skeleton);
              look.append(latin ? skeleton : letter);
            });
    return look.toString();
  }

  private static boolean ascii(String letters) {
    return letters.codePoints().allMatch(c -> c < 0x80 && UCharacter.isLetterOrDigit(c));
  }

  static int script(int character) {
    return UScript.getScript(character);
  }

  /** Letters of another script than Latin, or of more than one. */
  static boolean foreign(String word) {
    return word.codePoints().anyMatch(c -> UCharacter.isLetter(c) && script(c) != UScript.LATIN);
  }
}
