package org.tallystick.party;

import jakarta.ejb.DependsOn;
import jakarta.ejb.EJB;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.function.LongConsumer;
import org.tallystick.schedule.TimedTask;
import org.tallystick.schedule.TimedTasks;
import org.tallystick.schedule.TimerRound;

/**
 * Each minute reminds parties whose identification ends, lets lapse what has ended, and closes
 * applications that nothing came of; each in its own transaction. Of all nodes one does it; where
 * two rounds overlap, the second finds it done once it has the party's lock.
 */
@Singleton
@Startup
@DependsOn("SchemaAtStart")
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class VerificationRound {
  private static final Logger LOG = System.getLogger(VerificationRound.class.getName());
  private static final int BATCH = 500;

  @EJB TimedTasks tasks;
  @EJB Verifications verifications;
  @EJB Applications applications;

  private final TimerRound rounds =
      new TimerRound(VerificationRound.class, "a round of renewing identifications failed");

  /** One round, if it is this node's. Ticks more often than the period, so that none is missed. */
  @Schedule(hour = "*", minute = "*", second = "7/20", persistent = false)
  public void round() {
    rounds.run(
        () -> tasks.claim(TimedTask.REVERIFICATION),
        () -> {
          verifications.due(BATCH).forEach(id -> each(id, verifications::look));
          applications.abandoned(BATCH).forEach(id -> each(id, applications::close));
        });
  }

  private static void each(long partyId, LongConsumer work) {
    try {
      work.accept(partyId);
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "a registration is not looked at; the others are", e);
    }
  }
}
