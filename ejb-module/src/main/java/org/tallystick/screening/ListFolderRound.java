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

/** Every node looks into its folder of lists, which may be one for all nodes. */
@Singleton
@Startup
@DependsOn("SchemaAtStart")
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class ListFolderRound {
  @Inject ListFolder folder;

  private final TimerRound rounds =
      new TimerRound(ListFolderRound.class, "the folder of target lists is not looked at");

  /** Looks for lists. */
  @Schedule(hour = "*", minute = "*", second = "*/5", persistent = false)
  public void round() {
    rounds.run(folder::watched, folder::look);
  }
}
