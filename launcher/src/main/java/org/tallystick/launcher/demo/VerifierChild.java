package org.tallystick.launcher.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.tallystick.launcher.LaunchException;

/** The verifier as a process of its own: an empty environment, no connection to anything. */
public final class VerifierChild {
  private VerifierChild() {}

  /** Runs it and copies what it prints; true where it exits with 0. */
  public static boolean run(List<String> arguments, PrintStream out) throws IOException {
    return exitCode(arguments, out) == 0;
  }

  /** Runs it and copies what it prints; its exit code. */
  public static int exitCode(List<String> arguments, PrintStream out) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.add("org.tallystick.verifier.VerifierProcess");
    command.addAll(arguments);
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().clear();
    Process process = builder.start();
    process.getOutputStream().close();
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      lines.lines().forEach(out::println);
      return process.waitFor();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new LaunchException("interrupted", e);
    }
  }
}
