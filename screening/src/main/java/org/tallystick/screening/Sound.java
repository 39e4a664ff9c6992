package org.tallystick.screening;

/**
 * Phonetic keys of words in Latin letters, made for names that came into them from many scripts and
 * by many tables: what transcribers of Arabic, Russian, Persian, Chinese and Korean disagree about
 * (o and u, kh and k, double letters, y and i, …) is made one.
 *
 * <p>The keys of English (Soundex, Metaphone) are of no use here: they read "Xi", "Khrushchev" and
 * "Jorge" as an English speaker would.
 */
final class Sound {
  private Sound() {}

  /**
   * Rough sound with its vowels: {@code mohammed} and {@code muhamad} are {@code muhamad}.
   *
   * @param text a..z, 0..9
   */
  static String fold(String text) {
    StringBuilder fold = new StringBuilder(text.length() + 2);
    for (int at = 0; at < text.length(); at++) {
      char next = at + 1 < text.length() ? text.charAt(at + 1) : ' ';
      char letter = text.charAt(at);
      switch (letter) {
        case 'a' -> add(fold, 'a');
        case 'e' -> {
          if (next == 'e') {
            at++;
            add(fold, 'i');
          } else {
            add(fold, 'a');
          }
        }
        case 'i', 'y' -> add(fold, 'i');
        case 'o', 'u' -> add(fold, 'u');
        default ->
            at += consonant(fold, letter, next, at + 2 < text.length() ? text.charAt(at + 2) : ' ');
      }
    }
    int last = fold.length() - 1;
    if (last > 1 && fold.charAt(last) == 'h') {
      fold.setLength(last);
    }
    return fold.toString();
  }

  /** Adds its sound. Returns how many letters more it took. */
  private static int consonant(StringBuilder fold, char letter, char next, char third) {
    switch (letter) {
      case 'k' -> {
        add(fold, next == 'h' ? 'x' : 'k');
        return next == 'h' ? 1 : 0;
      }
      case 'b', 'g', 't', 'r' -> {
        if (letter == 't' && next == 'h' && !fold.isEmpty()) {
          add(fold, 'q');
          return 1;
        }
        if (letter == 't' && (next == 's' || next == 'z' || (next == 'c' && third == 'h'))) {
          add(fold, 'c');
          return next == 'c' ? 2 : 1;
        }
        add(fold, letter);
        return next == 'h' ? 1 : 0;
      }
      case 'c' -> {
        return sibilant(fold, next);
      }
      case 'd' -> {
        boolean affricate = next == 'j' || (next == 'z' && third == 'h');
        add(fold, affricate ? 'j' : 'd');
        return affricate ? (next == 'j' ? 1 : 2) : next == 'h' ? 1 : 0;
      }
      case 'p' -> {
        add(fold, next == 'h' ? 'f' : 'p');
        return next == 'h' ? 1 : 0;
      }
      case 's' -> {
        add(fold, 's');
        return next == 'c' && third == 'h' ? 2 : next == 'h' || next == 'z' ? 1 : 0;
      }
      case 'z' -> {
        add(fold, next == 'h' ? 'j' : 'z');
        return next == 'h' ? 1 : 0;
      }
      case 'q' -> add(fold, 'k');
      case 'w' -> add(fold, 'v');
      case 'x' -> {
        add(fold, 'k');
        add(fold, 's');
      }
      default -> add(fold, letter);
    }
    return 0;
  }

  private static int sibilant(StringBuilder fold, char next) {
    switch (next) {
      case 'h', 'z' -> {
        add(fold, 'c');
        return 1;
      }
      case 'k' -> {
        add(fold, 'k');
        return 1;
      }
      case 'e', 'i', 'y' -> add(fold, 's');
      default -> add(fold, 'k');
    }
    return 0;
  }

  private static void add(StringBuilder fold, char sound) {
    int length = fold.length();
    if (length == 0 || fold.charAt(length - 1) != sound) {
      fold.append(sound);
    }
  }

  /** A sound with its vowels, voiced and voiceless consonants as one. */
  static String voiceless(String fold) {
    StringBuilder voiceless = new StringBuilder(fold.length());
    for (int at = 0; at < fold.length(); at++) {
      char sound = fold.charAt(at);
      if (sound != 'g' || at == 0 || fold.charAt(at - 1) != 'n') {
        add(voiceless, at == 0 && sound == 'v' ? sound : voiceless(sound));
      }
    }
    return voiceless.toString();
  }

  private static char voiceless(char sound) {
    return switch (sound) {
      case 'b' -> 'p';
      case 'd' -> 't';
      case 'g' -> 'k';
      case 'j' -> 'c';
      case 'x' -> 'h';
      case 'q' -> 's';
      case 'v' -> 'f';
      case 'z' -> 's';
      default -> sound;
    };
  }

  /**
   * The consonants, voiced and voiceless as one, no letter twice in a row: {@code hussein}, and
   * {@code hsyn} as Arabic writes it, are {@code hsn}. Empty for vowels alone.
   *
   * @param text a..z, 0..9
   * @param voiceless its sound so
   */
  static String key(String text, String voiceless) {
    String sound =
        text.indexOf('w', 1) < 0
            ? voiceless
            : voiceless(fold(text.charAt(0) + text.substring(1).replace('w', 'u')));
    StringBuilder key = new StringBuilder(sound.length());
    for (int at = 0; at < sound.length(); at++) {
      char letter = sound.charAt(at);
      if (letter != 'a' && letter != 'i' && letter != 'u') {
        add(key, letter);
      }
    }
    return key.toString();
  }
}
