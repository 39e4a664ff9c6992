package org.tallystick.authority;

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
import org.tallystick.stage.Attempts;

/**
 * Each minute gives back the holds whose time is over. Of all nodes one does it; where two rounds
 * overlap, each skips what the other has locked.
 */
@Singleton
@Startup
@DependsOn("SchemaAtStart")
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class HoldRelease {
  private static final Logger LOG = System.getLogger(HoldRelease.class.getName());
  private static final int BATCH = 50;
  private static final int MAX_BATCHES = 100;

  @EJB TimedTasks tasks;
  @EJB HoldReleases holds;

  /** One round, if it is this node's. Ticks more often than the period, so that none is missed. */
  @Schedule(hour = "*", minute = "*", second = "7/10", persistent = false)
  public void round() {
    try {
      if (tasks.claim(TimedTask.HOLD_RELEASE)) {
        int batches = 0;
        while (Attempts.run(() -> holds.release(BATCH)) == BATCH && batches < MAX_BATCHES) {
          batches++;
        }
      }
    } catch (RuntimeException e) {
      // a later tick tries again; a timer that throws would be given up by the server
      LOG.log(Level.WARNING, "a round of giving back holds failed", e);
    }
  }
}
