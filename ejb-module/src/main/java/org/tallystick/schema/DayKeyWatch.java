package org.tallystick.schema;

import jakarta.annotation.PostConstruct;
import jakarta.ejb.DependsOn;
import jakarta.ejb.EJB;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.tallystick.keys.KeyVault;
import org.tallystick.node.Environment;
import org.tallystick.node.ServerResources;

/**
 * Repeats, on every node, the comparison of day keys when a new day has begun: a folder that was
 * copied today shows only now. The log says so each minute until the operator ends the node.
 */
@Singleton
@Startup
@DependsOn("SchemaAtStart")
@TransactionManagement(TransactionManagementType.BEAN)
public class DayKeyWatch {
  private static final Logger LOG = System.getLogger(DayKeyWatch.class.getName());

  @EJB ServerResources resources;
  @Inject KeyVault vault;
  @Inject Environment environment;

  private int dayCompared;

  /** The start has compared today's. */
  @PostConstruct
  void begin() {
    dayCompared = vault.dayKeyId();
  }

  /** Looks whether a day has begun. */
  @Schedule(hour = "*", minute = "*", second = "1", persistent = false)
  public void look() {
    int today = vault.dayKeyId();
    if (today == dayCompared) {
      return;
    }
    try {
      new DayKeyCheck(resources.database(), vault, environment.nodeName()).require();
      dayCompared = today;
    } catch (RuntimeException e) {
      // a timer that throws would be given up by the server
      LOG.log(Level.ERROR, "the day key is not, or cannot be, compared with the other nodes'", e);
    }
  }
}
