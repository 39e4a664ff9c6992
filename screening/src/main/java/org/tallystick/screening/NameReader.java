package org.tallystick.screening;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UCharacterCategory;
import com.ibm.icu.lang.UProperty;
import com.ibm.icu.lang.UScript;
import com.ibm.icu.text.Normalizer2;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Takes a name apart into words that can be compared: compatibility forms made one, case folded,
 * what is not seen left out, every script turned into Latin letters.
 *
 * <p>Source: Unicode 3.13 and UAX #15 (NFKC, toNFKC_Casefold), UTS #39 (look-alikes).
 */
final class NameReader {
  private static final Normalizer2 COMPATIBLE = Normalizer2.getNFKCInstance();
  private static final Normalizer2 FOLDING = Normalizer2.getNFKCCasefoldInstance();

  /** Letters that a word has behind the Arabic article at least. */
  private static final int SHORTEST_AFTER_ARTICLE = 2;

  private static final String GOD = "\u0627\u0644\u0644\u0647";
  private static final Pattern PERSIAN = Pattern.compile("[\u062b\u0630\u0636\u0638]");
  private static final Pattern SERVANT_OF = Pattern.compile("abd[aeou]{1,2}[ldnrstz]");

  private NameReader() {}

  /**
   * A name as it sounds, and where that differs, as it looks; a name in Arabic letters as Arabs say
   * it, and as Persians do.
   *
   * @param name at most {@link Query#MAX_LENGTH} chars
   * @return one to four readings; words in the order of the name
   * @throws UnreadableName where it cannot be compared, with the reason
   */
  static List<List<Word>> read(String name) throws UnreadableName {
    if (name.length() > Query.MAX_LENGTH) {
      throw new UnreadableName(Obstacle.TOO_LONG);
    }
    Set<List<Word>> readings = new LinkedHashSet<>();
    addReadings(readings, name);
    if (PERSIAN.matcher(name).find()) {
      addReadings(readings, persian(name));
    }
    return List.copyOf(readings);
  }

  private static void addReadings(Set<List<Word>> readings, String name) throws UnreadableName {
    List<Word> sound = new ArrayList<>();
    List<Word> look = new ArrayList<>();
    for (String piece : pieces(name)) {
      String folded = FOLDING.normalize(piece);
      String likeness = Latin.plain(folded) ? folded : FOLDING.normalize(Latin.look(piece));
      if (mixed(piece)) {
        addSounds(sound, likeness);
        addSounds(look, likeness);
      } else {
        addSounds(sound, folded);
        addSounds(look, Latin.plain(likeness) ? lettersForDigits(likeness) : folded);
      }
    }
    if (sound.isEmpty()) {
      throw new UnreadableName(Obstacle.NOTHING_TO_COMPARE);
    }
    if (Math.max(sound.size(), look.size()) > Screener.MAX_TERMS) {
      throw new UnreadableName(Obstacle.TOO_MANY_TERMS);
    }
    readings.add(sound);
    readings.add(look);
  }

  /** A word that nobody writes: of Latin letters and others. */
  private static boolean mixed(String piece) {
    return Latin.foreign(piece)
        && piece.codePoints().anyMatch(c -> Latin.script(c) == UScript.LATIN);
  }

  /**
   * Runs of letters, marks and digits; what stands inside a word without being one goes. Korean
   * blocks stand alone: names are told apart by syllables. A Chinese word ends where other letters
   * begin.
   */
  private static List<String> pieces(String name) throws UnreadableName {
    List<String> pieces = new ArrayList<>();
    StringBuilder piece = new StringBuilder();
    String compatible = COMPATIBLE.normalize(name);
    boolean han = false;
    for (int at = 0; at < compatible.length(); ) {
      int character = compatible.codePointAt(at);
      at += Character.charCount(character);
      if (UCharacter.isLetterOrDigit(character) || (mark(character) && !piece.isEmpty())) {
        int script = Latin.script(character);
        if (script == UScript.HANGUL || (script == UScript.HAN) != han) {
          flush(pieces, piece);
        }
        han = script == UScript.HAN;
        piece.appendCodePoint(character);
      } else if (!silent(character)) {
        flush(pieces, piece);
      }
    }
    flush(pieces, piece);
    if (pieces.size() > Screener.MAX_TERMS) {
      throw new UnreadableName(Obstacle.TOO_MANY_TERMS);
    }
    return pieces;
  }

  /** Nought and one inside a word look like letters. Source: UTS #39, confusables. */
  private static String lettersForDigits(String word) {
    return word.codePoints().anyMatch(c -> c >= 'a' && c <= 'z')
        ? word.replace('0', 'o').replace('1', 'l')
        : word;
  }

  private static String persian(String name) {
    return name.replace('\u062b', '\u0633')
        .replace('\u0630', '\u0632')
        .replace('\u0636', '\u0632')
        .replace('\u0638', '\u0632');
  }

  private static void flush(List<String> pieces, StringBuilder piece) {
    if (!piece.isEmpty()) {
      pieces.add(piece.toString());
      piece.setLength(0);
    }
  }

  private static boolean mark(int character) {
    int type = UCharacter.getType(character);
    return type == UCharacterCategory.NON_SPACING_MARK
        || type == UCharacterCategory.COMBINING_SPACING_MARK
        || type == UCharacterCategory.ENCLOSING_MARK;
  }

  /** Apostrophes of all kinds, and what is not seen: the word goes on. */
  private static boolean silent(int character) {
    return "'`\u00b4\u2018\u2019\u201b\u2032\u055a\u05f3\u05f4\"".indexOf(character) >= 0
        || UCharacter.getType(character) == UCharacterCategory.FORMAT
        || UCharacter.hasBinaryProperty(character, UProperty.DEFAULT_IGNORABLE_CODE_POINT);
  }

  private static void addSounds(List<Word> words, String folded) throws UnreadableName {
    String rest = folded;
    boolean consonantal = rest.codePoints().anyMatch(c -> consonantal(Latin.script(c)));
    if (rest.startsWith("\u0627\u0644")
        && rest.length() > SHORTEST_AFTER_ARTICLE + 1
        && !rest.equals(GOD)) {
      words.add(Word.of("al", false));
      rest = rest.substring(2);
    }
    for (String latin : Latin.sound(rest).split("[^\\p{L}\\p{N}]+", -1)) {
      if (!Latin.plain(latin)) {
        throw new UnreadableName(Obstacle.UNKNOWN_SCRIPT);
      }
      if (!latin.isEmpty()) {
        addLatin(words, latin, consonantal);
      }
    }
  }

  /** "Abdul" is two words, and so it is written in its own script. */
  private static void addLatin(List<Word> words, String latin, boolean consonantal) {
    if (SERVANT_OF.matcher(latin).matches()) {
      words.add(Word.of("abd", false));
      words.add(Word.of("al", false));
    } else {
      words.add(Word.of(latin, consonantal));
    }
  }

  private static boolean consonantal(int script) {
    return script == UScript.ARABIC || script == UScript.HEBREW || script == UScript.SYRIAC;
  }
}
