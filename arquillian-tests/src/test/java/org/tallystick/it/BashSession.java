package org.tallystick.it;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One shell in which blocks of commands are run after each other, as if somebody typed them: what
 * one sets the next one has.
 */
final class BashSession implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  /** Runs the file that each line names; prints the last failed command's exit code, or 0. */
  private static final String DRIVER =
      """
      set -E -o pipefail
      trap 'failed=$?' ERR
      while read -r step; do
        failed=0
        . "./$step" > "$step.out" 2> "$step.err" < /dev/null
        for name in $(compgen -v | grep -E '^[A-Z][A-Z_0-9]*$'); do
          printf '%s=%s\\0' "$name" "${!name}"
        done > "$step.variables"
        echo "$failed"
      done
      """;

  private final Path folder;
  private final Process bash;
  private final BufferedWriter in;
  private final BufferedReader out;
  private int count;

  /**
   * Opens a shell.
   *
   * @param folder in which it works, empty
   * @param environment all that it knows beside the search path
   */
  BashSession(Path folder, Map<String, String> environment) throws IOException {
    this.folder = folder;
    Files.writeString(folder.resolve("driver"), DRIVER);
    ProcessBuilder builder =
        new ProcessBuilder("bash", "--noprofile", "--norc", "driver").directory(folder.toFile());
    String path =
        Path.of(System.getProperty("java.home"), "bin") + ":" + System.getenv().get("PATH");
    builder.environment().clear();
    builder.environment().putAll(environment);
    builder.environment().putAll(Map.of("PATH", path, "LC_ALL", "C.UTF-8"));
    bash = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    in = bash.outputWriter(StandardCharsets.UTF_8);
    out = bash.inputReader(StandardCharsets.UTF_8);
  }

  /**
   * What came of a block of commands.
   *
   * @param exit of the last command that failed, or 0
   * @param printed to standard output
   * @param complaint to standard error
   * @param variables with names in capitals, as they are now
   */
  record Outcome(int exit, String printed, String complaint, Map<String, String> variables) {}

  /** Runs commands and waits for their end. */
  Outcome run(String commands) throws IOException, InterruptedException {
    String step = "step-" + ++count;
    Files.writeString(folder.resolve(step), commands);
    in.write(step);
    in.newLine();
    in.flush();
    String exit = line(commands);
    return new Outcome(
        Integer.parseInt(exit),
        Files.readString(folder.resolve(step + ".out")),
        Files.readString(folder.resolve(step + ".err")),
        variables(folder.resolve(step + ".variables")));
  }

  private String line(String commands) throws InterruptedException {
    try {
      return CompletableFuture.supplyAsync(() -> out.lines().findFirst().orElse("1"))
          .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException | ExecutionException e) {
      throw new AssertionError("these commands do not end: " + commands, e);
    }
  }

  private static Map<String, String> variables(Path file) throws IOException {
    Map<String, String> variables = new HashMap<>();
    for (String one : Files.readString(file).split("\0", -1)) {
      int sign = one.indexOf('=');
      if (sign > 0) {
        variables.put(one.substring(0, sign), one.substring(sign + 1));
      }
    }
    return variables;
  }

  @Override
  public void close() {
    bash.descendants().forEach(ProcessHandle::destroy);
    bash.destroy();
  }
}
