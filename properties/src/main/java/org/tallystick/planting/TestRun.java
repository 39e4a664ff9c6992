package org.tallystick.planting;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.EngineFilter;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs tests in this process, over the sources as they are or with a rule taken out. */
final class TestRun implements TestExecutionListener {
  /** No test of these takes longer, so what hangs without its rule has failed. */
  private static final String TIMEOUT = "150 s";

  /** Here the race has so many rounds; among the bank's own tests it has 10,000. */
  private static final String RACES = "960";

  private final List<Failure> failures = new ArrayList<>();
  private final SourceModule module;
  private int tests;

  private TestRun(SourceModule module) {
    this.module = module;
  }

  /**
   * A test that failed.
   *
   * @param test as found
   * @param shown name as JUnit shows it
   * @param why first line
   * @param broken whether the classes did not fit together, which shows nothing
   */
  record Failure(TestName test, String shown, String why, boolean broken) {}

  /**
   * What came of a run.
   *
   * @param tests that ran
   * @param failures of them
   */
  record Result(int tests, List<Failure> failures) {
    /** Whether at least one test of that name failed, and not for want of a class. */
    boolean fails(TestName name) {
      return failures.stream()
          .filter(failure -> !failure.broken())
          .map(Failure::test)
          .anyMatch(test -> name.covers(test.className(), String.valueOf(test.method())));
    }
  }

  /** Runs tests of any modules, with these classes in the place of the compiled ones. */
  static Result run(List<TestName> tests, Map<String, byte[]> changed) {
    Map<SourceModule, List<TestName>> byModule = new EnumMap<>(SourceModule.class);
    tests.forEach(
        test -> byModule.computeIfAbsent(test.module(), m -> new ArrayList<>()).add(test));
    int ran = 0;
    List<Failure> failures = new ArrayList<>();
    for (Map.Entry<SourceModule, List<TestName>> one : byModule.entrySet()) {
      TestRun run = new TestRun(one.getKey());
      run.execute(one.getValue(), changed);
      ran += run.tests;
      failures.addAll(run.failures);
    }
    return new Result(ran, List.copyOf(failures));
  }

  private void execute(List<TestName> names, Map<String, byte[]> changed) {
    System.setProperty("tallystick.races", RACES);
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try (PlantedLoader loader = new PlantedLoader(module, changed)) {
      thread.setContextClassLoader(loader);
      LauncherDiscoveryRequest request =
          LauncherDiscoveryRequestBuilder.request()
              .selectors(names.stream().distinct().map(name -> name.selector(loader)).toList())
              .filters(EngineFilter.includeEngines("junit-jupiter"))
              .configurationParameter("junit.jupiter.execution.timeout.default", TIMEOUT)
              .build();
      LauncherFactory.create().execute(request, this);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  @Override
  public void executionFinished(TestIdentifier test, TestExecutionResult result) {
    if (test.isTest()) {
      tests++;
    }
    result
        .getThrowable()
        .ifPresent(
            thrown ->
                failures.add(
                    new Failure(
                        name(test),
                        test.getDisplayName(),
                        firstLine(thrown),
                        thrown instanceof LinkageError)));
  }

  private TestName name(TestIdentifier test) {
    Object source = test.getSource().orElse(null);
    if (source instanceof MethodSource method) {
      return new TestName(module, method.getClassName(), method.getMethodName());
    }
    if (source instanceof ClassSource type) {
      return new TestName(module, type.getClassName(), null);
    }
    return new TestName(module, test.getDisplayName(), null);
  }

  private static String firstLine(Throwable thrown) {
    String text = String.valueOf(thrown.getMessage()).strip();
    return thrown.getClass().getSimpleName() + ": " + text.lines().findFirst().orElse("");
  }
}
