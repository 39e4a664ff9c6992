package org.tallystick.authority;

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
  private static final int BATCH = 50;
  private static final int MAX_BATCHES = 100;

  @EJB TimedTasks tasks;
  @EJB HoldReleases holds;

  private final TimerRound rounds =
      new TimerRound(HoldRelease.class, "a round of giving back holds failed");

  /** One round, if it is this node's. Ticks more often than the period, so that none is missed. */
  @Schedule(hour = "*", minute = "*", second = "7/10", persistent = false)
  public void round() {
    rounds.run(() -> tasks.claim(TimedTask.HOLD_RELEASE), this::release);
  }

  private void release() {
    int batches = 0;
    while (Attempts.run(() -> holds.release(BATCH)) == BATCH && batches < MAX_BATCHES) {
      batches++;
    }
  }
}
