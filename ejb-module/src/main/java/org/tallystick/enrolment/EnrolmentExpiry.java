package org.tallystick.enrolment;

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
 * Each minute ends the enrolments whose time is over, so that the bank's secrets of them go. Each
 * in its own transaction. Of all nodes one does it; where two rounds overlap, the second finds an
 * enrolment ended once it has the row's lock.
 */
@Singleton
@Startup
@DependsOn("SchemaAtStart")
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class EnrolmentExpiry {
  private static final Logger LOG = System.getLogger(EnrolmentExpiry.class.getName());
  private static final int BATCH = 500;

  @EJB TimedTasks tasks;
  @EJB Enrolments enrolments;

  private final TimerRound rounds =
      new TimerRound(EnrolmentExpiry.class, "a round of expiring enrolments failed");

  /** One round, if it is this node's. Ticks more often than the period, so that none is missed. */
  @Schedule(hour = "*", minute = "*", second = "5/10", persistent = false)
  public void round() {
    rounds.run(
        () -> tasks.claim(TimedTask.ENROLMENT_EXPIRY),
        () -> enrolments.overdue(BATCH).forEach(this::expire));
  }

  private void expire(byte[] id) {
    try {
      enrolments.expire(id);
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "an enrolment is not ended; the others are", e);
    }
  }
}
