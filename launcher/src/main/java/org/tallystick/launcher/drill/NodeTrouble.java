package org.tallystick.launcher.drill;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.tallystick.launcher.Kept;
import org.tallystick.launcher.LaunchException;
import org.tallystick.launcher.LocalBank;
import org.tallystick.launcher.MessageBroker;
import org.tallystick.launcher.RollingRestart;
import org.tallystick.launcher.ServerProcess;

/** What happens to a bank of several nodes during its drill, each thing with a line of its own. */
final class NodeTrouble {
  private static final long KILL_EVERY_NANOS = TimeUnit.SECONDS.toNanos(20);
  private static final long BACK_NANOS = TimeUnit.MINUTES.toNanos(5);
  private static final long ASK_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  /** An answer that was due so shortly before a kill, or so soon after it, may miss its socket. */
  private static final long BEFORE_NANOS = TimeUnit.SECONDS.toNanos(2);

  private static final long AFTER_NANOS = TimeUnit.SECONDS.toNanos(4);

  private final Drill.Run run;
  private final LocalBank bank;
  private final AnswerTally tally;
  private final Random chance;
  private final long begun = System.nanoTime();
  private final Map<String, Away> away = new LinkedHashMap<>();
  private int kills;
  private int brokerKills;
  private int rolls;

  /** Who was killed and is not back. */
  private record Away(String what, int count, String name, long pid, long sinceNanos) {}

  NodeTrouble(Drill.Run run, LocalBank bank, AnswerTally tally) {
    this.run = run;
    this.bank = bank;
    this.tally = tally;
    this.chance = new Random(run.seed());
  }

  int kills() {
    return kills;
  }

  int brokerKills() {
    return brokerKills;
  }

  int rolls() {
    return rolls;
  }

  /**
   * Kills one node after the other, every twenty seconds whatever has become of the one before, and
   * at every third kill the broker too; returns when all are back.
   */
  void pullPlugs(int count) throws InterruptedException {
    int first = chance.nextInt(bank.nodes().size());
    long next = System.nanoTime();
    for (int i = 1; i <= count; i++) {
      watchUntil(next + TimeUnit.MILLISECONDS.toNanos(chance.nextInt(2_000)));
      kill("kill", ++kills, bank.nodes().get((first + i) % bank.nodes().size()));
      MessageBroker broker = bank.broker().orElse(null);
      if (broker != null && i % 3 == 1) {
        watchUntil(next + KILL_EVERY_NANOS / 2);
        kill("broker_kill", ++brokerKills, broker);
      }
      next += KILL_EVERY_NANOS;
      watchUntil(next);
    }
    long deadline = System.nanoTime() + BACK_NANOS;
    while (!away.isEmpty()) {
      if (System.nanoTime() > deadline) {
        throw new LaunchException("not back: " + away.keySet());
      }
      watchUntil(System.nanoTime() + ASK_EVERY_NANOS);
    }
  }

  private void kill(String what, int count, Kept child) throws InterruptedException {
    Away before = away.get(child.name());
    if (before != null) {
      sayAway(before, -1);
    }
    away.put(child.name(), new Away(what, count, child.name(), child.pid(), System.nanoTime()));
    child.kill();
  }

  /** Notes who is back, until that time. */
  private void watchUntil(long untilNanos) throws InterruptedException {
    do {
      for (Away gone : List.copyOf(away.values())) {
        if (isBack(gone)) {
          away.remove(gone.name());
          sayAway(gone, System.nanoTime());
        }
      }
      long left = untilNanos - System.nanoTime();
      TimeUnit.NANOSECONDS.sleep(Math.max(0, Math.min(left, ASK_EVERY_NANOS)));
    } while (System.nanoTime() < untilNanos);
  }

  private boolean isBack(Away gone) throws InterruptedException {
    if (gone.what().equals("broker_kill")) {
      return bank.broker().map(broker -> broker.pid() != gone.pid()).orElse(true);
    }
    for (ServerProcess node : bank.nodes()) {
      if (node.name().equals(gone.name())) {
        return node.pid() != gone.pid() && node.healthy();
      }
    }
    return false;
  }

  private void sayAway(Away gone, long backNanos) {
    tally.trouble(gone.sinceNanos() - BEFORE_NANOS, gone.sinceNanos() + AFTER_NANOS);
    boolean back = backNanos >= 0;
    if (back) {
      tally.trouble(backNanos - BEFORE_NANOS, backNanos + AFTER_NANOS);
    }
    say(
        gone.what(),
        gone.count(),
        gone.name(),
        millis(gone.sinceNanos() - begun),
        0,
        back ? millis(backNanos - gone.sinceNanos()) : -1);
  }

  /** Restarts all nodes in order, as an operator does. */
  void roll() throws IOException, InterruptedException {
    new RollingRestart(bank.data().path())
        .run(
            (name, stopMillis, awayMillis) -> {
              rolls++;
              long now = System.nanoTime();
              long since = now - TimeUnit.MILLISECONDS.toNanos(awayMillis);
              long stopped = since + TimeUnit.MILLISECONDS.toNanos(stopMillis);
              tally.trouble(since - BEFORE_NANOS, stopped + AFTER_NANOS);
              tally.trouble(now - BEFORE_NANOS, now + AFTER_NANOS);
              say("roll", rolls, name, millis(since - begun), stopMillis, awayMillis);
            });
  }

  private void say(
      String what, int count, String name, long atMillis, long stopMillis, long backMillis) {
    run.out()
        .println(
            Json.line(
                what,
                count,
                "name",
                name,
                "at_ms",
                atMillis,
                "stop_ms",
                stopMillis,
                "back_ms",
                backMillis));
    run.out().flush();
  }

  private static long millis(long nanos) {
    return TimeUnit.NANOSECONDS.toMillis(nanos);
  }
}
