package org.tallystick.launcher.drill;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
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
    return "kill -9 of the server at random moments; every payment decided once, ledger sums to"
        + " zero";
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
    for (int i = 1; i <= kills; i++) {
      long after = 200L + chance.nextInt(4_000);
      TimeUnit.MILLISECONDS.sleep(after);
      long begun = System.nanoTime();
      floor.bank().killAndRestart();
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
    PaymentAudit audit = PaymentAudit.of(run, floor, streams, accounts, PAIRS);
    run.out()
        .printf(
            "result kill9 kills=%d payments=%d approved=%d unheard=%d disagree=%d"
                + " undecided=%d doubled=%d contrary=%d ledger_sum=%d entries=%d"
                + " entries_expected=%d approved_minor=%d received_minor=%d%n",
            kills,
            audit.payments(),
            audit.approved(),
            audit.unheard(),
            audit.disagree(),
            audit.undecided(),
            audit.doubled(),
            audit.contrary(),
            audit.ledgerSum(),
            audit.entries(),
            audit.entriesExpected(),
            audit.approvedMinor(),
            audit.receivedMinor());
    return audit.payments() > kills && audit.holds();
  }
}
