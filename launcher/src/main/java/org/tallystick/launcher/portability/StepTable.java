package org.tallystick.launcher.portability;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** All results: a table of servers and steps for people, and one line of sums. */
final class StepTable {
  private final List<StepResult> results;

  StepTable(List<StepResult> results) {
    this.results = List.copyOf(results);
  }

  /** Whether every step of every server held, and there was one. */
  boolean held() {
    return !results.isEmpty() && results.stream().allMatch(StepResult::held);
  }

  /** Prints a line for each step with a column for each server, then why something did not hold. */
  void print(PrintStream out) {
    List<StepResult.Column> columns = columns();
    row(out, "", columns.stream().map(on -> on.server() + " " + on.version()).toList());
    row(out, "Java", columns.stream().map(StepResult.Column::java).toList());
    for (Step step : Step.values()) {
      row(out, step.title(), columns.stream().map(on -> cell(on, step)).toList());
    }
    results.stream()
        .filter(result -> result.ending() == StepResult.Ending.FAILED)
        .forEach(
            result ->
                out.printf(
                    "%s on Java %s, %s: %s%n",
                    result.on().server(),
                    result.on().java(),
                    result.step().title(),
                    result.detail()));
  }

  private List<StepResult.Column> columns() {
    return results.stream().map(StepResult::on).distinct().toList();
  }

  private static void row(PrintStream out, String head, List<String> cells) {
    List<String> parts = new ArrayList<>(List.of("%-10s".formatted(head)));
    cells.forEach(cell -> parts.add("%-20s".formatted(cell)));
    out.println(String.join("  ", parts).stripTrailing());
  }

  private String cell(StepResult.Column on, Step step) {
    Optional<StepResult> found =
        results.stream().filter(r -> r.on().equals(on) && r.step() == step).findFirst();
    return found
        .map(
            result ->
                switch (result.ending()) {
                  case HELD -> seconds(result);
                  case FAILED -> "FAILED " + seconds(result);
                  case NOT_REACHED -> "not reached";
                })
        .orElse("not reached");
  }

  private static String seconds(StepResult result) {
    return String.format(Locale.ROOT, "%.1f s", result.millis() / 1000.0);
  }

  /** Prints the last line. */
  void printSums(PrintStream out, String plant) {
    Map<StepResult.Ending, Long> sums =
        results.stream().collect(Collectors.groupingBy(StepResult::ending, Collectors.counting()));
    out.printf(
        "result portability servers=%d steps=%d held=%d failed=%d not_reached=%d plant=%s%n",
        columns().size(),
        results.size(),
        sums.getOrDefault(StepResult.Ending.HELD, 0L),
        sums.getOrDefault(StepResult.Ending.FAILED, 0L),
        sums.getOrDefault(StepResult.Ending.NOT_REACHED, 0L),
        plant);
  }
}
