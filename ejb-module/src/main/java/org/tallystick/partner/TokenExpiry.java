package org.tallystick.partner;

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

/** Each minute forgets partner banks' tokens and used assertions that have expired. */
@Singleton
@Startup
@DependsOn("SchemaAtStart")
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class TokenExpiry {
  @EJB TimedTasks tasks;
  @EJB PartnerTokens tokens;

  private final TimerRound rounds =
      new TimerRound(TokenExpiry.class, "a round of forgetting partner banks' tokens failed");

  /** One round, if it is this node's. Ticks more often than the period, so that none is missed. */
  @Schedule(hour = "*", minute = "*", second = "6/10", persistent = false)
  public void round() {
    rounds.run(() -> tasks.claim(TimedTask.PARTNER_TOKEN_EXPIRY), tokens::forget);
  }
}
