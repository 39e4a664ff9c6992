package org.tallystick.bench.stage;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.tallystick.bench.stage.server.StageSettings.Form;
import org.tallystick.bench.stage.server.StageSettings.Plant;

/** The server under test: a process that is started on pristine configuration and killed. */
final class ServerProcess implements AutoCloseable {
  private static final long START_TIMEOUT_MILLIS = 180_000;
  private static final long STOP_TIMEOUT_SECONDS = 60;
  private static final long POLL_MILLIS = 50;

  /** Loopback only, and without the data grid, which boots even where clustering is off. */
  private static final String PRE_BOOT =
      """
      set configs.config.server-config.network-config.network-listeners.network-listener.http-listener.address=127.0.0.1
      set configs.config.server-config.hazelcast-config-specific-configuration.enabled=false
      """;

  private final Path work;
  private final Path root;
  private final String databaseUrl;
  private final Form form;
  private final Plant plant;
  private final int port;
  private @Nullable Process process;

  ServerProcess(Path work, Path server, String databaseUrl, Form form, Plant plant)
      throws IOException, InterruptedException {
    this.work = work;
    this.root = work.resolve("root");
    this.databaseUrl = databaseUrl;
    this.form = form;
    this.plant = plant;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      this.port = socket.getLocalPort();
    }
    Files.createDirectories(work.resolve("tmp"));
    ServerFiles.writeWar(form, work.resolve("ROOT.war"));
    Files.writeString(work.resolve("pre-boot.txt"), PRE_BOOT);
    Files.writeString(work.resolve("post-boot.txt"), postBoot(server.resolve("broker-rar.rar")));
    unpack(server.resolve("payara-micro.jar"));
    ServerFiles.copy(root.resolve("config"), work.resolve("config"));
  }

  int port() {
    return port;
  }

  long pid() {
    return running().pid();
  }

  /** Starts the server and waits until it answers. */
  void start(List<String> virtualMachineOptions) throws IOException, InterruptedException {
    for (String changed : List.of("config", "applications", "generated")) {
      ServerFiles.delete(root.resolve(changed));
    }
    ServerFiles.copy(work.resolve("config"), root.resolve("config"));
    List<String> command = new ArrayList<>(List.of("java", "-XX:+UseSerialGC", "-Xmx768m"));
    command.addAll(virtualMachineOptions);
    command.add("-Dactivemq.artemis.client.global.thread.pool.max.size=64");
    command.add("-Djava.io.tmpdir=" + work.resolve("tmp"));
    command.add("-Dstage.form=" + StageOptions.word(form));
    command.add("-Dstage.plant=" + StageOptions.word(plant));
    command.addAll(List.of("-jar", root.resolve("launch-micro.jar").toString()));
    command.addAll(List.of("--rootdir", root.toString(), "--nocluster", "--nohazelcast"));
    command.addAll(List.of("--disablephonehome", "--port", Integer.toString(port)));
    command.addAll(List.of("--prebootcommandfile", work.resolve("pre-boot.txt").toString()));
    command.addAll(List.of("--postbootcommandfile", work.resolve("post-boot.txt").toString()));
    command.addAll(List.of("--deploy", work.resolve("ROOT.war").toString()));
    process = run(command, work.resolve("server.log"));
    awaitReady();
  }

  /** Kills the server without any warning. */
  void kill() {
    running().destroyForcibly().onExit().join();
    process = null;
  }

  /** Stops the server in good order, with its shutdown hooks. */
  void stop() throws InterruptedException {
    Process stopping = running();
    stopping.destroy();
    if (!stopping.waitFor(STOP_TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
      stopping.destroyForcibly().onExit().join();
    }
    process = null;
  }

  @Override
  public void close() {
    if (process != null) {
      kill();
    }
  }

  private void awaitReady() throws IOException, InterruptedException {
    long end = System.currentTimeMillis() + START_TIMEOUT_MILLIS;
    while (System.currentTimeMillis() < end) {
      if (!running().isAlive()) {
        throw new IOException("the server ended while it started, see " + work);
      }
      try (LoopbackHttp http = new LoopbackHttp(port)) {
        if (http.get("/halves").status() == LoopbackHttp.OK) {
          return;
        }
      } catch (IOException notYet) {
        Thread.sleep(POLL_MILLIS);
      }
      Thread.sleep(POLL_MILLIS);
    }
    throw new IOException("the server did not answer in time, see " + work);
  }

  private void unpack(Path jar) throws IOException, InterruptedException {
    Process unpacking =
        run(
            List.of(
                "java", "-jar", jar.toString(), "--rootdir", root.toString(), "--outputlauncher"),
            work.resolve("unpack.log"));
    if (unpacking.waitFor() != 0) {
      throw new IOException("the server could not be unpacked");
    }
  }

  private Process run(List<String> command, Path log) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).directory(work.toFile());
    Map<String, String> environment = builder.environment();
    environment.put("TALLYSTICK_MQ_DATA", work.resolve("mq").toString());
    environment.put("STAGE_DB_URL", databaseUrl);
    return builder
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
        .start();
  }

  private Process running() {
    Process current = process;
    if (current == null) {
      throw new IllegalStateException("the server does not run");
    }
    return current;
  }

  private static String postBoot(Path archive) {
    return String.join(
        "\n",
        "deploy --name broker-rar " + archive.toAbsolutePath(),
        "create-connector-connection-pool --raname broker-rar"
            + " --connectiondefinition jakarta.jms.ConnectionFactory"
            + " --transactionsupport LocalTransaction --steadypoolsize=0 --maxpoolsize=64"
            + " StageJmsPool",
        "create-connector-resource --poolname StageJmsPool jms/stage",
        "");
  }
}
