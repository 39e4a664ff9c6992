package org.tallystick.schema;

import jakarta.annotation.PostConstruct;
import jakarta.ejb.EJB;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import javax.sql.DataSource;
import org.tallystick.keys.KeyVault;
import org.tallystick.node.ServerResources;

/**
 * Runs before all else: brings the database to this version's form and makes sure that this node
 * holds the key it was written under. Beans that use the database at start-up depend on this one.
 */
@Singleton
@Startup
@TransactionManagement(TransactionManagementType.BEAN)
public class SchemaAtStart {
  private static final Logger LOG = System.getLogger(SchemaAtStart.class.getName());

  @EJB ServerResources resources;

  @Inject KeyVault vault;

  /** Migrates, then compares keys; a failure keeps the application from starting. */
  @PostConstruct
  void migrate() {
    DataSource database = resources.database();
    int steps = Migration.run(database);
    LOG.log(Level.INFO, "database ready, {0} steps taken", steps);
    KeyCheck.require(database, vault.checkValue());
  }
}
