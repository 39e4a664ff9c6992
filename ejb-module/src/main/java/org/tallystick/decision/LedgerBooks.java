package org.tallystick.decision;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.tallystick.ledger.Hold;
import org.tallystick.ledger.HoldOutcome;
import org.tallystick.ledger.Ledger;
import org.tallystick.ledger.Transfer;
import org.tallystick.ledger.TransferOutcome;
import org.tallystick.wallet.PaymentSource;
import org.tallystick.wallet.Spending;
import org.tallystick.wallet.SpendingDesk;
import org.tallystick.wallet.Wallet;

/** The node's own wallets and ledger. */
@ApplicationScoped
public class LedgerBooks implements Books {
  @EJB Wallet wallet;
  @EJB SpendingDesk spending;
  @EJB Ledger ledger;

  @Override
  public Optional<PaymentSource> source(long partyId, String shorthand) {
    return wallet.source(partyId, shorthand);
  }

  @Override
  public Optional<Spending> spending(long instrument) {
    return spending.spending(instrument);
  }

  @Override
  public long spent(long instrument, LocalDate day) {
    return spending.spent(instrument, day);
  }

  @Override
  public void addSpent(long instrument, LocalDate day, long minor) {
    spending.add(instrument, day, minor);
  }

  @Override
  public OptionalLong deposit(long partyId, String currency) {
    return ledger.deposit(partyId, currency);
  }

  @Override
  public void lock(Collection<Long> accounts) {
    ledger.lock(accounts);
  }

  @Override
  public TransferOutcome transfer(Transfer order) {
    return ledger.transfer(order);
  }

  @Override
  public HoldOutcome hold(Hold order) {
    return ledger.placeHold(order);
  }

  @Override
  public TransferOutcome capture(UUID holdId, Transfer order) {
    return ledger.capture(holdId, order);
  }

  @Override
  public void release(UUID holdId) {
    ledger.releaseHold(holdId);
  }
}
