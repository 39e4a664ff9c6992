package org.tallystick.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
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
 * The life of the one server: its database and, where the build asks for one, its broker before it;
 * one deployment with the first test class, and nothing left of either after the last.
 *
 * <p>For Payara Micro the deployment is the process: it starts with one and ends with it. A full
 * server starts before the deployment, and Arquillian ends it with the suite.
 */
public final class OneServer {
  private static final long STOP_SECONDS = 60;

  private PostgresProcess database;
  private BrokerChild broker;
  private AfterDeploy deployed;

  /** Starts the database where the server will look for it. */
  public void begin(@Observes EventContext<BeforeSuite> suite) throws IOException {
    Path folder = folder();
    Folders.delete(folder);
    database =
        PostgresProcess.start(
            databaseFolder(),
            Integer.getInteger("tallystick.it.databasePort"),
            Progress.onStandardError());
    Integer brokerPort = Integer.getInteger("tallystick.it.brokerPort");
    if (brokerPort != null) {
      Path archive = Path.of(System.getProperty("tallystick.it.rar"));
      broker = BrokerChild.start(archive, folder.resolve("broker"), brokerPort);
    }
    suite.proceed();
  }

  /**
   * Beside the server, which reads the password there; or, where the server is given a password,
   * somewhere else, with that one.
   */
  private static Path databaseFolder() throws IOException {
    String password = System.getenv("TALLYSTICK_DB_PASSWORD");
    if (password == null) {
      return folder().resolve("data").resolve("postgres");
    }
    Path elsewhere = Files.createDirectories(folder().resolve("postgres"));
    Files.writeString(elsewhere.resolve("owner-password"), password);
    return elsewhere;
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
        List<ProcessHandle> servers = servers();
        deployed.getDeployableContainer().undeploy(deployed.getDeployment().getArchive());
        awaitEnd(servers);
      }
      suite.proceed();
    } finally {
      if (broker != null) {
        broker.close();
      }
      if (database != null) {
        database.close();
      }
    }
    Folders.delete(folder());
  }

  /** The container tells its server to end and does not wait; we do, and insist in the end. */
  private static void awaitEnd(List<ProcessHandle> servers) {
    for (ProcessHandle server : servers) {
      try {
        server.onExit().get(STOP_SECONDS, TimeUnit.SECONDS);
      } catch (ExecutionException | TimeoutException e) {
        server.destroyForcibly();
        throw new IllegalStateException("the server does not end by itself", e);
      } catch (InterruptedException e) {
        server.destroyForcibly();
        Thread.currentThread().interrupt();
      }
    }
  }

  private static List<ProcessHandle> servers() {
    if (!FullServerContainer.name().isBlank()) {
      return List.of();
    }
    String jar = System.getenv("MICRO_JAR");
    return ProcessHandle.current()
        .descendants()
        .filter(child -> child.info().commandLine().orElse("").contains(jar))
        .toList();
  }

  private static Path folder() {
    return Path.of(System.getProperty("tallystick.it.folder"));
  }
}
