package org.tallystick.launcher;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.tallystick.launcher.portability.Distribution;
import org.tallystick.launcher.portability.Jdk;
import org.tallystick.launcher.portability.PortabilityRun;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tallystick portability}: the same application on full servers. */
@Command(
    name = "portability",
    description = {
      "Installs the same EAR on full servers with the scripts in ear/servers, as an",
      "administrator would, and tries the same on each: the main job, bad input, an",
      "answer that is pushed, one that is waited for, a restart, an orderly stop.",
      "Maven fetches the servers; they are kept unpacked in the cache.",
      "Prints a JSON line for each step, then a table. Exits 0 only where every step",
      "of every server held."
    })
final class PortabilityCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "SERVER",
      arity = "0..*",
      description = "payara, glassfish, wildfly (default: all three, in this order).")
  private List<String> servers = new ArrayList<>();

  @Option(
      names = "--java",
      paramLabel = "DIR",
      description =
          "Home of a JDK that runs the servers; may be given again (default: the one that runs"
              + " this).")
  private List<Path> javas = new ArrayList<>();

  @Option(
      names = "--keep",
      description = "Leave the server running until Ctrl-C; for one server and one JDK.")
  private boolean keep;

  @Option(
      names = "--plant",
      paramLabel = "BUG",
      description =
          "wrong-queue or no-topic: a copy of the application is bound wrongly; a step must then"
              + " fail.")
  private @Nullable String plant;

  @Mixin private DataOption data = new DataOption();

  @Override
  public Integer call() throws Exception {
    if (plant != null && !PortabilityRun.plants().contains(plant)) {
      throw new LaunchException("no such bug: " + plant + "; there are " + PortabilityRun.plants());
    }
    List<Distribution> asked =
        servers.isEmpty()
            ? Distribution.all()
            : servers.stream().distinct().map(Distribution::named).toList();
    List<Jdk> jdks =
        javas.isEmpty() ? List.of(Jdk.own()) : javas.stream().map(Jdk::at).distinct().toList();
    if (keep && asked.size() * jdks.size() != 1) {
      throw new LaunchException("--keep goes with one server and one JDK");
    }
    Path root = Path.of(System.getProperty("tallystick.root", "")).toAbsolutePath();
    if (!Files.exists(root.resolve("ear/target/tallystick.ear"))) {
      throw new LaunchException(
          "no EAR in " + root.resolve("ear/target") + "; ./tallystick builds it");
    }
    Progress progress = Progress.onStandardError();
    try (DataFolder folder = DataFolder.hold(data.folder().resolve("portability"))) {
      PortabilityRun run =
          new PortabilityRun(root, folder.path(), plant, keep, System.out, progress);
      boolean held = run.run(asked, jdks);
      progress.say("look at  " + folder.path() + " (logs, devices, evidence of each server)");
      return held ? ExitCode.OK : ExitCode.SOFTWARE;
    }
  }
}
