package org.tallystick.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.jboss.arquillian.container.spi.client.container.ContainerConfiguration;
import org.jboss.arquillian.container.spi.client.container.DeployableContainer;
import org.jboss.arquillian.container.spi.client.container.DeploymentException;
import org.jboss.arquillian.container.spi.client.container.LifecycleException;
import org.jboss.arquillian.container.spi.client.protocol.ProtocolDescription;
import org.jboss.arquillian.container.spi.client.protocol.metadata.HTTPContext;
import org.jboss.arquillian.container.spi.client.protocol.metadata.ProtocolMetaData;
import org.jboss.shrinkwrap.api.Archive;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.descriptor.api.Descriptor;
import org.tallystick.launcher.LaunchException;
import org.tallystick.launcher.Progress;
import org.tallystick.launcher.portability.Distribution;
import org.tallystick.launcher.portability.FullServer;
import org.tallystick.launcher.portability.Jdk;
import org.tallystick.launcher.portability.PortBase;
import org.tallystick.launcher.portability.ServerCache;
import org.tallystick.launcher.portability.ServerSettings;

/**
 * A full server as Arquillian's container: installed, started, given the application and stopped by
 * the scripts in {@code ear/servers} that an administrator runs too.
 */
public final class FullServerContainer
    implements DeployableContainer<FullServerContainer.NoConfiguration> {
  private final Progress progress = Progress.onStandardError();
  private FullServer server;

  /** Everything comes from the build. */
  public static final class NoConfiguration implements ContainerConfiguration {
    @Override
    public void validate() {
      if (name().isBlank()) {
        throw new IllegalStateException("tallystick.it.server names no server");
      }
    }
  }

  /** Name of the full server, or blank where the tests run on Payara Micro. */
  static String name() {
    return System.getProperty("tallystick.it.server", "");
  }

  @Override
  public Class<NoConfiguration> getConfigurationClass() {
    return NoConfiguration.class;
  }

  @Override
  public void setup(NoConfiguration configuration) {
    configuration.validate();
  }

  @Override
  public ProtocolDescription getDefaultProtocol() {
    return new ProtocolDescription("Servlet 5.0");
  }

  @Override
  public void start() throws LifecycleException {
    try {
      server = new FullServer(settings());
      progress.during(
          "starting " + name(),
          () -> {
            server.configure();
            server.start();
            return true;
          });
    } catch (LaunchException | IOException e) {
      if (server != null) {
        server.close();
      }
      throw new LifecycleException(e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LifecycleException("interrupted", e);
    }
  }

  private static ServerSettings settings() throws IOException, InterruptedException {
    Path root = Path.of(System.getProperty("tallystick.it.root")).toAbsolutePath().normalize();
    Path folder = Files.createDirectories(folder());
    return new ServerSettings(
        ServerCache.standard().home(Distribution.named(name()), folder.resolve("fetch.log")),
        Jdk.own().home(),
        root.resolve("ear/servers").resolve(name()),
        root.resolve("ear/target/server-libraries"),
        folder,
        Path.of(System.getenv("TALLYSTICK_DATA")),
        Integer.getInteger("tallystick.it.httpPort"),
        PortBase.free(new SecureRandom()),
        new ServerSettings.Database(
            "127.0.0.1",
            Integer.getInteger("tallystick.it.databasePort"),
            "tallystick",
            System.getenv("TALLYSTICK_DB_USER"),
            Path.of(System.getenv("TALLYSTICK_DB_PASSWORD_FILE"))));
  }

  private static Path folder() {
    return Path.of(System.getProperty("tallystick.it.folder"), "full-server");
  }

  @Override
  public ProtocolMetaData deploy(Archive<?> archive) throws DeploymentException {
    Path file = folder().resolve("tallystick.ear");
    archive.as(ZipExporter.class).exportTo(file.toFile(), true);
    try {
      progress.during(
          "deploying to " + name(),
          () -> {
            server.deploy(file);
            return true;
          });
    } catch (LaunchException e) {
      throw new DeploymentException(e.getMessage(), e);
    }
    return new ProtocolMetaData()
        .addContext(new HTTPContext(server.baseUri().getHost(), server.baseUri().getPort()));
  }

  /** Does nothing: the application stays as long as its server, which goes with the suite. */
  @Override
  public void undeploy(Archive<?> archive) {
    progress.say("leaving " + archive.getName() + " to the end of its server");
  }

  @Override
  public void stop() throws LifecycleException {
    try {
      server.stop();
    } catch (LaunchException | IOException e) {
      throw new LifecycleException(e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LifecycleException("interrupted", e);
    } finally {
      server.close();
    }
  }

  @Override
  public void deploy(Descriptor descriptor) {
    throw new UnsupportedOperationException("the application is one archive");
  }

  @Override
  public void undeploy(Descriptor descriptor) {
    throw new UnsupportedOperationException("the application is one archive");
  }
}
