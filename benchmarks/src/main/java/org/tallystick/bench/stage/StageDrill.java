package org.tallystick.bench.stage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.tallystick.bench.JsonLine;
import org.tallystick.bench.stage.server.StageSettings.Form;

/**
 * Kills the server again and again in the middle of a stream of halves; afterwards every half that
 * was accepted must be stored exactly once.
 *
 * <p>{@code --form thread|mdb|inbox|all --kills 30 --seed 1 --plant none|ack-first|no-unique --out
 * FILE}; exits with 0 only where nothing was lost, doubled, stuck or deadlocked.
 */
public final class StageDrill {
  private static final int MIN_STREAM_MILLIS = 400;
  private static final int MAX_STREAM_MILLIS = 2_500;
  private static final long SETTLE_SECONDS = 120;
  private static final long QUIET_MILLIS = 4_000;
  private static final long PATIENT_MILLIS = 20_000;
  private static final long POLL_MILLIS = 1_000;

  private final StageOptions options;

  private StageDrill(StageOptions options) {
    this.options = options;
  }

  /**
   * Runs the drill.
   *
   * @param args see the class
   * @throws Exception if a process or a file fails
   */
  public static void main(String[] args) throws Exception {
    StageOptions options = StageOptions.parse(args);
    boolean good = true;
    for (Form form : options.forms()) {
      good &= new StageDrill(options).run(form);
    }
    System.exit(good ? 0 : 1);
  }

  private boolean run(Form form) throws IOException, SQLException, InterruptedException {
    try (StageRun run = new StageRun(options, form)) {
      return drill(form, run.database(), run.server(), run.work().resolve("classes.jsa"));
    }
  }

  private boolean drill(Form form, StageDatabase database, ServerProcess server, Path archive)
      throws IOException, SQLException, InterruptedException {
    SplittableRandom random = new SplittableRandom(options.seed());
    HalfSource source = new HalfSource(options.seed());
    LoadTally tally = new LoadTally();
    List<String> quick = List.of("-XX:TieredStopAtLevel=1", "-Xshare:auto");
    List<String> dump = List.of("-XX:TieredStopAtLevel=1", "-XX:ArchiveClassesAtExit=" + archive);
    List<String> load =
        List.of("-XX:TieredStopAtLevel=1", "-Xshare:auto", "-XX:SharedArchiveFile=" + archive);
    server.start(dump);
    server.stop();
    List<String> fast = Files.exists(archive) ? load : quick;

    long begin = System.nanoTime();
    for (int kill = 1; kill <= options.kills(); kill++) {
      long start = System.nanoTime();
      server.start(fast);
      long startMillis = millisSince(start);
      int streamMillis = random.nextInt(MIN_STREAM_MILLIS, MAX_STREAM_MILLIS);
      int acceptedBefore = tally.accepted();
      try (LoadClient client =
          new LoadClient(server.port(), source, tally, options.ratePerSecond())) {
        client.start();
        Thread.sleep(streamMillis);
        server.kill();
      }
      new JsonLine()
          .put("kind", "kill")
          .put("form", StageOptions.word(form))
          .put("kill", kill)
          .put("start_ms", startMillis)
          .put("stream_ms", streamMillis)
          .put("accepted", tally.accepted() - acceptedBefore)
          .put("stored_at_kill", database.stored())
          .print(Optional.empty());
    }
    server.start(fast);
    settle(database, tally);
    return report(form, database, tally, millisSince(begin) / 1_000);
  }

  private boolean report(Form form, StageDatabase database, LoadTally tally, long seconds)
      throws IOException, SQLException {
    StageAudit audit = StageAudit.of(database, tally.acceptedNumbers());
    long inbox = database.number("select count(*) from inbox");
    long deadlocks = database.deadlocks();
    long stuck = audit.stuck() + inbox;
    new JsonLine()
        .put("kind", "drill")
        .put("form", StageOptions.word(form))
        .put("plant", StageOptions.word(options.plant()))
        .put("kills", options.kills())
        .put("seed", options.seed())
        .put("seconds", seconds)
        .put("sent", tally.sent())
        .put("accepted", tally.accepted())
        .put("stored", database.stored())
        .put("stored_without_answer", audit.unknown())
        .put("lost", audit.lost())
        .put("doubled", audit.doubled())
        .put("stuck", stuck)
        .put("deadlocks", deadlocks)
        .print(options.out());
    System.out.println(
        "result stage-drill form="
            + StageOptions.word(form)
            + " kills="
            + options.kills()
            + " lost="
            + audit.lost()
            + " doubled="
            + audit.doubled()
            + " deadlocks="
            + deadlocks
            + " stuck="
            + stuck);
    return audit.lost() + audit.doubled() + stuck + deadlocks == 0;
  }

  /** Waits until nothing moves any more: a short while if all is well, longer if not. */
  private static void settle(StageDatabase database, LoadTally tally)
      throws SQLException, InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SETTLE_SECONDS);
    long moved = System.nanoTime();
    long last = -1;
    while (System.nanoTime() < end) {
      long inbox = database.number("select count(*) from inbox");
      long seen = database.stored() - inbox;
      if (seen != last) {
        last = seen;
        moved = System.nanoTime();
      }
      boolean complete = inbox == 0 && StageAudit.of(database, tally.acceptedNumbers()).lost() == 0;
      if (millisSince(moved) > (complete ? QUIET_MILLIS : PATIENT_MILLIS)) {
        return;
      }
      Thread.sleep(POLL_MILLIS);
    }
  }

  private static long millisSince(long nanos) {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - nanos);
  }
}
