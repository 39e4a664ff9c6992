package org.tallystick.request;

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

/**
 * Each minute forgets replies that no device asks for any more, and lodged bills and reserved
 * numbers that have expired. Of all nodes one does it; where two rounds overlap, each skips what
 * the other has locked.
 */
@Singleton
@Startup
@DependsOn("SchemaAtStart")
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class ReplyExpiry {
  private static final int BATCH = 1_000;
  private static final int MAX_BATCHES = 20;

  @EJB TimedTasks tasks;
  @EJB StoredReplies replies;

  private final TimerRound rounds =
      new TimerRound(ReplyExpiry.class, "a round of forgetting replies failed");

  /** One round, if it is this node's. Ticks more often than the period, so that none is missed. */
  @Schedule(hour = "*", minute = "*", second = "8/10", persistent = false)
  public void round() {
    rounds.run(() -> tasks.claim(TimedTask.REPLY_EXPIRY), this::expire);
  }

  private void expire() {
    int batches = 1;
    while (replies.expire(BATCH) == BATCH && batches < MAX_BATCHES) {
      batches++;
    }
  }
}
