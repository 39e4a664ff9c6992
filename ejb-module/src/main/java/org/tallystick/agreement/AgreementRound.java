package org.tallystick.agreement;

import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
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
 * Tells the devices of parties that a version of the agreement waits for them, when it is published
 * and again when it is in force: in bounded stretches, each with how far it came in one
 * transaction, so a node that stops in between costs nothing. Of all nodes one does it.
 */
@Singleton
@Startup
@DependsOn("SchemaAtStart")
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class AgreementRound {
  private static final int STRETCH = 500;
  private static final int MAX_STRETCHES = 40;

  @EJB TimedTasks tasks;
  @EJB AgreementStage stage;

  private final TimerRound rounds =
      new TimerRound(AgreementRound.class, "a round of agreements failed");

  /** One round, if it is this node's. */
  @Schedule(hour = "*", minute = "*", second = "*/5", persistent = false)
  public void round() {
    rounds.run(() -> tasks.claim(TimedTask.AGREEMENTS), this::tell);
  }

  private void tell() {
    int stretches = 0;
    boolean more;
    do {
      more = Attempts.run(() -> stage.tell(STRETCH));
      stretches++;
    } while (more && stretches < MAX_STRETCHES);
  }
}
