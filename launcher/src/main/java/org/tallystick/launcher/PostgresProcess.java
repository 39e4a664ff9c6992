package org.tallystick.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A PostgreSQL server of our own on the loopback address, with its cluster in one folder.
 *
 * <p>The cluster is made at the first start and kept. After {@link #kill()}, or a crash, the next
 * start recovers it. Every write is synced to disk: this is the bank's own database and no test
 * double.
 */
public final class PostgresProcess implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final long STOP_SECONDS = 30;
  private static final long INIT_SECONDS = 120;
  private static final long RETRY_MILLIS = 100;

  private final Path folder;
  private final Path binaries;
  private final int port;
  private final Path log;
  private final PostgresRoles roles;
  private Process process;

  private PostgresProcess(
      Path folder, Path binaries, int port, Path log, PostgresRoles roles, Process process) {
    this.folder = folder;
    this.binaries = binaries;
    this.port = port;
    this.log = log;
    this.roles = roles;
    this.process = process;
  }

  /**
   * Starts the server and returns once it takes connections.
   *
   * @param folder where cluster, passwords and log are; made where missing
   * @param port TCP port, or 0 for a free one
   */
  public static PostgresProcess start(Path folder, int port, Progress progress) {
    return progress.during("starting PostgreSQL", () -> start(folder, port));
  }

  private static PostgresProcess start(Path folder, int port)
      throws IOException, InterruptedException, SQLException {
    Files.createDirectories(folder);
    Path binaries = PostgresBinaries.folder();
    Path log = folder.resolve("postgres.log");
    int actualPort = port == 0 ? Folders.freePort() : port;
    PostgresRoles roles = PostgresRoles.in(folder, actualPort, new SecureRandom());
    stopLeftOver(binaries, folder, log);
    if (!Files.exists(cluster(folder).resolve("PG_VERSION"))) {
      initialise(binaries, folder, log);
    }
    PostgresProcess postgres =
        new PostgresProcess(
            folder, binaries, actualPort, log, roles, launch(binaries, folder, actualPort, log));
    postgres.awaitReady();
    roles.ensureDatabase();
    return postgres;
  }

  private static Path cluster(Path folder) {
    return folder.resolve("cluster");
  }

  /** A server whose launcher died lives on: stop it before another one opens the same files. */
  private static void stopLeftOver(Path binaries, Path folder, Path log)
      throws IOException, InterruptedException {
    if (ChildProcess.leftOver(cluster(folder).resolve("postmaster.pid"), "postgres").isPresent()) {
      ChildProcess.run(stopCommand(binaries, folder), log, STOP_SECONDS);
    }
  }

  private static void initialise(Path binaries, Path folder, Path log)
      throws IOException, InterruptedException {
    Folders.delete(cluster(folder));
    List<String> command = new ArrayList<>(Unprivileged.prefix());
    command.addAll(
        List.of(
            binaries.resolve("initdb").toString(),
            "--pgdata=" + cluster(folder),
            "--username=" + PostgresRoles.SUPERUSER,
            "--pwfile=" + PostgresRoles.superuserPasswordFile(folder),
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            "--locale=C",
            "--data-checksums"));
    if (ChildProcess.run(command, log, INIT_SECONDS) != 0) {
      throw new LaunchException("PostgreSQL could not be set up, see " + log);
    }
  }

  private static Process launch(Path binaries, Path folder, int port, Path log) throws IOException {
    List<String> command = new ArrayList<>(Unprivileged.prefix());
    command.addAll(List.of(binaries.resolve("postgres").toString(), "-D"));
    command.addAll(List.of(cluster(folder).toString(), "-p", Integer.toString(port)));
    for (String setting :
        List.of(
            "listen_addresses=127.0.0.1",
            "unix_socket_directories=",
            "max_connections=200",
            "max_prepared_transactions=0",
            "shared_buffers=256MB",
            "max_wal_size=2GB",
            "password_encryption=scram-sha-256")) {
      command.addAll(List.of("-c", setting));
    }
    return ChildProcess.start(command, Map.of("LC_ALL", "C"), log);
  }

  /**
   * Shared memory of a killed server takes a moment to go, so a start that fails is tried again.
   */
  private void awaitReady() throws IOException, InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    int launches = 1;
    while (!roles.superuserConnects()) {
      if (!process.isAlive()) {
        if (launches++ == 5) {
          throw new LaunchException("PostgreSQL does not start, see " + log);
        }
        TimeUnit.SECONDS.sleep(1);
        process = launch(binaries, folder, port, log);
      }
      if (System.nanoTime() > deadline) {
        throw new LaunchException("PostgreSQL takes no connections, see " + log);
      }
      TimeUnit.MILLISECONDS.sleep(RETRY_MILLIS);
    }
  }

  /** JDBC URL of the bank's database; without a password. */
  public String url() {
    return roles.url();
  }

  /** Owner of the bank's database; not the superuser. */
  public String user() {
    return PostgresRoles.OWNER;
  }

  /** The owner's password. */
  public String password() {
    return roles.ownerPassword();
  }

  /** TCP port on 127.0.0.1. */
  public int port() {
    return port;
  }

  /** Process id of the postmaster. */
  public long pid() {
    return process.pid();
  }

  /** Whether the postmaster lives. */
  public boolean alive() {
    return process.isAlive();
  }

  /** What the server wrote. */
  public Path log() {
    return log;
  }

  /** What a server needs to find this database. */
  public Map<String, String> environment() {
    return Map.of(
        "TALLYSTICK_DB_URL", url(),
        "TALLYSTICK_DB_USER", user(),
        "TALLYSTICK_DB_PASSWORD", password());
  }

  /** A connection to the bank's database as superuser: for drills that damage what is in it. */
  public Connection connectAsSuperuser() throws SQLException {
    return roles.connectToBank();
  }

  /** Pulls the plug: SIGKILL to the postmaster; its children notice and go. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor(STOP_SECONDS, TimeUnit.SECONDS);
  }

  /**
   * Starts again in the same folder on the same port, after {@link #kill()} or {@link #close()}.
   */
  public void restart() throws IOException, InterruptedException {
    if (process.isAlive()) {
      throw new IllegalStateException("it still runs");
    }
    process = launch(binaries, folder, port, log);
    awaitReady();
  }

  /** Ends open sessions, writes a checkpoint and stops. */
  @Override
  public void close() {
    if (!process.isAlive()) {
      return;
    }
    try {
      ChildProcess.run(stopCommand(binaries, folder), log, STOP_SECONDS);
      process.waitFor(STOP_SECONDS, TimeUnit.SECONDS);
    } catch (IOException e) {
      throw new LaunchException("PostgreSQL could not be stopped, see " + log, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      process.destroyForcibly();
    }
  }

  private static List<String> stopCommand(Path binaries, Path folder) {
    List<String> command = new ArrayList<>(Unprivileged.prefix());
    command.add(binaries.resolve("pg_ctl").toString());
    command.addAll(List.of("stop", "-D", cluster(folder).toString(), "-m", "fast", "-w"));
    return command;
  }
}
