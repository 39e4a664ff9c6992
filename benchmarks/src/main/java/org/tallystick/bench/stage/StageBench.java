package org.tallystick.bench.stage;

import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.tallystick.bench.JsonLine;
import org.tallystick.bench.stage.server.StageSettings.Form;

/**
 * Loads each form of the stage and prints what it costs, one line of JSON per form.
 *
 * <p>{@code --form thread|mdb|inbox|all --seconds 300 --warm-up 30 --rate 0 --poison 3 --out FILE}
 * A rate of 0 is a closed loop. Exits with 0 if nothing was lost, doubled, stuck or deadlocked.
 */
public final class StageBench {
  private static final long SETTLE_SECONDS = 300;
  private static final long POLL_MILLIS = 500;

  private final StageOptions options;

  private StageBench(StageOptions options) {
    this.options = options;
  }

  /**
   * Runs the load.
   *
   * @param args see the class
   * @throws Exception if a process or a file fails
   */
  public static void main(String[] args) throws Exception {
    StageOptions options = StageOptions.parse(args);
    boolean good = true;
    for (Form form : options.forms()) {
      good &= new StageBench(options).run(form);
    }
    System.out.println("result stage-bench " + (good ? "good" : "BAD"));
    System.exit(good ? 0 : 1);
  }

  private boolean run(Form form) throws IOException, SQLException, InterruptedException {
    try (StageRun run = new StageRun(options, form)) {
      run.server().start(List.of());
      return measure(form, run.database(), run.server());
    }
  }

  private boolean measure(Form form, StageDatabase database, ServerProcess server)
      throws IOException, SQLException, InterruptedException {
    HalfSource source = new HalfSource(options.seed());
    LoadTally tally = new LoadTally();
    try (LoadClient client =
        new LoadClient(server.port(), source, tally, options.ratePerSecond())) {
      client.start();
      TimeUnit.SECONDS.sleep(options.warmUpSeconds());
      poison(server.port(), source);
    }
    settle(server, tally);
    tally.forgetLatencies();

    int sentBefore = tally.sent();
    int acceptedBefore = tally.accepted();
    StageFigures before = StageFigures.of(server.port());
    long serverCpu = ProcessCpu.ofProcess(server.pid());
    long databaseCpu = ProcessCpu.ofFamily(database.pid());
    long start = System.nanoTime();
    try (LoadClient client =
        new LoadClient(server.port(), source, tally, options.ratePerSecond())) {
      client.start();
      TimeUnit.SECONDS.sleep(options.seconds());
    }
    double loadSeconds = (System.nanoTime() - start) / 1e9;
    settle(server, tally);
    double seconds = (System.nanoTime() - start) / 1e9;
    serverCpu = ProcessCpu.ofProcess(server.pid()) - serverCpu;
    databaseCpu = ProcessCpu.ofFamily(database.pid()) - databaseCpu;
    StageFigures after = StageFigures.of(server.port());

    long stored = after.stored() - before.stored();
    StageAudit audit = StageAudit.of(database, tally.acceptedNumbers());
    long dead = awaitDead(server.port());
    long deadlocks = database.deadlocks();
    new JsonLine()
        .put("kind", "load")
        .put("form", StageOptions.word(form))
        .put("rate", options.ratePerSecond())
        .put("load_seconds", loadSeconds)
        .put("seconds_until_settled", seconds)
        .put("sent", tally.sent() - sentBefore)
        .put("accepted", tally.accepted() - acceptedBefore)
        .put("stored", stored)
        .put("halves_per_second", stored / seconds)
        .put("server_cpu_ms_per_half", (double) serverCpu / stored)
        .put("postgres_cpu_ms_per_half", (double) databaseCpu / stored)
        .put("mean_batch", (double) stored / (after.batches() - before.batches()))
        .put("mean_delay_ms", (double) (after.delayMillis() - before.delayMillis()) / stored)
        .put("post_p50_ms", tally.latencyMillis(0.5))
        .put("post_p99_ms", tally.latencyMillis(0.99))
        .put("refused", tally.refused())
        .put("poison", options.poison())
        .put("dead", dead)
        .put("singles", after.singles())
        .put("deadlocks", deadlocks)
        .put("lost", audit.lost())
        .put("doubled", audit.doubled())
        .put("stuck", audit.stuck())
        .put("fsync", database.text("show fsync"))
        .put("postgres", database.text("show server_version"))
        .print(options.out());
    return audit.lost() + audit.doubled() + audit.stuck() + deadlocks == 0
        && dead == options.poison();
  }

  private void poison(int port, HalfSource source) throws IOException {
    try (LoopbackHttp http = new LoopbackHttp(port)) {
      for (int i = 0; i < options.poison(); i++) {
        if (http.post("/halves", source.poison(i).text()).status() != LoopbackHttp.ACCEPTED) {
          throw new IOException("the poison was not accepted");
        }
      }
    }
  }

  /** Waits until everything accepted is stored; gives up after a while and lets the audit tell. */
  private static void settle(ServerProcess server, LoadTally tally)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SETTLE_SECONDS);
    while (System.nanoTime() < end && StageFigures.of(server.port()).stored() < tally.accepted()) {
      Thread.sleep(POLL_MILLIS);
    }
  }

  /** Waits until the poison is where it belongs. */
  private long awaitDead(int port) throws IOException, InterruptedException {
    long dead = StageFigures.of(port).dead();
    for (int i = 0; i < 60 && dead < options.poison(); i++) {
      Thread.sleep(POLL_MILLIS);
      dead = StageFigures.of(port).dead();
    }
    return dead;
  }
}
