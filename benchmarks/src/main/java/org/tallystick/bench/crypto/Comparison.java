package org.tallystick.bench.crypto;

import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.util.ListStatistics;

/**
 * The figures of one work: rounds of two forks, one right after the other, so that a machine that
 * is slow for a while is slow for both. A fork counts with the median of its many short iterations,
 * the ratio is the median of the rounds' ratios: what else the machine does for a moment moves
 * neither.
 */
final class Comparison {
  /**
   * One fork.
   *
   * @param nanos for each operation, one figure for each iteration
   * @param bytesAllocated for each operation
   */
  record Fork(List<Double> nanos, double bytesAllocated) {
    Fork {
      nanos = List.copyOf(nanos);
    }

    double median() {
      return statistics(nanos).getPercentile(50);
    }
  }

  /** One side's figures over all rounds. */
  static final class Side {
    private final List<Fork> forks = new ArrayList<>();

    void add(Fork fork) {
      forks.add(fork);
    }

    /** Nanoseconds for each operation, the mean of all iterations. */
    double mean() {
      return statistics(all()).getMean();
    }

    /** Half of the mean's 99.9 % confidence interval. */
    double error() {
      return statistics(all()).getMeanErrorAt(0.999);
    }

    double bytesAllocated() {
      return forks.stream().mapToDouble(Fork::bytesAllocated).average().orElse(Double.NaN);
    }

    private List<Double> all() {
      return forks.stream().flatMap(fork -> fork.nanos().stream()).toList();
    }
  }

  private final Work work;
  private final Side protocol = new Side();
  private final Side primitives = new Side();
  private final List<Double> ratios = new ArrayList<>();

  Comparison(Work work) {
    this.work = work;
  }

  /** Takes the two forks of one round. */
  void add(Fork ofProtocol, Fork ofPrimitives) {
    protocol.add(ofProtocol);
    primitives.add(ofPrimitives);
    ratios.add(ofProtocol.median() / ofPrimitives.median());
  }

  Work work() {
    return work;
  }

  Side protocol() {
    return protocol;
  }

  Side primitives() {
    return primitives;
  }

  /** Ratios of the rounds, smallest first. */
  List<Double> ratios() {
    return ratios.stream().sorted().toList();
  }

  /** Median of the rounds' ratios. */
  double ratio() {
    return statistics(ratios).getPercentile(50);
  }

  /** Whether the ratio is within the limit; without a single round it is not. */
  boolean holds() {
    return ratio() <= work.limit();
  }

  private static ListStatistics statistics(List<Double> figures) {
    return new ListStatistics(figures.stream().mapToDouble(Double::doubleValue).toArray());
  }
}
