package org.tallystick.tree;

import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.DependsOn;
import jakarta.ejb.EJB;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Duration;
import org.tallystick.node.Environment;
import org.tallystick.schedule.TimedTask;
import org.tallystick.schedule.TimedTasks;
import org.tallystick.schedule.TimerRound;
import org.tallystick.stage.Attempts;

/**
 * Puts committed lines into the tree over all logs and signs a checkpoint, every {@code
 * TALLYSTICK_CHECKPOINT_SECONDS}, 1 to 5. Of all nodes one does it.
 */
@Singleton
@Startup
@DependsOn("KeySetAtStart")
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class CheckpointRound {
  private static final int BATCH = 500;
  private static final int MAX_BATCHES = 20;
  private static final int MOST_SECONDS = 5;

  @EJB TimedTasks tasks;
  @EJB CheckpointStage stage;
  @Inject Environment environment;

  private final TimerRound rounds =
      new TimerRound(CheckpointRound.class, "a round of checkpoints failed");

  /** One round, if it is this node's: as many batches as there are lines, within bounds. */
  @Schedule(hour = "*", minute = "*", second = "*", persistent = false)
  public void round() {
    rounds.run(() -> tasks.claim(TimedTask.CHECKPOINTS, period()), this::add);
  }

  private Duration period() {
    int fallback = (int) TimedTask.CHECKPOINTS.period().toSeconds();
    return Duration.ofSeconds(
        environment.number("TALLYSTICK_CHECKPOINT_SECONDS", fallback, 1, MOST_SECONDS));
  }

  private void add() {
    int batches = 0;
    int added;
    do {
      added = Attempts.run(() -> stage.add(BATCH));
      batches++;
    } while (added == BATCH && batches < MAX_BATCHES);
  }
}
