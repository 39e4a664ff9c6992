package org.tallystick.launcher.drill;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.tallystick.device.DeviceEvents;
import org.tallystick.device.TallystickDevice;
import org.tallystick.launcher.BankPlan;
import org.tallystick.launcher.Kept;
import org.tallystick.launcher.LaunchException;
import org.tallystick.launcher.ServerProcess;
import org.tallystick.launcher.bank.AccountHolder;
import org.tallystick.launcher.bank.Customer;

/**
 * Two nodes under load, of which one after the other is killed, then restarted in order; halves go
 * to any node, answers are awaited at another. From outside: nothing lost, nothing doubled, nothing
 * stuck, each answer pushed or fetched, both nodes at work, timers at their pace, and a node with a
 * foreign key refuses to start.
 */
public final class NodesDrill implements Drill {
  private static final int NODES = 2;
  private static final int PAIRS = 8;
  private static final int KILLS = 9;
  private static final long OPENING_MINOR = 100_000_000;
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final long WARM_SECONDS = 5;
  private static final long STUCK_SECONDS = 11;
  private static final long LISTEN_MILLIS = 500;

  /** So long a customer looks at a bill; it also leaves a node that starts some of the machine. */
  private static final long READING_MILLIS = 500;

  private static final long REFUSE_SECONDS = 120;

  @Override
  public String name() {
    return "nodes";
  }

  @Override
  public String description() {
    return "two nodes: one killed every 20 s, then a rolling restart; nothing lost, answers pushed";
  }

  @Override
  public List<String> plants() {
    return List.of("no-topic", "swallowed-code", "moved-twice", "outcome-changed");
  }

  @Override
  public boolean run(Run run) throws Exception {
    long started = System.nanoTime();
    try (Floor floor =
        Floor.open(run.folder(), NODES, plan -> planted(run, plan), run.progress())) {
      run.out().println(Json.line("nodes", NODES, "start_ms", millisSince(started)));
      AnswerTally tally = new AnswerTally();
      List<PaymentStream> streams = new ArrayList<>();
      List<String> accounts = new ArrayList<>();
      for (int i = 0; i < PAIRS; i++) {
        AccountHolder shop = floor.shop("Shop " + i);
        accounts.add(shop.account());
        streams.add(stream(run, floor, tally, shop.customer(), i));
      }
      TimerRounds before = TimerRounds.read(floor);
      NodeTrouble trouble = new NodeTrouble(run, floor.bank(), tally);
      long begun = System.nanoTime();
      streams.forEach(PaymentStream::start);
      TimeUnit.SECONDS.sleep(WARM_SECONDS);
      trouble.pullPlugs(run.rounds() > 0 ? run.rounds() : KILLS);
      trouble.roll();
      TimeUnit.SECONDS.sleep(WARM_SECONDS);
      memory(run, floor);
      for (PaymentStream stream : streams) {
        stream.finish();
      }
      long seconds = TimeUnit.MILLISECONDS.toSeconds(millisSince(begun));
      int timersWrong = TimerRounds.read(floor).wrongSince(before, run);
      TimeUnit.SECONDS.sleep(STUCK_SECONDS);
      return report(run, floor, streams, accounts, tally, trouble, timersWrong, seconds);
    }
  }

  private static BankPlan planted(Run run, BankPlan plan) {
    BankPlan quick =
        plan.with(
            Map.of(
                "TALLYSTICK_RATE_GENERAL",
                "100000",
                "TALLYSTICK_RATE_SIGN_IN",
                "1000",
                "TALLYSTICK_RATE_UPLOAD",
                "1000",
                // nodes live for half a minute here: what the second compiler does comes too late
                "TALLYSTICK_JAVA_OPTIONS",
                "-XX:TieredStopAtLevel=1"));
    return run.plants("no-topic") ? quick.with(BankPlan.Broker.EMBEDDED) : quick;
  }

  private static PaymentStream stream(
      Run run, Floor floor, AnswerTally tally, Customer shop, int index) {
    TallystickDevice till = spread(run, floor, tally, shop, "till-" + index, null);
    Customer user = floor.fundedUser("Payer " + index, OPENING_MINOR);
    TallystickDevice phone = spread(run, floor, tally, user, "phone-" + index, Payments.PIN);
    return new PaymentStream(
        till,
        phone,
        PATIENCE,
        made -> {
          long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(LISTEN_MILLIS);
          while (!tally.waits(made.payee().pickup()) && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(1);
          }
          TimeUnit.MILLISECONDS.sleep(READING_MILLIS);
          tally.due(List.of(made.payee().pickup(), made.payer().pickup()));
        });
  }

