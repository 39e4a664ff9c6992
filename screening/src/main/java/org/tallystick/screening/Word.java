package org.tallystick.screening;

/**
 * One word of a name, ready to be compared.
 *
 * @param text in the letters a..z and 0..9
 * @param consonantal written in a script that leaves most vowels out (Arabic, Hebrew, Syriac): only
 *     its consonants can be compared
 * @param fold its rough sound, see {@link Sound#fold}
 * @param voiceless the same, voiced and voiceless consonants as one
 * @param key its consonants alone, see {@link Sound#key}
 */
record Word(String text, boolean consonantal, String fold, String voiceless, String key) {
  static Word of(String text, boolean consonantal) {
    String fold = Sound.fold(text);
    String voiceless = Sound.voiceless(fold);
    return new Word(text, consonantal, fold, voiceless, Sound.key(text, voiceless));
  }

  /** A letter that may stand for a whole word. */
  boolean initial() {
    return text.length() == 1 && Character.isLetter(text.charAt(0));
  }
}
