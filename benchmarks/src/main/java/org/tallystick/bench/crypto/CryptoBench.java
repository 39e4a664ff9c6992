package org.tallystick.bench.crypto;

import java.io.IOException;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import org.tallystick.bench.JsonLine;

/**
 * Measures sealing and opening against the primitives in them, with the signature and without, and
 * prints each fork, then each comparison, as a line of JSON.
 *
 * <p>Exits with 0 if every ratio is within its limit.
 */
public final class CryptoBench {
  private static final int ROUNDS = 4;
  private static final int WARM_UPS = 13;
  private static final int ITERATIONS = 12;
  private static final TimeValue ITERATION = TimeValue.milliseconds(200);
  private static final String ALLOCATED = "gc.alloc.rate.norm";

  private CryptoBench() {}

  /**
   * Runs all comparisons, less than four minutes.
   *
   * @param args none
   * @throws RunnerException if a benchmark cannot be run
   * @throws IOException never: the figures go to standard output only
   */
  public static void main(String[] args) throws RunnerException, IOException {
    Map<Work, Comparison> comparisons = new EnumMap<>(Work.class);
    for (int round = 1; round <= ROUNDS; round++) {
      for (Work work : Work.values()) {
        compare(comparisons.computeIfAbsent(work, Comparison::new), round);
      }
    }
    for (Comparison comparison : comparisons.values()) {
      summary(comparison).print(Optional.empty());
    }
    System.out.println(verdict(comparisons.values()));
    System.exit(comparisons.values().stream().allMatch(Comparison::holds) ? 0 : 1);
  }

  /** The side that comes first changes with each round. */
  private static void compare(Comparison comparison, int round)
      throws RunnerException, IOException {
    Comparison.Fork protocol;
    Comparison.Fork primitives;
    if (round % 2 == 1) {
      protocol = fork(ProtocolBenchmark.class, comparison.work(), round);
      primitives = fork(PrimitivesBenchmark.class, comparison.work(), round);
    } else {
      primitives = fork(PrimitivesBenchmark.class, comparison.work(), round);
      protocol = fork(ProtocolBenchmark.class, comparison.work(), round);
    }
    comparison.add(protocol, primitives);
  }

  private static Comparison.Fork fork(Class<?> side, Work work, int round)
      throws RunnerException, IOException {
    RunResult result =
        new Runner(
                new OptionsBuilder()
                    .include("^" + Pattern.quote(side.getName() + "." + work.method()) + "$")
                    .mode(Mode.AverageTime)
                    .timeUnit(TimeUnit.NANOSECONDS)
                    .forks(1)
                    .threads(1)
                    .warmupIterations(WARM_UPS)
                    .warmupTime(ITERATION)
                    .measurementIterations(ITERATIONS)
                    .measurementTime(ITERATION)
                    .addProfiler(GCProfiler.class)
                    .jvmArgs("-XX:+UseSerialGC", "-Xms512m", "-Xmx512m")
                    .shouldFailOnError(true)
                    .verbosity(VerboseMode.SILENT)
                    .build())
            .runSingle();
    List<Double> nanos =
        result.getBenchmarkResults().stream()
            .map(BenchmarkResult::getIterationResults)
            .flatMap(Collection::stream)
            .map(iteration -> iteration.getPrimaryResult().getScore())
            .toList();
    Result<?> allocated =
        Objects.requireNonNull(result.getSecondaryResults().get(ALLOCATED), ALLOCATED);
    Comparison.Fork fork = new Comparison.Fork(nanos, allocated.getScore());
    new JsonLine()
        .put("bench", "crypto")
        .put("round", round)
        .put("side", side == ProtocolBenchmark.class ? "protocol" : "primitives")
        .put("work", work.label())
        .put("ns_median", fork.median())
        .put("ns_mean", result.getPrimaryResult().getScore())
        .put("ns_least", result.getPrimaryResult().getStatistics().getMin())
        .put("ns_most", result.getPrimaryResult().getStatistics().getMax())
        .put("bytes_per_op", fork.bytesAllocated())
        .print(Optional.empty());
    return fork;
  }

  private static JsonLine summary(Comparison comparison) {
    List<Double> ratios = comparison.ratios();
    return new JsonLine()
        .put("bench", "crypto")
        .put("work", comparison.work().label())
        .put("rounds", ratios.size())
        .put("protocol_ns_mean", comparison.protocol().mean())
        .put("protocol_ns_error", comparison.protocol().error())
        .put("protocol_bytes_per_op", comparison.protocol().bytesAllocated())
        .put("primitives_ns_mean", comparison.primitives().mean())
        .put("primitives_ns_error", comparison.primitives().error())
        .put("primitives_bytes_per_op", comparison.primitives().bytesAllocated())
        .put("ratio", comparison.ratio())
        .put("ratio_least", ratios.get(0))
        .put("ratio_most", ratios.get(ratios.size() - 1))
        .put("limit", comparison.work().limit())
        .put("holds", comparison.holds() ? "yes" : "no");
  }

  /** The closing line: each ratio, and how many are within their limits. */
  static String verdict(Collection<Comparison> comparisons) {
    StringBuilder line = new StringBuilder("result bench crypto");
    for (Comparison comparison : comparisons) {
      line.append(' ')
          .append(comparison.work().label())
          .append(String.format(Locale.ROOT, "=%.3f", comparison.ratio()));
    }
    long held = comparisons.stream().filter(Comparison::holds).count();
    return line.append(" held=")
        .append(held)
        .append(" missed=")
        .append(comparisons.size() - held)
        .toString();
  }
}
