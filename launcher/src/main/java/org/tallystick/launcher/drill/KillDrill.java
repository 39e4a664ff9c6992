package org.tallystick.launcher.drill;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.tallystick.launcher.Progress;
import org.tallystick.launcher.bank.Customer;

/**
 * Pulls the plug of the server at random moments of a stream of payments and reads from outside:
 * each payment is decided once, both devices hear the same, the ledger sums to zero and moved
 * exactly what was approved.
 */
public final class KillDrill implements Drill {
  private static final int PAIRS = 4;
  private static final long OPENING_MINOR = 100_000_000;
  private static final int ROUNDS = 30;

  @Override
  public String name() {
    return "kill9";
  }

  @Override
  public String description() {
    return "kill -9 of the server at random moments; every payment decided once, ledger sums to zero";
  }

  @Override
  public List<String> plants() {
    return List.of("unbalanced", "moved-twice", "answer-gone");
  }

  @Override
  public boolean run(Run run) throws Exception {
    int kills = run.rounds() > 0 ? run.rounds() : ROUNDS;
    Random chance = new Random(run.seed());
    try (Floor floor = Floor.open(run.folder(), Map.of(), run.progress())) {
      List<PaymentStream> streams = new ArrayList<>();
      for (int i = 0; i < PAIRS; i++) {
        Customer user = floor.fundedUser("Payer " + i, OPENING_MINOR);
        Customer shop = floor.provider("Shop " + i);
        streams.add(
            new PaymentStream(
                floor.device(shop, "till-" + i, null),
                floor.device(user, "phone-" + i, Payments.PIN)));
      }
      streams.forEach(stream -> stream.start());
      pullPlugs(run, floor, kills, chance);
      for (PaymentStream stream : streams) {
        stream.finish();
      }
      LedgerPlants.plant(run, floor);
      return report(run, floor, streams, kills);
    }
  }

  private static void pullPlugs(Run run, Floor floor, int kills, Random chance)
      throws InterruptedException {
    Progress progress = run.progress();
    for (int i = 1; i <= kills; i++) {
      long after = 200 + chance.nextInt(4_000);
      TimeUnit.MILLISECONDS.sleep(after);
      long begun = System.nanoTime();
      floor.bank().killAndRestart(progress);
      run.out()
          .println(
              Json.line(
                  "kill",
                  i,
                  "after_ms",
                  after,
                  "back_ms",
                  TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun)));
    }
    TimeUnit.SECONDS.sleep(3);
  }

  private static boolean report(Run run, Floor floor, List<PaymentStream> streams, int kills) {
    int payments = 0;
    int approved = 0;
    int undecided = 0;
    int disagree = 0;
    int wrong = 0;
    long approvedMinor = 0;
    for (PaymentStream stream : streams) {
      for (PaymentStream.Ended ended : stream.ended()) {
        payments++;
        boolean both = ended.payee().equals(ended.payer());
        boolean once = decidedOnce(floor.office().transaction(ended.number()), ended.payee());
        approved += ended.payee().equals("APPROVED") ? 1 : 0;
        approvedMinor += ended.payee().equals("APPROVED") ? ended.minor() : 0;
        undecided += ended.payee().equals("NONE") || ended.payer().equals("NONE") ? 1 : 0;
        disagree += both ? 0 : 1;
        wrong += once ? 0 : 1;
        if (!both || !once) {
          run.out()
              .println(
                  Json.line(
                      "number",
                      ended.number(),
                      "payee",
                      ended.payee(),
                      "payer",
                      ended.payer(),
                      "decided_once",
                      once));
        }
      }
    }
    Ledger ledger = Ledger.read(floor.office().trialBalance());
    long expected = Math.addExact(approvedMinor, PAIRS * OPENING_MINOR);
    run.out().println(Json.line("trial_balance", floor.office().trialBalance()));
    run.out()
        .printf(
            "result kill9 kills=%d payments=%d approved=%d undecided=%d disagree=%d"
                + " not_decided_once=%d ledger_sum=%d entries=%d entries_expected=%d"
                + " approved_minor=%d%n",
            kills,
            payments,
            approved,
            undecided,
            disagree,
            wrong,
            ledger.sum(),
            ledger.entries(),
            approved + PAIRS,
            expected - PAIRS * OPENING_MINOR);
    return payments > kills
        && approved == payments
        && undecided + disagree + wrong == 0
        && ledger.sum() == 0
        && ledger.entries() == approved + PAIRS;
  }

  /** One decided slot with two answered halves and the outcome that the devices heard. */
  static boolean decidedOnce(JsonNode transaction, String outcome) {
    JsonNode slots = transaction.path("slots");
    if (slots.size() != 1) {
      return false;
    }
    JsonNode slot = slots.get(0);
    boolean decided = slot.path("outcome").asText().equals(outcome);
    JsonNode halves = slot.path("halves");
    boolean two = halves.size() == 2;
    for (JsonNode half : halves) {
      two &= half.path("state").asText().equals("ANSWERED");
    }
    return decided && two;
  }

  /** What the trial balance says. */
  record Ledger(long sum, long entries) {
    static Ledger read(JsonNode balance) {
      long sum = 0;
      long entries = 0;
      for (JsonNode currency : balance.path("currencies")) {
        sum += Math.abs(currency.path("sumMinor").asLong(Long.MAX_VALUE / 4));
        entries += currency.path("entries").asLong();
      }
      return new Ledger(sum, entries);
    }
  }
}
