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
import java.util.function.ToDoubleFunction;
import java.util.regex.Pattern;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
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
  private static final int FORKS = 3;
  private static final int WARM_UPS = 40;
  private static final int ITERATIONS = 40;
  private static final TimeValue ITERATION = TimeValue.milliseconds(200);

  private CryptoBench() {}

  /**
   * Runs all comparisons, less than five minutes.
   *
   * @param args none
   * @throws RunnerException if a benchmark cannot be run
   * @throws IOException never: the figures go to standard output only
   */
  public static void main(String[] args) throws RunnerException, IOException {
    Map<Work, Comparison> comparisons = new EnumMap<>(Work.class);
    for (int number = 1; number <= FORKS; number++) {
      for (Work work : Work.values()) {
        comparisons.computeIfAbsent(work, Comparison::new).add(fork(work, number));
      }
    }
    for (Comparison comparison : comparisons.values()) {
      summary(comparison).print(Optional.empty());
    }
    System.out.println(verdict(comparisons.values()));
    System.exit(comparisons.values().stream().allMatch(Comparison::holds) ? 0 : 1);
  }

  private static Comparison.Fork fork(Work work, int number) throws RunnerException, IOException {
    RunResult result =
        new Runner(
                new OptionsBuilder()
                    .include(
                        "^"
                            + Pattern.quote(HalfBenchmark.class.getName() + "." + work.method())
                            + "$")
                    .mode(Mode.AverageTime)
                    .timeUnit(TimeUnit.NANOSECONDS)
                    .forks(1)
                    .threads(1)
                    .warmupIterations(WARM_UPS)
                    .warmupTime(ITERATION)
                    .measurementIterations(ITERATIONS)
                    .measurementTime(ITERATION)
                    .jvmArgs("-XX:+UseSerialGC", "-Xms512m", "-Xmx512m")
                    .shouldFailOnError(true)
                    .verbosity(VerboseMode.SILENT)
                    .build())
            .runSingle();
    Comparison.Fork fork =
        new Comparison.Fork(
            result.getBenchmarkResults().stream()
                .map(BenchmarkResult::getIterationResults)
                .flatMap(Collection::stream)
                .map(CryptoBench::iteration)
                .toList());
    figures(work, fork::median)
        .put("fork", number)
        .put("iterations", fork.iterations().size())
        .put("ratio", fork.ratio())
        .print(Optional.empty());
    return fork;
  }

  private static Comparison.Iteration iteration(IterationResult result) {
    double operations = counted(result, "operations");
    return new Comparison.Iteration(
        counted(result, "protocolNanos") / operations,
        counted(result, "primitivesNanos") / operations,
        counted(result, "protocolBytes") / operations,
        counted(result, "primitivesBytes") / operations);
  }

  private static double counted(IterationResult result, String counter) {
    return Objects.requireNonNull(result.getSecondaryResults().get(counter), counter).getScore();
  }

  /** The medians of all figures. */
  private static JsonLine figures(
      Work work, ToDoubleFunction<ToDoubleFunction<Comparison.Iteration>> median) {
    return new JsonLine()
        .put("bench", "crypto")
        .put("work", work.label())
        .put("protocol_ns", median.applyAsDouble(Comparison.Iteration::protocolNanos))
        .put("primitives_ns", median.applyAsDouble(Comparison.Iteration::primitivesNanos))
        .put("protocol_bytes_per_op", median.applyAsDouble(Comparison.Iteration::protocolBytes))
        .put(
            "primitives_bytes_per_op", median.applyAsDouble(Comparison.Iteration::primitivesBytes));
  }

  private static JsonLine summary(Comparison comparison) {
    List<Double> ratios = comparison.ratios();
    return figures(comparison.work(), comparison::median)
        .put("forks", ratios.size())
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
