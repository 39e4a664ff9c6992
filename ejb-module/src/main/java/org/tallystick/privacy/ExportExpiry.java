package org.tallystick.privacy;

import jakarta.ejb.DependsOn;
import jakarta.ejb.EJB;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import org.tallystick.schedule.TimedTask;
import org.tallystick.schedule.TimedTasks;
import org.tallystick.schedule.TimerRound;

/** Each minute forgets exports that were opened and have been over for a day. */
@Singleton
@Startup
@DependsOn("SchemaAtStart")
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class ExportExpiry {
  private static final int BATCH = 1_000;

  @EJB TimedTasks tasks;
  @EJB OpenedExports exports;

  private final TimerRound rounds =
      new TimerRound(ExportExpiry.class, "a round of forgetting opened exports failed");

  /** One round, if it is this node's. Ticks more often than the period, so that none is missed. */
  @Schedule(hour = "*", minute = "*", second = "4/10", persistent = false)
  public void round() {
    rounds.run(() -> tasks.claim(TimedTask.EXPORT_EXPIRY), () -> exports.forget(BATCH));
  }
}
