package org.tallystick.it;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Whether two kinds of request take equally long, told from pairs: one of each kind, sent right
 * after each other, in an order that a coin decides. What makes the machine slow for a while makes
 * both of a pair slow, and the coin lets neither kind come first more often; so the noise of a busy
 * machine is symmetric in the differences and moves their median to neither side.
 *
 * <p>The effect is the median of the differences, in milliseconds. Its confidence interval comes
 * from the sign test: between the order statistics of ranks n/2 ± z √n/2 the true median lies in
 * 99.9 of 100 measurements, however the differences are distributed. Outliers count by their sign
 * alone.
 *
 * <p>Source: Hollander, Wolfe, Chicken, Nonparametric Statistical Methods, 3rd edition, 3.6.
 *
 * @param existing nanoseconds for what exists
 * @param unknown nanoseconds for what does not, of the same pairs
 */
record PairedTimes(long[] existing, long[] unknown) {
  /** Quantile of the normal distribution for 99.9 % on two sides. */
  private static final double Z = 3.291;

  private static final double NANOS_PER_MILLI = 1e6;

  PairedTimes {
    if (existing.length != unknown.length || existing.length < 2) {
      throw new IllegalArgumentException("times do not come in pairs");
    }
  }

  /** What the pairs show. */
  enum Verdict {
    /** The whole interval lies within the bound: shown to be equal, as far as the bound says. */
    EQUAL,
    /** The whole interval lies outside the bound: shown to be different. */
    DIFFERENT,
    /** Too few pairs, or too much noise, to say either. */
    UNDECIDED
  }

  Verdict verdict(double boundMillis) {
    double low = low();
    double high = high();
    if (-boundMillis <= low && high <= boundMillis) {
      return Verdict.EQUAL;
    }
    return low > boundMillis || high < -boundMillis ? Verdict.DIFFERENT : Verdict.UNDECIDED;
  }

  /** Both measurements as one. */
  PairedTimes and(PairedTimes more) {
    return new PairedTimes(
        LongStream.concat(Arrays.stream(existing), Arrays.stream(more.existing)).toArray(),
        LongStream.concat(Arrays.stream(unknown), Arrays.stream(more.unknown)).toArray());
  }

  int pairs() {
    return existing.length;
  }

  /** Median of the differences, in milliseconds; positive where what exists takes longer. */
  double effect() {
    return median(differences());
  }

  /** Lower end of the interval, in milliseconds. */
  double low() {
    return differences()[rank()] / NANOS_PER_MILLI;
  }

  /** Upper end of the interval, in milliseconds. */
  double high() {
    return differences()[pairs() - 1 - rank()] / NANOS_PER_MILLI;
  }

  /** In which share of the pairs what exists took longer; a half where nothing is told. */
  double slower() {
    long[] differences = differences();
    double longer = Arrays.stream(differences).filter(one -> one > 0).count();
    double equal = Arrays.stream(differences).filter(one -> one == 0).count();
    return (longer + equal / 2) / differences.length;
  }

  private int rank() {
    return Math.max(0, (int) Math.floor((pairs() - Z * Math.sqrt(pairs())) / 2));
  }

  private long[] differences() {
    return IntStream.range(0, pairs()).mapToLong(i -> existing[i] - unknown[i]).sorted().toArray();
  }

  private static double median(long[] values) {
    long[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    double nanos =
        sorted.length % 2 == 1
            ? sorted[middle]
            : ((double) sorted[middle - 1] + sorted[middle]) / 2;
    return nanos / NANOS_PER_MILLI;
  }

  /** The figures, in one line. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%d pairs, medians %.3f and %.3f ms, effect %+.3f ms, 99.9%% from %+.3f to %+.3f, slower"
            + " %.3f",
        pairs(),
        median(existing),
        median(unknown),
        effect(),
        low(),
        high(),
        slower());
  }
}
