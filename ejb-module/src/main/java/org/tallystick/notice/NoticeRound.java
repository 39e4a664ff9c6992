package org.tallystick.notice;

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
import org.tallystick.answer.AnswerPublisher;
import org.tallystick.answer.ReadyAnswer;
import org.tallystick.schedule.TimedTask;
import org.tallystick.schedule.TimedTasks;
import org.tallystick.schedule.TimerRound;
import org.tallystick.stage.Attempts;

/**
 * Each second makes the notices that are due and has them pushed like answers. They are not made in
 * the transaction of their cause, since that one holds locks which come after those that a notice
 * needs. Of all nodes one does it; where two rounds overlap, each skips what the other has locked.
 */
@Singleton
@Startup
@DependsOn("SchemaAtStart")
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class NoticeRound {
  private static final int BATCH = 50;
  private static final int MAX_BATCHES = 20;

  @EJB TimedTasks tasks;
  @EJB NoticeStage stage;
  @Inject AnswerPublisher answers;

  private final TimerRound rounds = new TimerRound(NoticeRound.class, "a round of notices failed");

  /** One round, if it is this node's: as many batches as there is much to tell, within bounds. */
  @Schedule(hour = "*", minute = "*", second = "*", persistent = false)
  public void round() {
    rounds.run(() -> tasks.claim(TimedTask.NOTICES), this::tell);
  }

  private void tell() {
    int batches = 0;
    List<ReadyAnswer> made;
    do {
      made = Attempts.run(() -> stage.make(BATCH));
      answers.publish(made);
      batches++;
    } while (!made.isEmpty() && batches < MAX_BATCHES);
  }
}
