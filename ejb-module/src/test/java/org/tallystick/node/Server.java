package org.tallystick.node;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Persistence;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.tallystick.schema.Migration;

/**
 * One database and persistence unit for all tests of this module, without an application server.
 */
public final class Server {
  /** System property of a process that a test has started: the URL of its database. */
  public static final String GIVEN = "tallystick.test.database";

  private static final Optional<EmbeddedPostgres> POSTGRES =
      System.getProperty(GIVEN) == null ? Optional.of(start()) : Optional.empty();
  private static final DataSource DATABASE =
      POSTGRES.map(EmbeddedPostgres::getPostgresDatabase).orElseGet(Server::given);
  private static final AtomicInteger EMPTY = new AtomicInteger();
  private static final EntityManagerFactory FACTORY =
      Persistence.createEntityManagerFactory(
          "tallystick",
          Map.of(
              "jakarta.persistence.transactionType", "RESOURCE_LOCAL",
              "jakarta.persistence.jtaDataSource", "",
              "jakarta.persistence.nonJtaDataSource", Statements.noted(DATABASE)));

  private Server() {}

  public static EntityManager entityManager() {
    return FACTORY.createEntityManager();
  }

  /** A new database that nothing has been done to; it stays until the end of the run. */
  public static DataSource emptyDatabase() {
    String name = "empty_" + EMPTY.incrementAndGet();
    try (Connection connection = DATABASE.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("create database " + name);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return POSTGRES.orElseThrow().getDatabase("postgres", name);
  }

  /** A connection beside all others, to the database of all tests. */
  public static Connection connection() throws SQLException {
    return DATABASE.getConnection();
  }

  /** Runs in a transaction of its own and forgets what was loaded. */
  public static <T> T inTransaction(EntityManager entities, Supplier<T> work) {
    entities.getTransaction().begin();
    try {
      T result = work.get();
      entities.getTransaction().commit();
      return result;
    } finally {
      if (entities.getTransaction().isActive()) {
        entities.getTransaction().rollback();
      }
      entities.clear();
    }
  }

  private static DataSource given() {
    PGSimpleDataSource database = new PGSimpleDataSource();
    database.setURL(System.getProperty(GIVEN));
    return database;
  }

  private static EmbeddedPostgres start() {
    try {
      EmbeddedPostgres postgres =
          EmbeddedPostgres.builder().setServerConfig("fsync", "off").start();
      Runtime.getRuntime().addShutdownHook(new Thread(() -> close(postgres)));
      Migration.run(postgres.getPostgresDatabase());
      return postgres;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void close(EmbeddedPostgres postgres) {
    try {
      postgres.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
