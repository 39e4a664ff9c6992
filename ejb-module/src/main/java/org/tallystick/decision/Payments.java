package org.tallystick.decision;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.tallystick.code.HalfVault;
import org.tallystick.codec.Base64Url;
import org.tallystick.ledger.EntryId;
import org.tallystick.ledger.Transfer;
import org.tallystick.ledger.TransferOutcome;
import org.tallystick.ledger.TransferOutcome.AccountClosed;
import org.tallystick.ledger.TransferOutcome.CurrencyMismatch;
import org.tallystick.ledger.TransferOutcome.InsufficientFunds;
import org.tallystick.money.Money;
import org.tallystick.pairing.Ending;
import org.tallystick.pairing.SlotKey;
import org.tallystick.wallet.PaymentSource;
import org.tallystick.wallet.PaymentSource.OnAccount;
import org.tallystick.wallet.PaymentSource.Unsupported;

/**
 * Decides pairs and moves the money of those that are good. The id of a movement follows from the
 * slot, so that no redelivery can move it twice.
 */
final class Payments {
  private static final String KIND = "PAYMENT";

  private final Books books;
  private final HalfVault vault;

  Payments(Books books, HalfVault vault) {
    this.books = books;
    this.vault = vault;
  }

  /** Either how a pair ended already, or what is still to be moved. */
  private record Plan(Pair pair, Optional<Ending> ending, Optional<Transfer> order) {
    static Plan ended(Pair pair, Ending ending) {
      return new Plan(pair, Optional.of(ending), Optional.empty());
    }
  }

  /** Decides all pairs; accounts are locked once, in ascending order. */
  Map<Pair, Ending> decide(List<Pair> pairs) {
    List<Plan> plans = new ArrayList<>();
    for (Pair pair : pairs) {
      plans.add(plan(pair));
    }
    List<Long> debits =
        plans.stream().flatMap(p -> p.order().stream()).map(Transfer::debitAccount).toList();
    if (!debits.isEmpty()) {
      books.lock(debits);
    }
    Map<Pair, Ending> endings = new LinkedHashMap<>();
    for (Plan plan : plans) {
      endings.put(plan.pair(), plan.ending().orElseGet(() -> move(plan)));
    }
    return endings;
  }

  private Plan plan(Pair pair) {
    Optional<Ending> obstacle = pair.obstacle();
    if (obstacle.isPresent()) {
      return Plan.ended(pair, obstacle.get());
    }
    Money amount = pair.payer().signed().amount();
    if (amount.minor() == 0) {
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
    Transfer order =
        new Transfer(
            entryId(pair.slot().key()),
            KIND,
            pair.slot().key().number(),
            from.ledgerAccountId(),
            to.getAsLong(),
            amount);
    return new Plan(pair, Optional.empty(), Optional.of(order));
  }

  private Ending move(Plan plan) {
    Transfer order = plan.order().orElseThrow();
    TransferOutcome outcome = books.transfer(order);
    if (outcome.inTheBooks()) {
      return Ending.APPROVED;
    }
    if (outcome instanceof InsufficientFunds) {
      return Ending.INSUFFICIENT_FUNDS;
    }
    if (outcome instanceof CurrencyMismatch) {
      return Ending.PAYER_CURRENCY;
    }
    if (outcome instanceof AccountClosed closed) {
      return closed.accountId() == order.debitAccount()
          ? Ending.PAYER_ACCOUNT_CLOSED
          : Ending.PAYEE_ACCOUNT_CLOSED;
    }
    throw new IllegalStateException("the ledger answers " + outcome);
  }

  private static UUID entryId(SlotKey key) {
    return EntryId.of(
        "payment", key.consortium() + "/" + key.number() + "/" + Base64Url.encode(key.billHash()));
  }
}
