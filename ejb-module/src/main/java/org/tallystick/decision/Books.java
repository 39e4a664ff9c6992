package org.tallystick.decision;

import java.time.LocalDate;
import java.util.Collection;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.tallystick.ledger.Hold;
import org.tallystick.ledger.HoldOutcome;
import org.tallystick.ledger.Transfer;
import org.tallystick.ledger.TransferOutcome;
import org.tallystick.wallet.PaymentSource;
import org.tallystick.wallet.Spending;

/** What a decision asks of wallets and ledger, inside its transaction. */
public interface Books {
  /** What a party's wallet has under a name; blank stands for the preferred instrument. */
  Optional<PaymentSource> source(long partyId, String shorthand);

  /** How much may be spent with an instrument now; empty where the wallet has it no more. */
  Optional<Spending> spending(long instrument);

  /** What was spent with an instrument on a day; the account that it draws on is locked. */
  long spent(long instrument, LocalDate day);

  /** Counts what is spent with an instrument; the account that it draws on is locked. */
  void addSpent(long instrument, LocalDate day, long minor);

  /** A party's deposit account in a currency. */
  OptionalLong deposit(long partyId, String currency);

  /** Locks accounts, ascending, before a batch of movements. */
  void lock(Collection<Long> accounts);

  /** Moves an amount once. */
  TransferOutcome transfer(Transfer order);

  /** Sets an amount aside once. */
  HoldOutcome hold(Hold order);

  /** Gives a hold back and moves an amount from the account that it was on, both or neither. */
  TransferOutcome capture(UUID holdId, Transfer order);

  /** Gives a hold back; nothing where there is none. */
  void release(UUID holdId);
}
