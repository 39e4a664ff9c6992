package org.tallystick.launcher.drill;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.tallystick.launcher.Progress;
import org.tallystick.launcher.bank.AccountHolder;
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
    return List.of("unbalanced", "moved-twice", "outcome-changed");
  }

  @Override
  public boolean run(Run run) throws Exception {
    int kills = run.rounds() > 0 ? run.rounds() : ROUNDS;
    Random chance = new Random(run.seed());
    try (Floor floor = Floor.open(run.folder(), Map.of(), run.progress())) {
      List<PaymentStream> streams = new ArrayList<>();
      List<String> accounts = new ArrayList<>();
      for (int i = 0; i < PAIRS; i++) {
        Customer user = floor.fundedUser("Payer " + i, OPENING_MINOR);
        AccountHolder shop = floor.shop("Shop " + i);
        streams.add(
            new PaymentStream(
                floor.device(shop.customer(), "till-" + i, null),
                floor.device(user, "phone-" + i, Payments.PIN)));
        accounts.add(shop.account());
      }
      streams.forEach(stream -> stream.start());
      pullPlugs(run, floor, kills, chance);
      for (PaymentStream stream : streams) {
        stream.finish();
      }
      LedgerPlants.plant(run, floor);
      return report(run, floor, streams, accounts, kills);
    }
  }

  private static void pullPlugs(Run run, Floor floor, int kills, Random chance)
      throws InterruptedException {
    Progress progress = run.progress();
    for (int i = 1; i <= kills; i++) {
      long after = 200L + chance.nextInt(4_000);
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

  private static boolean report(
      Run run, Floor floor, List<PaymentStream> streams, List<String> accounts, int kills) {
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
    JsonNode balance = floor.office().trialBalance();
    Ledger ledger = Ledger.read(balance);
    long received = accounts.stream().mapToLong(floor.office()::postedMinor).sum();
    run.out().println(Json.line("trial_balance", balance));
    run.out()
        .printf(
            "result kill9 kills=%d payments=%d approved=%d undecided=%d disagree=%d"
                + " not_decided_once=%d ledger_sum=%d entries=%d entries_expected=%d"
                + " approved_minor=%d received_minor=%d%n",
            kills,
            payments,
            approved,
            undecided,
            disagree,
            wrong,
            ledger.sum(),
            ledger.entries(),
            approved + PAIRS,
            approvedMinor,
            received);
    return payments > kills
        && approved == payments
        && undecided + disagree + wrong == 0
        && ledger.sum().signum() == 0
        && received == approvedMinor
        && ledger.entries() == approved + PAIRS;
  }

  /** One decided slot and two answered halves, all with the outcome that the devices heard. */
  static boolean decidedOnce(JsonNode transaction, String outcome) {
    JsonNode slots = transaction.path("slots");
    JsonNode halves = transaction.path("halves");
    boolean good = slots.size() == 1 && halves.size() == 2;
    good &= slots.path(0).path("state").asText().equals("DECIDED");
    good &= slots.path(0).path("outcome").asText().equals(outcome);
    for (JsonNode half : halves) {
      good &= half.path("state").asText().equals("ANSWERED");
      good &= half.path("outcome").asText().equals(outcome);
    }
    return good;
  }

  /** What the trial balance says. */
  record Ledger(BigInteger sum, long entries) {
    static Ledger read(JsonNode balance) {
      BigInteger sum = BigInteger.ZERO;
      for (JsonNode currency : balance.path("currencies")) {
        sum = sum.add(new BigInteger(currency.path("signedMinor").asText()).abs());
      }
      return new Ledger(sum, balance.path("entries").asLong());
    }
  }
}
