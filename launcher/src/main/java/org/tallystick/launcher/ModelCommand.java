package org.tallystick.launcher;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.tallystick.launcher.model.Guard;
import org.tallystick.launcher.model.Model;
import org.tallystick.launcher.model.ModelRun;
import org.tallystick.launcher.model.Spin;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code tallystick model}: every state of the protocol's models, with all guards and without each.
 */
@Command(
    name = "model",
    description = {
      "Visits every state of the protocol's models (folder model, Spin): with all guards",
      "every property must hold, no run may last for ever and all code must be reached;",
      "without any one guard there must be a counter-example. A JSON line for each.",
      "Needs Spin and a C compiler; on Debian: apt-get install spin gcc libc6-dev"
    })
final class ModelCommand implements Callable<Integer> {
  @Parameters(paramLabel = "NAME", arity = "0..1", description = "Which model (default: all).")
  private @Nullable String name;

  @Option(
      names = "--without",
      paramLabel = "GUARD",
      description = "Print the shortest run that goes wrong without this guard, step by step.")
  private @Nullable String without;

  @Option(names = "--list", description = "List the models and their guards.")
  private boolean list;

  @Option(
      names = "--quick",
      description = "All models with all guards, and each without its first one.")
  private boolean quick;

  @Override
  public Integer call() throws Exception {
    List<Model> models = asked();
    if (list) {
      models.forEach(ModelCommand::print);
      return ExitCode.OK;
    }
    Optional<String> missing = Spin.missing();
    if (missing.isPresent()) {
      System.err.println("tallystick: " + missing.get());
      return ExitCode.USAGE;
    }
    Progress progress = Progress.onStandardError();
    try (Spin spin = Spin.open()) {
      ModelRun run = new ModelRun(spin, System.out);
      if (without != null) {
        return run.tell(models.get(0), guard(models.get(0), without))
            ? ExitCode.OK
            : ExitCode.SOFTWARE;
      }
      for (Model model : models) {
        List<Guard> leftOut = quick ? model.guards().subList(0, 1) : model.guards();
        progress.during(
            "model " + model.name(),
            () -> {
              run.search(model, leftOut);
              return true;
            });
      }
      return run.sums() ? ExitCode.OK : ExitCode.SOFTWARE;
    }
  }

  private List<Model> asked() throws IOException {
    List<Model> all = Model.in(Path.of(System.getProperty("tallystick.root", ""), "model"));
    if (name == null) {
      if (without != null) {
        throw new LaunchException("--without needs the name of a model");
      }
      return all;
    }
    List<Model> one = all.stream().filter(model -> model.name().equals(name)).toList();
    if (one.isEmpty()) {
      throw new LaunchException(
          "no such model: " + name + "; there are " + all.stream().map(Model::name).toList());
    }
    return one;
  }

  private static Guard guard(Model model, String wanted) {
    return model
        .guard(wanted)
        .orElseThrow(
            () ->
                new LaunchException(
                    "no such guard: "
                        + wanted
                        + "; there are "
                        + model.guards().stream().map(Guard::name).toList()));
  }

  private static void print(Model model) {
    System.out.println(model.name());
    model
        .guards()
        .forEach(
            guard ->
                System.out.printf(
                    "  %-17s %-4s %s%n", guard.name(), guard.step(), guard.meaning()));
  }
}
