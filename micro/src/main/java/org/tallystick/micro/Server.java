package org.tallystick.micro;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Main class of the server: Payara Micro with the broker and the application in it, set up from the
 * environment alone.
 *
 * <p>Program arguments are handed on to Payara Micro after ours; {@code --deploy} takes the place
 * of the application that lies beside this class.
 */
public final class Server {
  private static final String PAYARA_MAIN = "fish.payara.micro.impl.PayaraMicroImpl";

  private Server() {}

  /** Starts the server and returns once it is up; the server's own threads go on. */
  public static void main(String[] arguments)
      throws IOException, ReflectiveOperationException, URISyntaxException {
    Path home = home();
    Path runtime = home.resolve("payara");
    ServerSettings settings = ServerSettings.from(System.getenv());
    settings.publish();
    System.setProperty("tallystick.home", home.toString());
    System.setProperty(
        "fish.payara.micro.BootJar", runtime.resolve("launch-micro.jar").toUri().toString());
    System.setProperty("fish.payara.micro.UnpackDir", runtime.toString());
    // error pages that the server writes before the application is asked name nobody
    System.setProperty("product.name", "");
    startPayara(settings, payaraArguments(home, settings, List.of(arguments)));
  }

  /** The folder that this class was started from. */
  private static Path home() throws URISyntaxException {
    Path jar =
        Path.of(Server.class.getProtectionDomain().getCodeSource().getLocation().toURI())
            .toAbsolutePath();
    return Objects.requireNonNull(jar.getParent(), "a file has a folder");
  }

  private static List<String> payaraArguments(
      Path home, ServerSettings settings, List<String> further) throws IOException {
    List<String> arguments = new ArrayList<>();
    Path instance = settings.instanceFolder();
    InstanceFolder.renew(instance, home.resolve("payara"));
    arguments.addAll(List.of("--rootdir", instance.toString()));
    arguments.addAll(List.of("--port", Integer.toString(settings.httpPort())));
    // No data grid: nodes share the database and the broker, nothing else.
    arguments.addAll(List.of("--nocluster", "--nohazelcast", "--disablephonehome"));
    arguments.addAll(List.of("--name", settings.nodeName()));
    arguments.addAll(List.of("--prebootcommandfile", home.resolve("pre-boot.asadmin").toString()));
    arguments.addAll(
        List.of("--postbootcommandfile", home.resolve("post-boot.asadmin").toString()));
    boolean ownApplication = !further.contains("--deploy");
    // who brings another application reads the port from what the server says at its start
    System.setProperty("tallystick.http.early", Boolean.toString(!ownApplication));
    if (ownApplication) {
      arguments.addAll(
          List.of("--postdeploycommandfile", home.resolve("post-deploy.asadmin").toString()));
      arguments.addAll(List.of("--deploy", home.resolve("ROOT.war").toString()));
    }
    arguments.addAll(further);
    return arguments;
  }

  private static void startPayara(ServerSettings settings, List<String> arguments)
      throws ReflectiveOperationException {
    try {
      Class<?> payara = Class.forName(PAYARA_MAIN);
      payara
          .getMethod("main", String[].class)
          .invoke(null, (Object) arguments.toArray(String[]::new));
      endUnlessStarted(settings);
    } catch (InvocationTargetException e) {
      // Threads of a half started server would keep the process alive.
      System.getLogger(Server.class.getName())
          .log(System.Logger.Level.ERROR, "the server did not start", e.getCause());
      System.exit(1);
    }
  }

  /**
   * Payara Micro stays up without an application, and calls one deployed that has refused to start;
   * a server that can only say 404 had better end.
   */
  private static void endUnlessStarted(ServerSettings settings) {
    if (!settings.answers()) {
      System.getLogger(Server.class.getName())
          .log(System.Logger.Level.ERROR, "the application did not start, see above");
      System.exit(1);
    }
  }
}
