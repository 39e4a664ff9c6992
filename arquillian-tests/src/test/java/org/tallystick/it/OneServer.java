package org.tallystick.it;

import java.io.IOException;
import java.nio.file.Path;
import org.jboss.arquillian.container.spi.client.container.DeploymentException;
import org.jboss.arquillian.container.spi.event.DeployManagedDeployments;
import org.jboss.arquillian.container.spi.event.UnDeployManagedDeployments;
import org.jboss.arquillian.container.spi.event.container.AfterDeploy;
import org.jboss.arquillian.core.api.annotation.Observes;
import org.jboss.arquillian.core.spi.EventContext;
import org.jboss.arquillian.test.spi.event.suite.AfterSuite;
import org.jboss.arquillian.test.spi.event.suite.BeforeSuite;
import org.tallystick.launcher.Folders;
import org.tallystick.launcher.PostgresProcess;
import org.tallystick.launcher.Progress;

/**
 * The life of the one server: its database before it, one deployment with the first test class, and
 * nothing left of either after the last.
 *
 * <p>For Payara Micro the deployment is the process: it starts with one and ends with it.
 */
public final class OneServer {
  private PostgresProcess database;
  private AfterDeploy deployed;

  /** Starts the database where the server will look for it. */
  public void begin(@Observes EventContext<BeforeSuite> suite) throws IOException {
    Path folder = folder();
    Folders.delete(folder);
    database =
        PostgresProcess.start(
            folder.resolve("data").resolve("postgres"),
            Integer.getInteger("tallystick.it.databasePort"),
            Progress.onStandardError());
    suite.proceed();
  }

  /** Deploys for the first class only. */
  public void deploy(@Observes EventContext<DeployManagedDeployments> deployment) {
    if (deployed == null) {
      deployment.proceed();
    }
  }

  /** Keeps what is needed to end it. */
  public void remember(@Observes AfterDeploy event) {
    deployed = event;
  }

  /** Does nothing: the deployment outlives the class. */
  public void keep(@Observes EventContext<UnDeployManagedDeployments> removal) {
    if (deployed == null) {
      removal.proceed();
    }
  }

  /** Stops the server, then the database, and deletes what they wrote. */
  public void end(@Observes EventContext<AfterSuite> suite)
      throws DeploymentException, IOException {
    try {
      if (deployed != null) {
        deployed.getDeployableContainer().undeploy(deployed.getDeployment().getArchive());
      }
      suite.proceed();
    } finally {
      if (database != null) {
        database.close();
      }
    }
    Folders.delete(folder());
  }

  private static Path folder() {
    return Path.of(System.getProperty("tallystick.it.folder"));
  }
}
