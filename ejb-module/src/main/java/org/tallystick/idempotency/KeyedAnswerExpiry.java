package org.tallystick.idempotency;

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
 * Each minute forgets answers under idempotency keys whose day is over. Of all nodes one does it;
 * where two rounds overlap, each skips what the other has locked.
 */
@Singleton
@Startup
@DependsOn("SchemaAtStart")
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class KeyedAnswerExpiry {
  private static final int BATCH = 1_000;
  private static final int MAX_BATCHES = 50;

  @EJB TimedTasks tasks;
  @EJB KeyedRequests requests;

  private final TimerRound rounds =
      new TimerRound(KeyedAnswerExpiry.class, "a round of forgetting keyed answers failed");

  /** One round, if it is this node's. Ticks more often than the period, so that none is missed. */
  @Schedule(hour = "*", minute = "*", second = "9/10", persistent = false)
  public void round() {
    rounds.run(() -> tasks.claim(TimedTask.IDEMPOTENCY_EXPIRY), this::expire);
  }

  private void expire() {
    int batches = 1;
    while (requests.expire(BATCH) == BATCH && batches < MAX_BATCHES) {
      batches++;
    }
  }
}
