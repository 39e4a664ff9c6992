package org.tallystick.launcher.drill;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A Java program of this build as a child process whose output is passed on. */
public final class JavaChild {
  private JavaChild() {}

  /**
   * Runs it to its end.
   *
   * @param classPath of the program
   * @param mainClass with its package
   * @param arguments for it
   * @param out where its standard output goes
   * @return its exit code
   */
  public static int run(String classPath, String mainClass, List<String> arguments, PrintStream out)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-cp", classPath, mainClass));
    command.addAll(arguments);
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    process.getOutputStream().close();
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      lines.lines().forEach(out::println);
      return process.waitFor();
    } finally {
      process.destroy();
    }
  }
}
