package org.tallystick.fuzz;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * {@code [TARGET …] [--seconds N] [--plant BUG] [--root DIR]}: fuzzes the targets, prints one JSON
 * line for each and ends with {@code result fuzz …}. Exit code 0 where every target was executed
 * and nothing was found, 1 otherwise, 2 for wrong usage.
 */
public final class FuzzRun {
  private FuzzRun() {}

  /** Entry point. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    System.exit(run(System.out, System.err, arguments));
  }

  static int run(PrintStream out, PrintStream err, String... arguments)
      throws IOException, InterruptedException {
    FuzzOptions options;
    try {
      options = FuzzOptions.of(arguments);
    } catch (IllegalArgumentException e) {
      err.println("fuzz: " + e.getMessage());
      err.println("targets: " + Targets.ALL);
      return 2;
    }
    System.setProperty(Vectors.ROOT, options.root().toString());
    List<FuzzedTarget> results = fuzz(options, out);
    long crashes = results.stream().filter(result -> !result.holds()).count();
    out.printf(
        "result fuzz targets=%d executions=%d crashes=%d seconds=%d newFeatures=%d maxRssMb=%d%n",
        results.size(),
        results.stream().mapToLong(FuzzedTarget::executions).sum(),
        crashes,
        options.seconds(),
        results.stream().mapToLong(FuzzedTarget::newFeatures).sum(),
        results.stream().mapToLong(FuzzedTarget::maxRssMb).max().orElse(0));
    out.flush();
    return crashes == 0 ? 0 : 1;
  }

  private static List<FuzzedTarget> fuzz(FuzzOptions options, PrintStream out)
      throws IOException, InterruptedException {
    Fuzzer fuzzer = new Fuzzer(options.folder());
    ExecutorService pool = Executors.newFixedThreadPool(options.parallel());
    try {
      List<Future<FuzzedTarget>> running = new ArrayList<>();
      for (int i = 0; i < options.targets().size(); i++) {
        Target target = options.targets().get(i);
        int seconds = options.secondsOf(i);
        running.add(pool.submit(() -> fuzzer.fuzz(target, seconds)));
      }
      List<FuzzedTarget> results = new ArrayList<>();
      for (Future<FuzzedTarget> one : running) {
        FuzzedTarget result = one.get();
        out.println(result.json());
        results.add(result);
      }
      return results;
    } catch (ExecutionException e) {
      throw new IllegalStateException("a target could not be fuzzed", e.getCause());
    } finally {
      pool.shutdownNow();
    }
  }
}
