package org.tallystick.sweep;

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
import java.util.List;
import org.tallystick.schedule.TimedTask;
import org.tallystick.schedule.TimedTasks;
import org.tallystick.schedule.TimerRound;
import org.tallystick.stage.Hint;
import org.tallystick.stage.Hints;

/**
 * Looks each second for what waited too long: lost hints, answers not made, twins that did not
 * come. State is the truth, messages only make it move soon; this makes it move at all. Of all
 * nodes one looks in each second; where looks overlap, each skips what the other has locked.
 */
@Singleton
@Startup
@DependsOn("SchemaAtStart")
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class Sweeper {
  private static final int MAX_LOOKS = 10;

  @EJB TimedTasks tasks;
  @EJB Sweeps sweeps;
  @Inject Hints hints;

  private final TimerRound rounds = new TimerRound(Sweeper.class, "a sweep failed");

  /** One round, if it is this node's: as many looks as there is much to find, within bounds. */
  @Schedule(hour = "*", minute = "*", second = "*", persistent = false)
  public void round() {
    rounds.run(() -> tasks.claim(TimedTask.SWEEP), this::sweep);
  }

  private void sweep() {
    int looks = 0;
    List<Hint> found;
    do {
      found = sweeps.look();
      hints.send(found);
      looks++;
    } while (found.size() >= Sweeps.LIMIT && looks < MAX_LOOKS);
  }
}
