package org.tallystick.bench.crypto;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.openjdk.jmh.util.ListStatistics;

/**
 * The figures of one work: forks, and in each many short iterations in which both sides come in
 * turns. An iteration gives the ratio of both sides' times, a fork the median of its iterations,
 * the comparison the median of its forks: what else the machine does for a moment moves none.
 */
final class Comparison {
  /**
   * One iteration, for each operation.
   *
   * @param protocolNanos of the protocol
   * @param primitivesNanos of the primitives
   * @param protocolBytes allocated by the protocol
   * @param primitivesBytes allocated by the primitives
   */
  record Iteration(
      double protocolNanos, double primitivesNanos, double protocolBytes, double primitivesBytes) {
    double ratio() {
      return protocolNanos / primitivesNanos;
    }
  }

  /** One fork. */
  record Fork(List<Iteration> iterations) {
    Fork {
      iterations = List.copyOf(iterations);
    }

    double ratio() {
      return median(Iteration::ratio);
    }

    double median(ToDoubleFunction<Iteration> figure) {
      return Comparison.median(iterations.stream().mapToDouble(figure).toArray());
    }
  }

  private final Work work;
  private final List<Fork> forks = new ArrayList<>();

  Comparison(Work work) {
    this.work = work;
  }

  void add(Fork fork) {
    forks.add(fork);
  }

  Work work() {
    return work;
  }

  /** A figure: the median of the forks' medians. */
  double median(ToDoubleFunction<Iteration> figure) {
    return median(forks.stream().mapToDouble(fork -> fork.median(figure)).toArray());
  }

  /** Ratios of the forks, smallest first. */
  List<Double> ratios() {
    return forks.stream().map(Fork::ratio).sorted().toList();
  }

  /** Median of the forks' ratios. */
  double ratio() {
    return median(Iteration::ratio);
  }

  /** Whether the ratio is within the limit; without a single fork it is not. */
  boolean holds() {
    return ratio() <= work.limit();
  }

  private static double median(double[] figures) {
    return new ListStatistics(figures).getPercentile(50);
  }
}
