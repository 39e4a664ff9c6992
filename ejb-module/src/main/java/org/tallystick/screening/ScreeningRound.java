package org.tallystick.screening;

import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.DependsOn;
import jakarta.ejb.EJB;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.OptionalInt;
import org.tallystick.schedule.TimedTask;
import org.tallystick.schedule.TimedTasks;
import org.tallystick.schedule.TimerRound;

/**
 * Screens who is due: who has submitted something, and everybody after a list has changed. Each
 * party in its own transaction, so a node that stops in between loses nothing and one party that
 * fails holds up no other. Of all nodes one does it; where two rounds overlap, each passes over
 * what the other has locked.
 */
@Singleton
@Startup
@DependsOn("SchemaAtStart")
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class ScreeningRound {
  private static final Logger LOG = System.getLogger(ScreeningRound.class.getName());
  private static final int BATCH = 500;
  private static final int MAX_BATCHES = 20;

  @EJB TimedTasks tasks;
  @EJB ScreeningStage stage;

  private final TimerRound rounds =
      new TimerRound(ScreeningRound.class, "a round of screening failed");

  /** One round, if it is this node's and its engine is ready. */
  @Schedule(hour = "*", minute = "*", second = "*", persistent = false)
  public void round() {
    rounds.run(() -> stage.ready() && tasks.claim(TimedTask.SCREENING), this::screen);
  }

  private void screen() {
    for (int batch = 0; batch < MAX_BATCHES; batch++) {
      List<Long> due = stage.due(BATCH);
      long done = due.stream().filter(this::look).count();
      if (due.size() < BATCH || done == 0) {
        return;
      }
    }
  }

  private boolean look(long partyId) {
    try {
      OptionalInt opened = stage.look(partyId);
      if (opened.orElse(0) > 0) {
        LOG.log(
            Level.WARNING,
            "screening: new hits on a registration that is in use; see /screening/hits");
      }
      return opened.isPresent();
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "a party is not screened; the others are", e);
      return false;
    }
  }
}
