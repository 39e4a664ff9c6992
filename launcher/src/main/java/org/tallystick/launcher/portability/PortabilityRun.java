package org.tallystick.launcher.portability;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.tallystick.launcher.Folders;
import org.tallystick.launcher.LaunchException;
import org.tallystick.launcher.PostgresProcess;
import org.tallystick.launcher.Progress;
import org.tallystick.launcher.bank.FreshBank;

/**
 * The same application and the same trials on one full server after the other, each on an
 * installation and a database of its own in an emptied folder.
 */
public final class PortabilityRun {
  private final Path root;
  private final Path folder;
  private final @Nullable String plant;
  private final boolean keep;
  private final PrintStream out;
  private final Progress progress;

  /**
   * @param root of the build
   * @param folder for everything that is written
   * @param plant bug to plant, or null
   * @param keep whether each server is left running until it is stopped from outside
   * @param out raw results, the table and the line of sums
   */
  public PortabilityRun(
      Path root,
      Path folder,
      @Nullable String plant,
      boolean keep,
      PrintStream out,
      Progress progress) {
    this.root = root;
    this.folder = folder;
    this.plant = plant;
    this.keep = keep;
    this.out = out;
    this.progress = progress;
  }

  /** What can be planted. */
  public static List<String> plants() {
    return PlantedArchive.bugs().stream().sorted().toList();
  }

  /** Runs it on every server with every JDK; true where every step held. */
  public boolean run(List<Distribution> distributions, List<Jdk> jdks) throws IOException {
    List<StepResult> results = new ArrayList<>();
    for (Jdk jdk : jdks) {
      for (Distribution distribution : distributions) {
        results.addAll(one(distribution, jdk));
      }
    }
    StepTable table = new StepTable(results);
    table.print(out);
    table.printSums(out, plant == null ? "none" : plant);
    out.flush();
    return table.held();
  }

  private List<StepResult> one(Distribution distribution, Jdk jdk) throws IOException {
    Path own = folder.resolve(distribution.name() + "-java-" + jdk.version());
    LeftOver.end(own);
    Folders.delete(own);
    Files.createDirectories(own.resolve("log"));
    Path postgres = own.resolve("postgres");
    Steps steps =
        new Steps(
            new StepResult.Column(distribution.name(), distribution.version(), jdk.version()),
            out,
            progress);
    Path[] home = new Path[1];
    steps.take(
        Step.FETCH,
        () -> {
          home[0] = ServerCache.standard().home(distribution, own.resolve("log/fetch.log"));
          return home[0].toString();
        });
    try (PostgresProcess database = PostgresProcess.start(postgres, 0, progress);
        FullServer server =
            new FullServer(
                new ServerSettings(
                    home[0] == null ? own.resolve("nothing") : home[0],
                    jdk.home(),
                    root.resolve("ear/servers").resolve(distribution.name()),
                    root.resolve("ear/target/server-libraries"),
                    own,
                    own.resolve("bank"),
                    Folders.freePort(),
                    PortBase.free(new SecureRandom()),
                    new ServerSettings.Database(
                        "127.0.0.1",
                        database.port(),
                        "tallystick",
                        database.user(),
                        postgres.resolve("owner-password"))))) {
      Runtime.getRuntime().addShutdownHook(new Thread(() -> closeBoth(server, database), "stop"));
      take(steps, server, own);
    }
    return steps.results();
  }

  /** At the end of this process, where something still runs then. */
  private void closeBoth(FullServer server, PostgresProcess database) {
    if (database.alive()) {
      progress.say("stopping");
    }
    try {
      server.close();
    } finally {
      database.close();
    }
  }

  private void take(Steps steps, FullServer server, Path own) throws IOException {
    steps.take(
        Step.CONFIGURE,
        () -> {
          server.configure();
          return "installed in " + own;
        });
    steps.take(
        Step.START,
        () -> {
          server.start();
          return "listens at " + server.baseUri();
        });
    steps.take(
        Step.DEPLOY,
        () -> {
          server.deploy(archive(own));
          return "healthy";
        });
    FreshBank bank = new FreshBank(server.baseUri(), own.resolve("bank"));
    try (BankTrial trial = new BankTrial(bank, own, plant != null)) {
      steps.take(Step.MAIN_JOB, trial::mainJob);
      steps.take(Step.BAD_INPUT, trial::badInput);
      steps.take(Step.PUSH, trial::push);
      steps.take(Step.LONG_POLL, trial::longPoll);
      steps.take(Step.RESTART, () -> restart(server, trial));
    }
    if (keep && steps.held(Step.DEPLOY) && server.alive()) {
      keepRunning(server);
      steps.skip(Step.STOP, "kept until it was stopped from outside");
    } else {
      steps.take(Step.STOP, () -> stop(server));
    }
  }

  private Path archive(Path own) throws IOException {
    Path archive = root.resolve("ear/target/tallystick.ear");
    return plant == null
        ? archive
        : PlantedArchive.write(archive, plant, own.resolve("tallystick.ear"));
  }

  private static String restart(FullServer server, BankTrial trial)
      throws IOException, InterruptedException {
    trial.prepare();
    long begun = System.nanoTime();
    server.stop();
    long stopped = System.nanoTime();
    server.start();
    server.awaitHealthy();
    long back = System.nanoTime();
    return "stopped in %d ms, back in %d ms, %s"
        .formatted(
            TimeUnit.NANOSECONDS.toMillis(stopped - begun),
            TimeUnit.NANOSECONDS.toMillis(back - stopped),
            trial.payAgain());
  }

  private static String stop(FullServer server) throws IOException, InterruptedException {
    server.stop();
    List<Integer> taken = server.takenPorts();
    if (!taken.isEmpty()) {
      throw new LaunchException("somebody still listens on " + taken);
    }
    return "no process and no port is left";
  }

  private void keepRunning(FullServer server) {
    progress.say("bank     " + server.baseUri() + "  Ctrl-C stops it.");
    progress.say("log      " + server.log());
    try {
      server.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
