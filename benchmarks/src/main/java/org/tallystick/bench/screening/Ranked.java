package org.tallystick.bench.screening;

import java.util.List;
import java.util.Random;

/** Words drawn as people bear them: the first often, the last seldom (Zipf). */
final class Ranked {
  /** Family names of large countries fall off about so; given names faster, companies slower. */
  private static final double EXPONENT = 0.8;

  private final List<String> words;
  private final double[] sums;

  Ranked(List<String> words) {
    if (words.isEmpty()) {
      throw new IllegalArgumentException("nothing to draw from");
    }
    this.words = List.copyOf(words);
    sums = new double[words.size()];
    double sum = 0;
    for (int rank = 0; rank < sums.length; rank++) {
      sum += Math.pow(rank + 1.0, -EXPONENT);
      sums[rank] = sum;
    }
  }

  String draw(Random random) {
    double at = random.nextDouble() * sums[sums.length - 1];
    int rank = 0;
    while (sums[rank] < at) {
      rank++;
    }
    return words.get(rank).replace('_', ' ');
  }

  List<String> words() {
    return words;
  }
}
