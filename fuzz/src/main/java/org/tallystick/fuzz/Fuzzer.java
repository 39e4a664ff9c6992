package org.tallystick.fuzz;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Jazzer on one target, in a process of its own with a small heap. The process ends by itself:
 * after its seconds, at the first finding, or when one input takes too long; where it does not, it
 * is killed, and that is a finding.
 */
final class Fuzzer {
  private static final String VECTORS = "vectors";
  private static final String HEAP = "-Xmx256m";
  private static final int MAX_RSS_MB = 1024;
  private static final int MAX_INPUT = 20 * 1024;
  private static final int HANG_SECONDS = 10;
  private static final int START_SECONDS = 120;
  private static final String INSTRUMENTED =
      "org.tallystick.**:org.eclipse.parsson.**:com.fasterxml.jackson.core.json.**";

  /** The module's own code is no parser; the planted ones are, and have a package below it. */
  private static final String OWN = FuzzEntry.class.getPackageName() + ".*";

  /** They look for bugs of other kinds, in code that does not call what they watch. */
  private static final String SANITIZERS =
      Stream.of(
              "BigDecimal",
              "ClojureLangHooks",
              "Deserialization",
              "ExpressionLanguageInjection",
              "FilePathTraversal",
              "LdapInjection",
              "NamingContextLookup",
              "OsCommandInjection",
              "ReflectiveCall",
              "RegexInjection",
              "RegexRoadblocks",
              "ScriptEngineInjection",
              "ServerSideRequestForgery",
              "SqlInjection",
              "TemplateInjection",
              "UnsafeSanitizer",
              "XPathInjection",
              "XmlParserSsrfGuidance")
          .map(name -> "com.code_intelligence.jazzer.sanitizers." + name)
          .collect(Collectors.joining(":"));

  private final Path folder;

  /**
   * @param folder under which each target has its own
   */
  Fuzzer(Path folder) throws IOException {
    this.folder = folder;
    delete(folder.resolve(VECTORS));
    Seeds.write(Vectors.pieces(), folder.resolve(VECTORS));
  }

  FuzzedTarget fuzz(Target target, int seconds) throws IOException, InterruptedException {
    Path own = folder.resolve(target.name());
    Path found = own.resolve("found");
    delete(found);
    Files.createDirectories(found);
    Files.createDirectories(own.resolve("corpus"));
    Seeds.write(target, own.resolve("seeds"));
    Path dictionary = own.resolve("dictionary");
    try (var words = Fuzzer.class.getResourceAsStream("/fuzz/dictionary")) {
      Files.write(dictionary, words == null ? new byte[0] : words.readAllBytes());
    }
    long begun = System.nanoTime();
    Process process =
        new ProcessBuilder(command(target, own, seconds))
            .redirectErrorStream(true)
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .start();
    var end =
        process
            .onExit()
            .orTimeout(START_SECONDS + 2L * seconds, TimeUnit.SECONDS)
            .exceptionally(late -> process.destroyForcibly());
    try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
      List<String> output = reader.lines().toList();
      int exitCode = end.join().waitFor();
      Files.write(own.resolve("log"), output);
      double took = (System.nanoTime() - begun) / 1e9;
      return FuzzedTarget.of(target, took, exitCode, output, artifact(found));
    } finally {
      process.destroyForcibly();
    }
  }

  /** The input that the fuzzer wrote when it found something. */
  private static Optional<byte[]> artifact(Path found) throws IOException {
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(found, "{crash,timeout,oom,leak}-*")) {
      for (Path file : files) {
        return Optional.of(Files.readAllBytes(file));
      }
      return Optional.empty();
    }
  }

  private static void delete(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private List<String> command(Target target, Path own, int seconds) {
    List<String> command = new ArrayList<>();
    Collections.addAll(
        command,
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        HEAP,
        "-XX:+UseSerialGC",
        // most of a short run is start: code compiled fast beats fast code
        "-XX:TieredStopAtLevel=1",
        "-D" + Vectors.ROOT + "=" + System.getProperty(Vectors.ROOT, ""),
        "-cp",
        System.getProperty("java.class.path"),
        "com.code_intelligence.jazzer.Jazzer",
        "--target_class=" + FuzzEntry.class.getName(),
        "--target_args=" + target.name(),
        "--instrumentation_includes=" + INSTRUMENTED,
        "--custom_hook_includes=" + INSTRUMENTED,
        "--instrumentation_excludes=" + OWN,
        "--custom_hook_excludes=" + OWN,
        "--disabled_hooks=" + SANITIZERS,
        "--reproducer_path=" + own.resolve("found"),
        "-artifact_prefix=" + own.resolve("found") + "/",
        "-dict=" + own.resolve("dictionary"),
        "-max_total_time=" + seconds,
        "-max_len=" + MAX_INPUT,
        "-timeout=" + HANG_SECONDS,
        "-rss_limit_mb=" + MAX_RSS_MB,
        "-print_final_stats=1",
        own.resolve("corpus").toString(),
        own.resolve("seeds").toString());
    if (target.parser().vectors()) {
      command.add(folder.resolve(VECTORS).toString());
    }
    return command;
  }
}
