package org.tallystick.decision;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.tallystick.authority.Authority;
import org.tallystick.code.HalfVault;
import org.tallystick.code.Limits;
import org.tallystick.code.Times;
import org.tallystick.ledger.EntryId;
import org.tallystick.ledger.Hold;
import org.tallystick.ledger.Transfer;
import org.tallystick.money.Money;
import org.tallystick.pairing.Ending;
import org.tallystick.pairing.SlotKey;
import org.tallystick.wallet.PaymentSource;
import org.tallystick.wallet.PaymentSource.OnAccount;
import org.tallystick.wallet.PaymentSource.Unsupported;
import org.tallystick.wallet.Spending;

/**
 * Decides pairs and moves the money of those that are good, or holds it where they say so. The id
 * of a movement or a hold follows from the slot, so that no redelivery can make it twice. What is
 * held counts to a limit for the day in full when it is set aside, and not again when it is taken.
 */
final class Payments {
  private static final String KIND = "PAYMENT";

  private final Books books;
  private final HalfVault vault;
  private final OffsetDateTime now;
  private final Allowance allowance;
  private final List<Authority> granted = new ArrayList<>();

  Payments(Books books, HalfVault vault, OffsetDateTime now) {
    this.books = books;
    this.vault = vault;
    this.now = now;
    this.allowance = new Allowance(books, now);
  }

  /** The ledger accounts of both sides, and how much may be spent from the payer's. */
  private record Accounts(long from, Spending spending, long to) {}

  /** Either how a pair ended already, or between which accounts it is to be settled. */
  private record Plan(Pair pair, Optional<Ending> ending, Optional<Accounts> accounts) {
    static Plan ended(Pair pair, Ending ending) {
      return new Plan(pair, Optional.of(ending), Optional.empty());
    }
  }

  /**
   * Decides all pairs; accounts are locked once, in ascending order.
   *
   * @param alsoLock accounts that the caller will move from afterwards
   */
  Map<Pair, Ending> decide(List<Pair> pairs, Collection<Long> alsoLock) {
    List<Plan> plans = new ArrayList<>();
    for (Pair pair : pairs) {
      plans.add(plan(pair));
    }
    List<Long> debits =
        Stream.concat(
                alsoLock.stream(),
                plans.stream().flatMap(plan -> plan.accounts().stream()).map(Accounts::from))
            .toList();
    if (!debits.isEmpty()) {
      books.lock(debits);
    }
    Map<Pair, Ending> endings = new LinkedHashMap<>();
    for (Plan plan : plans) {
      endings.put(plan.pair(), plan.ending().orElseGet(() -> settle(plan)));
    }
    return endings;
  }

  /** What approved pairs leave their payees permitted to do. */
  List<Authority> granted() {
    return granted;
  }

  private Plan plan(Pair pair) {
    Optional<Ending> obstacle = pair.obstacle();
    if (obstacle.isPresent()) {
      return Plan.ended(pair, obstacle.get());
    }
    Money amount = pair.payer().signed().amount();
    if (amount.minor() == 0 && !Grant.isIn(pair)) {
      return Plan.ended(pair, Ending.APPROVED);
    }
    Optional<PaymentSource> source =
        books.source(pair.payer().partyId(), vault.shorthand(pair.payer().half()));
    if (source.isEmpty()) {
      return Plan.ended(pair, Ending.UNKNOWN_SHORTHAND);
    }
    if (!(source.get() instanceof OnAccount from)) {
      return Plan.ended(pair, Ending.valueOf(((Unsupported) source.get()).reason().name()));
    }
    OptionalLong to = books.deposit(pair.payee().partyId(), amount.currency());
    if (to.isEmpty()) {
      return Plan.ended(pair, Ending.PAYEE_NO_ACCOUNT);
    }
    Accounts accounts = new Accounts(from.ledgerAccountId(), from.spending(), to.getAsLong());
    return new Plan(pair, Optional.empty(), Optional.of(accounts));
  }

  private Ending settle(Plan plan) {
    Pair pair = plan.pair();
    Accounts accounts = plan.accounts().orElseThrow();
    Spending spending = accounts.spending();
    Money taken = Grant.takenAtOnce(pair);
    Optional<Ending> above = allowance.obstacle(spending, taken, Grant.highestMinor(pair));
    if (above.isPresent()) {
      return above.get();
    }
    Ending ending =
        Grant.hold(pair)
            .map(hold -> hold(pair, hold, accounts.from()))
            .orElseGet(() -> move(pair, accounts));
    if (ending == Ending.APPROVED) {
      allowance.spend(spending, taken);
      Grant.of(pair, accounts.from(), spending.instrument(), now).ifPresent(granted::add);
    }
    return ending;
  }

  private Ending hold(Pair pair, Limits.Hold hold, long account) {
    if (hold.limitMinor() == 0) {
      return Ending.APPROVED;
    }
    SlotKey key = pair.slot().key();
    return Booked.ending(
        books.hold(
            new Hold(
                Authority.holdId(key),
                account,
                Money.of(hold.limitMinor(), pair.payer().signed().amount().currency()),
                key.number(),
                Times.ofMillis(hold.untilMillis()))));
  }

  private Ending move(Pair pair, Accounts accounts) {
    Money amount = pair.payer().signed().amount();
    if (amount.minor() == 0) {
      return Ending.APPROVED;
    }
    SlotKey key = pair.slot().key();
    Transfer order =
        new Transfer(
            EntryId.of("payment", key.text()),
            KIND,
            key.number(),
            accounts.from(),
            accounts.to(),
            amount);
    return Booked.ending(books.transfer(order), order);
  }
}
