package org.tallystick.launcher.drill;

import java.io.IOException;
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
  private static final long KILL_EVERY_SECONDS = 20;
  private static final long BACK_SECONDS = 300;
  private static final long SETTLE_MILLIS = 3_000;
  private static final long ASK_EVERY_MILLIS = 100;

  private final Drill.Run run;
  private final LocalBank bank;
  private final AnswerTally tally;
  private final Random chance;
  private final long begun = System.nanoTime();
  private int kills;
  private int brokerKills;
  private int rolls;

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

  /** Kills one node after the other, and at a third and two thirds of the way the broker too. */
  void pullPlugs(int count) throws InterruptedException {
    int first = chance.nextInt(bank.nodes().size());
    for (int i = 1; i <= count; i++) {
      long next = System.nanoTime() + TimeUnit.SECONDS.toNanos(KILL_EVERY_SECONDS);
      TimeUnit.MILLISECONDS.sleep(chance.nextInt(2_000));
      ServerProcess node = bank.nodes().get((first + i) % bank.nodes().size());
      kills++;
      kill("kill", kills, node, SETTLE_MILLIS);
      if (i % 3 == 0 && i < count) {
        killBroker();
      }
      long left = next - System.nanoTime();
      TimeUnit.NANOSECONDS.sleep(Math.max(0, left));
    }
  }

  private void killBroker() throws InterruptedException {
    MessageBroker broker = bank.broker().orElse(null);
    if (broker != null) {
      brokerKills++;
      kill("broker_kill", brokerKills, broker, 2 * SETTLE_MILLIS);
    }
  }

  private void kill(String what, int count, Kept child, long settleMillis)
      throws InterruptedException {
    long pulled = System.nanoTime();
    child.kill();
    awaitWell(child.pid());
    long back = System.nanoTime();
    TimeUnit.MILLISECONDS.sleep(settleMillis);
    tally.trouble(pulled);
    say(what, count, child.name(), millis(pulled - begun), 0, millis(back - pulled));
  }

  /** Waits until every node works, and none is the process that was killed. */
  private void awaitWell(long killedPid) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(BACK_SECONDS);
    while (!isWell(killedPid)) {
      if (System.nanoTime() > deadline) {
        throw new LaunchException("a node does not come back");
      }
      TimeUnit.MILLISECONDS.sleep(ASK_EVERY_MILLIS);
    }
  }

  private boolean isWell(long killedPid) throws InterruptedException {
    if (bank.broker().map(broker -> broker.pid() == killedPid).orElse(false)) {
      return false;
    }
    for (ServerProcess node : bank.nodes()) {
      if (node.pid() == killedPid || !node.healthy()) {
        return false;
      }
    }
    return true;
  }

  /** Restarts all nodes in order, as an operator does. */
  void roll() throws IOException, InterruptedException {
    new RollingRestart(bank.data().path())
        .run(
            (name, stopMillis, awayMillis) -> {
              rolls++;
              long since = System.nanoTime() - TimeUnit.MILLISECONDS.toNanos(awayMillis);
              tally.trouble(since);
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
