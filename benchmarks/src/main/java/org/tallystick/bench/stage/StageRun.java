package org.tallystick.bench.stage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.tallystick.bench.stage.server.StageSettings.Form;

/**
 * A database and a server in a folder of their own; all three are gone afterwards, also where the
 * run is interrupted by a signal.
 */
final class StageRun implements AutoCloseable {
  private final Path work;
  private final StageDatabase database;
  private final ServerProcess server;
  private boolean closed;

  StageRun(StageOptions options, Form form) throws IOException, SQLException, InterruptedException {
    work = Files.createTempDirectory("tallystick-stage-");
    database = new StageDatabase(work, options.plant());
    server = new ServerProcess(work, options.server(), database.url(), form, options.plant());
    Runtime.getRuntime().addShutdownHook(new Thread(this::close, "stage-close"));
  }

  Path work() {
    return work;
  }

  StageDatabase database() {
    return database;
  }

  ServerProcess server() {
    return server;
  }

  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    server.close();
    try {
      database.close();
      ServerFiles.delete(work);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
