package org.tallystick.launcher;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tallystick.launcher.bank.FreshBank;

/**
 * A bank on this machine: a database, unless the environment names one, and one node.
 *
 * <p>Closing stops the node first and the database after it. The end of this process closes it too,
 * even one that has not started all the way.
 */
public final class LocalBank implements AutoCloseable {
  private final ServerHome home;
  private final DataFolder data;
  private volatile @Nullable NodeSettings settings;
  private volatile @Nullable PostgresProcess postgres;
  private volatile @Nullable ServerProcess server;
  private volatile boolean closing;

  private LocalBank(ServerHome home, DataFolder data) {
    this.home = home;
    this.data = data;
  }

  /**
   * Starts a bank and returns once it works.
   *
   * @param folder its data folder
   * @param httpPort TCP port, or 0 for a free one
   * @param more environment for the node on top of this process's own
   */
  public static LocalBank start(
      Path folder, int httpPort, Map<String, String> more, Progress progress) {
    LocalBank bank = new LocalBank(ServerHome.find(), DataFolder.hold(folder));
    Runtime.getRuntime().addShutdownHook(new Thread(() -> bank.stop(progress), "stop"));
    try {
      Map<String, String> database = bank.startDatabase(progress);
      int port = httpPort == 0 ? Folders.freePort() : httpPort;
      bank.startNode(
          NodeSettings.of("node-1", folder, port, database).with(more).training(), progress);
      return bank;
    } catch (RuntimeException e) {
      bank.close();
      throw e;
    }
  }

  private Map<String, String> startDatabase(Progress progress) {
    if (System.getenv("TALLYSTICK_DB_URL") != null || System.getenv("TALLYSTICK_DB_HOST") != null) {
      return Map.of();
    }
    PostgresProcess started = PostgresProcess.start(data.path().resolve("postgres"), 0, progress);
    postgres = started;
    return started.environment();
  }

  private void startNode(NodeSettings node, Progress progress) {
    settings = node;
    progress.during(
        "starting " + node.name(),
        () -> {
          ServerProcess launched = ServerProcess.launch(home, node);
          server = launched;
          launched.awaitReady();
          return launched;
        });
  }

  private void stop(Progress progress) {
    if (!closing) {
      progress.during(
          "stopping",
          () -> {
            close();
            return true;
          });
    }
  }

  /** The node. */
  public ServerProcess server() {
    return Objects.requireNonNull(server, "started");
  }

  /** The database, where it is this bank's own. */
  public Optional<PostgresProcess> postgres() {
    return Optional.ofNullable(postgres);
  }

  /** Pulls the node's plug and starts it again at the same address; the database stays. */
  public void killAndRestart(Progress progress) throws InterruptedException {
    server().kill();
    startNode(Objects.requireNonNull(settings, "started"), progress);
  }

  /** For whoever takes it over. */
  public FreshBank fresh() {
    return new FreshBank(server().baseUri(), data.path());
  }

  /** The data folder. */
  public DataFolder data() {
    return data;
  }

  /** Whether somebody has asked it to stop. */
  boolean closing() {
    return closing;
  }

  /** Stops the node, then the database, then lets go of the data folder; once is enough. */
  @Override
  public synchronized void close() {
    if (closing) {
      return;
    }
    closing = true;
    ServerProcess node = server;
    PostgresProcess database = postgres;
    try {
      if (node != null) {
        node.close();
      }
    } finally {
      if (database != null) {
        database.close();
      }
    }
    try {
      data.close();
    } catch (IOException e) {
      throw new LaunchException("could not let go of " + data.path(), e);
    }
  }
}
