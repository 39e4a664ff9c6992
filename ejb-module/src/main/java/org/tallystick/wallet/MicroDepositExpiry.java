package org.tallystick.wallet;

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
 * Each minute ends the micro-deposits whose time is over, each in its own transaction. Of all nodes
 * one does it; where two rounds overlap, the second finds one ended once it has the row's lock.
 */
@Singleton
@Startup
@DependsOn("SchemaAtStart")
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class MicroDepositExpiry {
  private static final Logger LOG = System.getLogger(MicroDepositExpiry.class.getName());
  private static final int BATCH = 500;

  @EJB TimedTasks tasks;
  @EJB MicroDeposits deposits;

  private final TimerRound rounds =
      new TimerRound(MicroDepositExpiry.class, "a round of expiring micro-deposits failed");

  /** One round, if it is this node's. Ticks more often than the period, so that none is missed. */
  @Schedule(hour = "*", minute = "*", second = "9/10", persistent = false)
  public void round() {
    rounds.run(
        () -> tasks.claim(TimedTask.MICRO_DEPOSIT_EXPIRY),
        () -> deposits.overdue(BATCH).forEach(this::expire));
  }

  private void expire(long id) {
    try {
      deposits.expire(id);
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "a micro-deposit is not ended; the others are", e);
    }
  }
}
