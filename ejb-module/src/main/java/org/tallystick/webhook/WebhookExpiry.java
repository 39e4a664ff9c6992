package org.tallystick.webhook;

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
 * Each minute forgets deliveries of more than thirty days ago, and secrets whose time beside their
 * successors is over. Of all nodes one does it.
 */
@Singleton
@Startup
@DependsOn("SchemaAtStart")
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class WebhookExpiry {
  private static final int BATCH = 1_000;
  private static final int MAX_BATCHES = 50;

  @EJB TimedTasks tasks;
  @EJB WebhookStage stage;

  private final TimerRound rounds =
      new TimerRound(WebhookExpiry.class, "a round of forgetting deliveries failed");

  /** One round, if it is this node's. Ticks more often than the period, so that none is missed. */
  @Schedule(hour = "*", minute = "*", second = "4/10", persistent = false)
  public void round() {
    rounds.run(() -> tasks.claim(TimedTask.WEBHOOK_EXPIRY), this::expire);
  }

  private void expire() {
    int batches = 1;
    while (stage.expire(BATCH) == BATCH && batches < MAX_BATCHES) {
      batches++;
    }
  }
}
