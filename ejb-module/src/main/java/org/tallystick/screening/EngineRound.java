package org.tallystick.screening;

import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import org.tallystick.schedule.TimerRound;

/** Every node, for itself, builds its engine when the lists have changed, off all requests. */
@Singleton
@Startup
@DependsOn("SchemaAtStart")
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class EngineRound {
  @Inject EngineHolder holder;

  private final TimerRound rounds =
      new TimerRound(EngineRound.class, "the screening engine is not built: nobody is approved");

  /** Looks whether the lists have changed. */
  @Schedule(hour = "*", minute = "*", second = "*", persistent = false)
  public void round() {
    rounds.run(() -> true, holder::renew);
  }
}
