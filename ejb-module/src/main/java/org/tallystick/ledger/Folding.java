package org.tallystick.ledger;

import jakarta.ejb.DependsOn;
import jakarta.ejb.EJB;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.tallystick.schedule.TimedTask;
import org.tallystick.schedule.TimedTasks;
import org.tallystick.schedule.TimerRound;

/**
 * Adds up, every minute and in small transactions, the credits that piled up on accounts nobody
 * debits, so that reading their balance stays cheap. Of all nodes one does it; where two rounds
 * overlap, an account whose row is taken is passed over.
 */
@Singleton
@Startup
@DependsOn("SchemaAtStart")
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class Folding {
  private static final Logger LOG = System.getLogger(Folding.class.getName());
  private static final int ACCOUNTS = 500;
  private static final int POSTINGS = 10_000;

  @EJB TimedTasks tasks;
  @EJB Ledger ledger;

  private final TimerRound rounds = new TimerRound(Folding.class, "a round of folding failed");

  /** One round, if it is this node's. Ticks more often than the period, so that none is missed. */
  @Schedule(hour = "*", minute = "*", second = "*/10", persistent = false)
  public void round() {
    rounds.run(
        () -> tasks.claim(TimedTask.FOLDING),
        () -> ledger.accountsToFold(ACCOUNTS).forEach(this::fold));
  }

  private void fold(long account) {
    try {
      ledger.fold(account, POSTINGS);
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "account " + account + " is not folded; the others are", e);
    }
  }
}
