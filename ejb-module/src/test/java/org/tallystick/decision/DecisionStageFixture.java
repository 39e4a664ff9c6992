package org.tallystick.decision;

import java.time.LocalDate;
import java.util.Collection;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.tallystick.device.Aliases;
import org.tallystick.keys.Bank;
import org.tallystick.keys.KeyVault;
import org.tallystick.ledger.Hold;
import org.tallystick.ledger.HoldOutcome;
import org.tallystick.ledger.Transfer;
import org.tallystick.ledger.TransferOutcome;
import org.tallystick.party.BackOffice;
import org.tallystick.wallet.PaymentSource;
import org.tallystick.wallet.Spending;
import org.tallystick.wallet.WalletFixture;
import org.tallystick.webhook.WebhooksFixture;

/** The second stage wired by hand, over the real ledger. */
@SuppressWarnings("UnnecessaryAssignment") // the test stands in for the container
public final class DecisionStageFixture {
  private DecisionStageFixture() {}

  public static DecisionStage over(BackOffice office) {
    return over(office, office.vault);
  }

  /** With the party's real wallet. */
  public static DecisionStage overWallets(BackOffice office) {
    LedgerBooks books = new LedgerBooks();
    books.wallet = WalletFixture.wallet(office);
    books.spending = WalletFixture.spending(office);
    books.ledger = office.ledger;
    DecisionStage stage = over(office);
    stage.books = books;
    return stage;
  }

  /** With other signing keys, or none. */
  public static DecisionStage over(BackOffice office, KeyVault vault) {
    DecisionStage stage = new DecisionStage();
    stage.entities = office.entities;
    stage.books = new OneAccountEach(office);
    stage.bank = new Bank(office.environment);
    stage.aliases = new Aliases(office.vault, office.random);
    stage.vault = vault;
    stage.random = office.random;
    stage.clock = office.clock;
    stage.outbox = WebhooksFixture.outbox(office);
    return stage;
  }

  /** Wallets in which "Account 1" and the preferred instrument are the deposit account. */
  private record OneAccountEach(BackOffice office) implements Books {
    @Override
    public Optional<PaymentSource> source(long partyId, String shorthand) {
      if (!shorthand.isBlank() && !shorthand.equals("Account 1")) {
        return Optional.empty();
      }
      return Optional.of(
          new PaymentSource.OnAccount(
              office.ledger.deposit(partyId, "USD").orElseThrow(), Spending.unlimited(0)));
    }

    @Override
    public Optional<Spending> spending(long instrument) {
      return Optional.of(Spending.unlimited(instrument));
    }

    @Override
    public long spent(long instrument, LocalDate day) {
      throw new IllegalStateException("without a limit nobody asks");
    }

    @Override
    public void addSpent(long instrument, LocalDate day, long minor) {
      throw new IllegalStateException("without a limit nothing is counted");
    }

    @Override
    public OptionalLong deposit(long partyId, String currency) {
      return office.ledger.deposit(partyId, currency);
    }

    @Override
    public void lock(Collection<Long> accounts) {
      office.ledger.lock(accounts);
    }

    @Override
    public TransferOutcome transfer(Transfer order) {
      return office.ledger.transfer(order);
    }

    @Override
    public HoldOutcome hold(Hold order) {
      return office.ledger.placeHold(order);
    }

    @Override
    public TransferOutcome capture(UUID holdId, Transfer order) {
      return office.ledger.capture(holdId, order);
    }

    @Override
    public void release(UUID holdId) {
      office.ledger.releaseHold(holdId);
    }
  }
}
