package org.tallystick.fuzz;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What became of one target, from what the fuzzer printed.
 *
 * @param name of the target
 * @param seconds that it took, start included
 * @param executions inputs tried
 * @param perSecond of them
 * @param newFeatures coverage features that the seeds had not reached
 * @param maxRssMb most memory of the process, MiB
 * @param finding what went wrong, or null
 * @param input on which, hexadecimal, or null
 */
record FuzzedTarget(
    String name,
    double seconds,
    long executions,
    long perSecond,
    long newFeatures,
    long maxRssMb,
    @Nullable String finding,
    @Nullable String input) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern FEATURES = Pattern.compile("#\\d+\\s+(INITED|DONE).* ft: (\\d+) .*");
  private static final Pattern EXCEPTION = Pattern.compile("== Java Exception: (.*)");
  private static final Pattern SUMMARY = Pattern.compile("SUMMARY: libFuzzer: (.*)");

  /** Reads the fuzzer's output; where it did not end well and says nothing, that is the finding. */
  static FuzzedTarget of(
      Target target, double seconds, int exitCode, List<String> output, Optional<byte[]> artifact) {
    long executions = number(output, "stat::number_of_executed_units:");
    @Nullable String finding =
        match(EXCEPTION, output).or(() -> match(SUMMARY, output)).orElse(null);
    if (finding == null && exitCode != 0) {
      finding = "the fuzzer ended with " + exitCode;
    }
    if (finding == null && executions == 0) {
      finding = "nothing was executed";
    }
    return new FuzzedTarget(
        target.name(),
        seconds,
        executions,
        number(output, "stat::average_exec_per_sec:"),
        newFeatures(output),
        number(output, "stat::peak_rss_mb:"),
        finding,
        artifact.map(HexFormat.of()::formatHex).orElse(null));
  }

  boolean holds() {
    return finding == null;
  }

  String json() {
    ObjectNode line =
        JSON.createObjectNode()
            .put("target", name)
            .put("executions", executions)
            .put("perSecond", perSecond)
            .put("seconds", Double.parseDouble(String.format(Locale.ROOT, "%.1f", seconds)))
            .put("newFeatures", newFeatures)
            .put("maxRssMb", maxRssMb)
            .put("crashes", holds() ? 0 : 1);
    if (finding != null) {
      line.put("finding", finding).put("input", input);
    }
    return line.toString();
  }

  private static long newFeatures(List<String> output) {
    OptionalLong first = features(output, "INITED");
    OptionalLong last = features(output, "DONE");
    return first.isPresent() && last.isPresent() ? last.getAsLong() - first.getAsLong() : 0;
  }

  private static OptionalLong features(List<String> output, String at) {
    return output.stream()
        .map(FEATURES::matcher)
        .filter(line -> line.matches() && line.group(1).equals(at))
        .mapToLong(line -> Long.parseLong(line.group(2)))
        .findFirst();
  }

  private static long number(List<String> output, String label) {
    return output.stream()
        .filter(line -> line.startsWith(label))
        .mapToLong(line -> Long.parseLong(line.substring(label.length()).strip()))
        .findFirst()
        .orElse(0);
  }

  private static Optional<String> match(Pattern pattern, List<String> output) {
    return output.stream()
        .map(pattern::matcher)
        .filter(Matcher::matches)
        .map(line -> line.group(1))
        .findFirst();
  }
}
