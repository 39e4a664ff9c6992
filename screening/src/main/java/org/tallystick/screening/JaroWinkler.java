package org.tallystick.screening;

/**
 * Likeness of two words by the letters that they share at about the same places; letters at the
 * start count more.
 *
 * <p>Source: W. E. Winkler, String Comparator Metrics and Enhanced Decision Rules in the
 * Fellegi-Sunter Model of Record Linkage, 1990.
 */
final class JaroWinkler {
  private static final double PREFIX_WEIGHT = 0.1;
  private static final int PREFIX_LENGTH = 4;

  /** Longer words are compared by their first letters alone: one bit of a long for each. */
  private static final int LENGTH = 64;

  private JaroWinkler() {}

  /** 0: nothing in common; 1: the same. */
  static double similarity(String a, String b) {
    int m = Math.min(a.length(), LENGTH);
    int n = Math.min(b.length(), LENGTH);
    int window = Math.max(0, Math.max(m, n) / 2 - 1);
    long inA = 0;
    long inB = 0;
    for (int i = 0; i < m; i++) {
      for (int j = Math.max(0, i - window); j < Math.min(n, i + window + 1); j++) {
        if ((inB >> j & 1) == 0 && a.charAt(i) == b.charAt(j)) {
          inA |= 1L << i;
          inB |= 1L << j;
          break;
        }
      }
    }
    int common = Long.bitCount(inA);
    if (common == 0) {
      return 0;
    }
    double jaro =
        ((double) common / m
                + (double) common / n
                + (common - moved(a, inA, b, inB) / 2.0) / common)
            / 3;
    int prefix = 0;
    while (prefix < Math.min(PREFIX_LENGTH, Math.min(m, n))
        && a.charAt(prefix) == b.charAt(prefix)) {
      prefix++;
    }
    return jaro + prefix * PREFIX_WEIGHT * (1 - jaro);
  }

  /** Common letters that stand in another order. */
  private static int moved(String a, long inA, String b, long inB) {
    int moved = 0;
    for (long restA = inA, restB = inB; restA != 0; restA &= restA - 1, restB &= restB - 1) {
      if (a.charAt(Long.numberOfTrailingZeros(restA))
          != b.charAt(Long.numberOfTrailingZeros(restB))) {
        moved++;
      }
    }
    return moved;
  }
}