  private static TallystickDevice spread(
      Run run, Floor floor, AnswerTally tally, Customer owner, String name, @Nullable String pin) {
    return floor.device(
        owner,
        name,
        pin,
        bank ->
            new SpreadConnection(
                bank,
                floor.routes(),
                tally,
                run.seed() * 31 + name.hashCode(),
                run.plants("swallowed-code")),
        DeviceEvents.NONE);
  }

  private static void memory(Run run, Floor floor) throws IOException {
    List<Kept> children = new ArrayList<>(floor.bank().nodes());
    floor.bank().broker().ifPresent(children::add);
    for (Kept child : children) {
      Path status = Path.of("/proc", Long.toString(child.pid()), "status");
      if (Files.exists(status)) {
        String rss =
            Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .map(line -> line.replaceAll("\\D", ""))
                .findFirst()
                .orElse("0");
        run.out().println(Json.line("memory", child.name(), "rss_kib", Long.parseLong(rss)));
      }
    }
  }

  private static boolean report(
      Run run,
      Floor floor,
      List<PaymentStream> streams,
      List<String> accounts,
      AnswerTally tally,
      NodeTrouble trouble,
      int timersWrong,
      long seconds)
      throws IOException, InterruptedException {
    JsonNode summary = floor.office().summary();
    run.out().println(Json.line("summary", summary));
    long stuck =
        summary.path("slots").path("PAIRED").asLong()
            + summary.path("halves").path("REFUSED").asLong();
    boolean refused = foreignKeyIsRefused(run, floor);
    LedgerPlants.plant(run, floor);
    PaymentAudit audit = PaymentAudit.of(run, floor, streams, accounts, PAIRS);
    Map<String, LongAdder> shares = tally.halvesAt();
    run.out().println(Json.line("halves_at", shares));
    boolean all = shares.size() == NODES && tally.pushed() > 0 && tally.polled() > 0;
    run.out()
        .printf(
            "result nodes kills=%d broker_kills=%d rolls=%d payments=%d payments_per_s=%d"
                + " lost=%d doubled=%d contrary=%d disagree=%d stuck=%d pushed=%d fetched=%d"
                + " unexplained=%d polled=%d unheard=%d push_ms_median=%d push_ms_p99=%d"
                + " ledger_sum=%d entries=%d entries_expected=%d nodes_at_work=%d"
                + " timers_wrong=%d foreign_key_refused=%s%n",
            trouble.kills(),
            trouble.brokerKills(),
            trouble.rolls(),
            audit.payments(),
            audit.payments() / Math.max(1, seconds),
            audit.undecided(),
            audit.doubled(),
            audit.contrary(),
            audit.disagree(),
            stuck,
            tally.pushed(),
            tally.fetched(),
            tally.unexplained(),
            tally.polled(),
            audit.unheard(),
            tally.pushMillis(0.5),
            tally.pushMillis(0.99),
            audit.ledgerSum(),
            audit.entries(),
            audit.entriesExpected(),
            shares.size(),
            timersWrong,
            refused);
    boolean held = audit.holds() && stuck == 0 && tally.unexplained() == 0;
    return held && all && refused && timersWrong == 0 && trouble.rolls() == NODES;
  }

  /** A further node with a key folder of its own must say why it does not start, and end. */
  private static boolean foreignKeyIsRefused(Run run, Floor floor)
      throws IOException, InterruptedException {
    Path keys = run.folder().resolve("foreign-keys");
    ServerProcess node =
        floor.bank().launchFurther("foreign-key", Map.of("TALLYSTICK_KEYS", keys.toString()));
    long begun = System.nanoTime();
    try {
      node.awaitReady();
      return false;
    } catch (LaunchException ended) {
      boolean inTime = millisSince(begun) < TimeUnit.SECONDS.toMillis(REFUSE_SECONDS);
      boolean gone = inTime && node.waitFor() != 0;
      boolean says = Files.readString(node.log()).contains("another key-encryption key");
      run.out()
          .println(
              Json.line("foreign_key_ended_ms", millisSince(begun), "ended", gone, "says", says));
      return gone && says;
    } finally {
      node.close();
    }
  }

  private static long millisSince(long nanos) {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - nanos);
  }
}
