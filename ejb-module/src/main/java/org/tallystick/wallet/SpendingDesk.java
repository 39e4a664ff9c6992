package org.tallystick.wallet;

import jakarta.ejb.EJB;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.tallystick.ledger.Balance;
import org.tallystick.ledger.Ledger;
import org.tallystick.party.Parties;
import org.tallystick.stage.StageFaultException;
import org.tallystick.wallet.WalletOutcome.Changed;
import org.tallystick.wallet.WalletOutcome.NotThere;
import org.tallystick.wallet.WalletOutcome.OtherCurrency;

/**
 * The limits that a party sets for its instruments, and what is spent under them.
 *
 * <p>The sum of a day is one row for each instrument that has a limit for the day. Whoever reads or
 * writes it holds the balance row of the ledger account that the instrument draws on, which a
 * payment locks anyway: so there is no further lock, and no payment without a limit pays for it.
 */
@Stateless
public class SpendingDesk {
  @PersistenceContext(unitName = "tallystick")
  EntityManager entities;

  @EJB Parties parties;
  @EJB Ledger ledger;
  @Inject LimitDelay limitDelay;
  @Inject Clock clock;

  /**
   * Sets both limits of an instrument; what is lower is in force at once, what is higher after
   * {@link LimitDelay}. What the account paid today counts to a limit for the day. The account is
   * locked before the party, as everywhere.
   */
  public WalletOutcome limit(
      long partyId, String instrument, String currency, SpendingLimits wanted) {
    InstrumentRegister register = new InstrumentRegister(entities);
    Optional<Long> account = register.accountOf(partyId, instrument);
    account.ifPresent(id -> ledger.lock(List.of(id)));
    parties.byIdLocked(partyId);
    Optional<Instrument> found = register.byPublicId(partyId, instrument);
    if (found.isEmpty()) {
      return new NotThere();
    }
    Instrument limited = found.get();
    if (!currency.equals(currencyOf(limited).orElse(currency))) {
      return new OtherCurrency();
    }
    OffsetDateTime now = OffsetDateTime.now(clock);
    InstrumentLimits before = limited.limits().orElseGet(() -> InstrumentLimits.none(currency));
    InstrumentLimits after = before.wish(wanted, now, limitDelay.get());
    limited.limit(after);
    if (before.at(now).dayMinor() == null && after.at(now).dayMinor() != null) {
      account.ifPresent(id -> beginCounting(limited, id));
    }
    return new Changed(new Sources(clock).view(limited));
  }

  private void beginCounting(Instrument instrument, long account) {
    try {
      rows().begin(instrument.id(), account, LocalDate.now(clock));
    } catch (SQLException e) {
      throw new StageFaultException(e);
    }
  }

  private Optional<String> currencyOf(Instrument instrument) {
    return instrument
        .ledgerAccountId()
        .flatMap(ledger::balance)
        .map(Balance::currency)
        .or(() -> instrument.external().map(ExternalAccount::currency))
        .or(() -> instrument.limits().map(InstrumentLimits::currency));
  }

  /** How much may be spent with an instrument now; empty where it was taken out. */
  public Optional<Spending> spending(long instrument) {
    return Optional.ofNullable(entities.find(Instrument.class, instrument))
        .filter(found -> !found.removed())
        .map(found -> found.spending(OffsetDateTime.now(clock)));
  }

  /** What was spent with an instrument on a day; the account that it draws on is locked. */
  public long spent(long instrument, LocalDate day) {
    try {
      return rows().spent(instrument, day);
    } catch (SQLException e) {
      throw new StageFaultException(e);
    }
  }

  /** Counts what is spent with an instrument; the account that it draws on is locked. */
  public void add(long instrument, LocalDate day, long minor) {
    try {
      rows().add(instrument, day, minor);
    } catch (SQLException e) {
      throw new StageFaultException(e);
    }
  }

  private SpentRows rows() {
    // entities that the caller has changed come first, so that foreign keys find them
    entities.flush();
    return new SpentRows(entities.unwrap(Connection.class));
  }
}
