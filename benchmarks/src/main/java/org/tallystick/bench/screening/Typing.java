package org.tallystick.bench.screening;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;

/** Slips of the fingers: a key beside, two letters changed over, one left out or struck twice. */
final class Typing {
  private static final String[] ROWS = {"qwertyuiop", "asdfghjkl", "zxcvbnm"};
  private static final int SHORTEST = 5;
  private static final int FEWEST = 10;
  private static final int LETTERS_FOR_TWO = 16;

  private Typing() {}

  static Optional<String> change(BaseName base, Knowledge knowledge, Random random) {
    List<String> words = new ArrayList<>(base.words());
    List<Integer> places = new ArrayList<>();
    int letters = 0;
    for (int i = 0; i < words.size(); i++) {
      letters += words.get(i).length();
      if (words.get(i).chars().filter(Character::isLetter).count() >= SHORTEST) {
        places.add(i);
      }
    }
    if (places.isEmpty() || letters < FEWEST) {
      return Optional.empty();
    }
    int slips = places.size() > 1 && letters >= LETTERS_FOR_TWO && random.nextInt(4) == 0 ? 2 : 1;
    for (; slips > 0; slips--) {
      int place = places.remove(random.nextInt(places.size()));
      words.set(place, slip(words.get(place), random));
    }
    return Optional.of(Plain.join(words));
  }

  /** One slip, after the first letter. */
  static String slip(String word, Random random) {
    while (true) {
      int at = 1 + random.nextInt(word.length() - 2);
      char c = word.charAt(at);
      char next = word.charAt(at + 1);
      if (!Character.isLetter(c) || !Character.isLetter(next)) {
        continue;
      }
      String head = word.substring(0, at);
      switch (random.nextInt(4)) {
        case 0 -> {
          return head + beside(c, random) + word.substring(at + 1);
        }
        case 1 -> {
          if (c != next) {
            return head + next + c + word.substring(at + 2);
          }
        }
        case 2 -> {
          return head + word.substring(at + 1);
        }
        default -> {
          return head + c + word.substring(at);
        }
      }
    }
  }

  private static char beside(char letter, Random random) {
    for (String row : ROWS) {
      int at = row.indexOf(String.valueOf(letter).toLowerCase(Locale.ROOT));
      if (at >= 0) {
        int beside = at == 0 || (at < row.length() - 1 && random.nextBoolean()) ? at + 1 : at - 1;
        return row.charAt(beside);
      }
    }
    return 'x';
  }
}
