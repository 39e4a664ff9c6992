package org.tallystick.launcher.model;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.tallystick.launcher.Folders;
import org.tallystick.launcher.LaunchException;

/**
 * Spin and a C compiler at work on one model at a time: Spin makes a program of the model, the
 * compiler makes it run, and running it visits every state.
 *
 * <p>Source: G. J. Holzmann, The SPIN Model Checker, 2003; spinroot.com for the options.
 */
public final class Spin implements AutoCloseable {
  /** What is looked for. */
  enum Kind {
    /** A state in which an assertion fails, or in which somebody waits for ever. */
    STATES,
    /** A run that never ends. */
    CYCLES,
    /** As {@link #STATES}, breadth first: what it finds is as short as can be. */
    SHORTEST;

    private List<String> compiled() {
      return switch (this) {
        case STATES -> List.of("-DSAFETY");
        case CYCLES -> List.of("-DNP");
        case SHORTEST -> List.of("-DSAFETY", "-DBFS");
      };
    }

    private List<String> run() {
      return this == CYCLES ? List.of("-l") : List.of();
    }
  }

  private static final long MAX_SECONDS = 200;
  private static final int MAX_DEPTH = 20_000;
  private static final int MAX_MEGABYTES = 1_800;
  private static final Pattern TRAIL_END = Pattern.compile("^spin: trail ends after.*");

  private final Path spin;
  private final Path compiler;
  private final Path folder;

  private Spin(Path spin, Path compiler, Path folder) {
    this.spin = spin;
    this.compiler = compiler;
    this.folder = folder;
  }

  /** What is missing on this machine, as a sentence with a remedy; empty where nothing is. */
  public static Optional<String> missing() {
    List<String> names = new ArrayList<>();
    if (onPath("spin").isEmpty()) {
      names.add("Spin (spin)");
    }
    if (compiler().isEmpty()) {
      names.add("a C compiler (cc or gcc)");
    }
    return names.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "no "
                + String.join(" and no ", names)
                + " found; on Debian: apt-get install spin gcc libc6-dev");
  }

  /** With a new folder for what is made; {@link #missing} must be empty. */
  public static Spin open() throws IOException {
    return new Spin(
        onPath("spin").orElseThrow(),
        compiler().orElseThrow(),
        Files.createTempDirectory("tallystick-model-"));
  }

  private static Optional<Path> compiler() {
    return onPath("cc").or(() -> onPath("gcc"));
  }

  private static Optional<Path> onPath(String program) {
    return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .map(place -> Path.of(place, program))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Visits every state of a model, with all guards or without one. */
  Search search(Model model, @Nullable Guard without, Kind kind)
      throws IOException, InterruptedException {
    Path copy = folder.resolve(model.file().getFileName());
    Files.copy(model.file(), copy, StandardCopyOption.REPLACE_EXISTING);
    Files.deleteIfExists(trail(copy));
    String file = copy.getFileName().toString();
    List<String> arguments = new ArrayList<>(List.of("-a", file));
    if (without == null && kind == Kind.STATES) {
      arguments.add(0, "-Dd_step=atomic"); // the same states; only so are steps inside one reported
    }
    demand(with(List.of(spin.toString()), without, arguments));
    List<String> compile = new ArrayList<>(List.of(compiler.toString(), "-w", "-O1"));
    compile.addAll(List.of("-DCOLLAPSE", "-DMEMLIM=" + MAX_MEGABYTES));
    compile.addAll(kind.compiled());
    compile.addAll(List.of("-o", "pan", "pan.c"));
    demand(compile);
    List<String> run = new ArrayList<>(List.of(folder.resolve("pan").toString(), "-m" + MAX_DEPTH));
    run.addAll(kind.run());
    return Search.read(run(run).text());
  }

  /** The steps of what the last search found, in the model's own words, and what then failed. */
  List<String> trail(Model model, Guard without) throws IOException, InterruptedException {
    Path copy = folder.resolve(model.file().getFileName());
    if (!Files.exists(trail(copy))) {
      return List.of();
    }
    String file = copy.getFileName().toString();
    String told = demand(with(List.of(spin.toString()), without, List.of("-T", "-t", file)));
    return told.lines().takeWhile(line -> !TRAIL_END.matcher(line).matches()).toList();
  }

  private static Path trail(Path model) {
    return model.resolveSibling(model.getFileName() + ".trail");
  }

  private static List<String> with(
      List<String> program, @Nullable Guard without, List<String> rest) {
    List<String> command = new ArrayList<>(program);
    if (without != null) {
      command.add(without.leftOut());
    }
    command.addAll(rest);
    return command;
  }

  private record Ended(int code, String text) {}

  private String demand(List<String> command) throws IOException, InterruptedException {
    Ended ended = run(command);
    if (ended.code() != 0) {
      throw new LaunchException(
          "%s ended with %d: %s"
              .formatted(String.join(" ", command), ended.code(), ended.text().strip()));
    }
    return ended.text();
  }

  private Ended run(List<String> command) throws IOException, InterruptedException {
    Path output = folder.resolve("output");
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      process.getOutputStream().close();
      if (!process.waitFor(MAX_SECONDS, TimeUnit.SECONDS)) {
        return new Ended(-1, "interrupted after " + MAX_SECONDS + " s");
      }
      return new Ended(process.exitValue(), Files.readString(output));
    } finally {
      process.destroyForcibly();
    }
  }

  @Override
  public void close() throws IOException {
    Folders.delete(folder);
  }
}
